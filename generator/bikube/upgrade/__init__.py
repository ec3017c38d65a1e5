"""Another API version for a whole spec: what that changes, and the text with what is mechanical."""

from bikube.upgrade.differences import Difference
from bikube.upgrade.target import target_version
from bikube.upgrade.upgrading import Upgraded, upgrade_spec

__all__ = ["Difference", "Upgraded", "target_version", "upgrade_spec"]
