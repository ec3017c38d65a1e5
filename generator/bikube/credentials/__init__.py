"""Where credentials stand, and how they are kept from view."""

from bikube.credentials.forms import find_credentials

__all__ = ["find_credentials"]
