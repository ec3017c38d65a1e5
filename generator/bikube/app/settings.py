"""Finds configurations: the one of a run, and the one above each spec."""

import os
from functools import cache
from pathlib import Path

from bikube.app.files import read
from bikube.config import FILE_NAME, Config, parse_config
from bikube.ruleset import builtin_rules


def nearest_config(folder: Path) -> Config | None:
    """The configuration in ``folder`` or the nearest folder above it.

    Raises:
        UsageError: it is malformed.
        AccessError: it cannot be read.
    """
    return _nearest(os.path.abspath(folder))


@cache
def _nearest(folder: str) -> Config | None:
    path = os.path.join(folder, FILE_NAME)
    if os.path.isfile(path):
        return load_config(Path(os.path.relpath(path)))
    parent = os.path.dirname(folder)
    return _nearest(parent) if parent != folder else None


def load_config(path: Path) -> Config:
    """The configuration in ``path``.

    Raises:
        UsageError: it is malformed.
        AccessError: it cannot be read.
    """
    return parse_config(path, read(path), builtin_rules())
