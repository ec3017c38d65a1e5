"""The configuration file: what it says, and how it is found and read."""

from bikube.config.model import DEFAULT_OUT, FILE_NAME, OFF, Config, PathOverride
from bikube.config.nearest import Configurations, nearest_config

__all__ = [
    "DEFAULT_OUT",
    "FILE_NAME",
    "OFF",
    "Config",
    "Configurations",
    "PathOverride",
    "nearest_config",
]
