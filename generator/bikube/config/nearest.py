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

    With ``outside`` they may name files outside of their repositories. ``near_misses`` are the
    files that were met on the way, and that nearly have its name.
    """

    def __init__(self, *, outside: bool = False) -> None:
        self._known: dict[str, Config | None] = {}
        self._outside = outside
        home = os.path.expanduser("~")
        self._homes = (os.path.abspath(home), os.path.realpath(home))
        self.near_misses: list[Path] = []

    def nearest(self, folder: Path) -> Config | None:
        """The configuration in ``folder`` or the nearest folder above it.

        None is looked for above the root of a work tree, or above the home folder: what is there
        is somebody else's.

        Raises:
            UsageError: it, or a rule file that it names, is malformed or out of reach.
            AccessError: one of these files cannot be read.
        """
        place = os.path.abspath(folder)
        # No recursion: folders may be nested deeper than calls may be.
        asked = []
        while place not in self._known:
            asked.append(place)
            found = self._in(place)
            if found is not None or self._is_last(place):
                self._known[place] = found
            else:
                place = os.path.dirname(place)
        self._known.update(dict.fromkeys(asked, self._known[place]))
        return self._known[place]

    def _in(self, folder: str) -> Config | None:
        path = os.path.join(folder, FILE_NAME)
        if isfile(path):
            return self._load(Path(os.path.relpath(path)))
        if os.path.lexists(path):
            said = "no regular file; a configuration is expected; move it away"
            raise AccessError(f"{os.path.relpath(path)}: {said}")
        near = (os.path.join(folder, name) for name in _NEAR)
        self.near_misses += [Path(os.path.relpath(one)) for one in near if isfile(one)]
        return None

    def _is_last(self, folder: str) -> bool:
        is_root = os.path.lexists(os.path.join(folder, ".git"))
        return is_root or folder in (*self._homes, os.path.dirname(folder))

    def _load(self, path: Path) -> Config:
        # Imported here because many runs have none, and need not wait for what reads it.
        from bikube.config.loading import load_config
        from bikube.config.reach import hold_link

        hold_link(path)
        return load_config(path, outside=self._outside)


def nearest_config(folder: Path, *, outside: bool = False) -> Config | None:
    """As ``Configurations(outside=outside).nearest``, for a run that asks once."""
    return Configurations(outside=outside).nearest(folder)
