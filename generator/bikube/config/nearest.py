"""Finds the configuration of a spec or a folder."""

import os
from os.path import isfile
from pathlib import Path

from bikube.config.model import FILE_NAME, Config
from bikube.errors import AccessError

_NEAR = ("bikube.config.yml", ".bikube.config.yaml", ".bikube.config.yml", "bikube.config.json")
"""Names of what was meant as a configuration, and is none."""


class Configurations:
    """The configurations of one run, each read once.

    ``near_misses`` are the files that were met on the way, and that nearly have its name.
    """

    def __init__(self) -> None:
        self._known: dict[str, Config | None] = {}
        self.near_misses: list[Path] = []

    def nearest(self, folder: Path) -> Config | None:
        """The configuration in ``folder`` or the nearest folder above it.

        Raises:
            UsageError: it, or a rule file that it names, is malformed.
            AccessError: one of these files cannot be read.
        """
        return self._nearest(os.path.abspath(folder))

    def _nearest(self, folder: str) -> Config | None:
        if folder not in self._known:
            path = os.path.join(folder, FILE_NAME)
            parent = os.path.dirname(folder)
            if isfile(path):
                # Imported here because many runs have none, and need not wait for what reads it.
                from bikube.config.loading import load_config

                self._known[folder] = load_config(Path(os.path.relpath(path)))
            elif os.path.lexists(path):
                said = "no regular file; a configuration is expected; move it away"
                raise AccessError(f"{os.path.relpath(path)}: {said}")
            else:
                near = (os.path.join(folder, name) for name in _NEAR)
                self.near_misses += [Path(os.path.relpath(one)) for one in near if isfile(one)]
                self._known[folder] = self._nearest(parent) if parent != folder else None
        return self._known[folder]


def nearest_config(folder: Path) -> Config | None:
    """As ``Configurations.nearest``, for a run that asks once."""
    return Configurations().nearest(folder)
