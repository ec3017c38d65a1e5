"""Where credentials stand, and how they are kept from view."""
