"""Patterns and folders: which files they stand for."""

import glob
import os
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bikube.errors import AccessError, reason

if TYPE_CHECKING:
    from pathspec import PathSpec

    _Ignores = list[tuple[Path, PathSpec[Any]]]
    """Patterns, and the folders from which they count; what is farther inside comes later."""

_IGNORE_FILE = ".gitignore"
_LONGEST_IGNORES = 1_000_000


def expand(pattern: str) -> list[Path]:
    """The files that the glob ``pattern`` matches, sorted; ``**`` is any number of folders."""
    if "\0" in pattern:
        return []
    try:
        found = glob.glob(pattern, recursive=True)
    except UnicodeEncodeError:  # No file has a name that the system cannot write.
        return []
    return [Path(path) for path in sorted(found) if os.path.isfile(path)]


def match_any(name: str, patterns: Sequence[str], root: Path) -> bool:
    """Whether the path ``name`` matches one of ``patterns``, which are lines of .gitignore."""
    if not patterns:
        return False
    relative = os.path.relpath(name, root).replace(os.sep, "/")
    return not relative.startswith("../") and _spec(tuple(patterns)).match_file(relative)


def is_pattern(text: str) -> bool:
    """Whether ``text`` can be a line of a .gitignore."""
    try:
        _spec((text,))
    except (ValueError, re.error):
        return False
    return True


def pattern_fault(text: str) -> str | None:
    """What is wrong with ``text``, if it can be no line of a .gitignore."""
    if is_pattern(text):
        return None
    return f'"{text}" is no pattern; one as in .gitignore is expected; correct it'


def walk(folder: Path, names: Sequence[str]) -> Iterator[Path]:
    """The files below ``folder`` whose names match one of ``names``, sorted.

    Pipes and devices are no files; reading one may never end. A link that leads nowhere is given,
    so that reading it says so. Hidden folders are left out, and so is what a ``.gitignore``
    excludes, in ``folder`` or below it, and above it up to the root of its work tree.

    Raises:
        AccessError: a folder may not be listed.
    """
    yield from _walk(folder, names, _inherited(folder))


def _walk(folder: Path, names: Sequence[str], ignores: "_Ignores") -> Iterator[Path]:
    own = _read_ignores(folder)
    ignores = [*ignores, (folder, own)] if own is not None else ignores
    wanted = _spec(tuple(names))
    try:
        entries = sorted(os.scandir(folder), key=lambda one: one.name)
    except OSError as error:
        raise AccessError(f"{folder}: {reason(error)}") from error
    for entry in entries:
        path = folder / entry.name
        if entry.is_dir():
            hidden = entry.name.startswith(".") or entry.is_symlink()
            if not hidden and not _is_ignored(path, ignores, "/"):
                yield from _walk(path, names, ignores)
        elif _is_wanted(path, wanted) and not _is_ignored(path, ignores, ""):
            yield path


def _is_wanted(path: Path, wanted: "PathSpec[Any]") -> bool:
    """Whether ``path`` has a name that is looked for, and is no pipe, socket or device."""
    if not wanted.match_file(path.name):
        return False
    return os.path.isfile(path) or not os.path.exists(path)


def _inherited(folder: Path) -> "_Ignores":
    """The ``.gitignore`` files above ``folder``, the outermost first; outside of a work tree none.

    There, some people have one in their home folder that is about something else.
    """
    above = Path(os.path.abspath(folder))
    tree = (above, *above.parents)
    root = next((index for index, place in enumerate(tree) if (place / ".git").exists()), 0)
    found = [(place, _read_ignores(place)) for place in reversed(tree[1 : root + 1])]
    return [(place, own) for place, own in found if own is not None]


def _is_ignored(path: Path, ignores: "_Ignores", ending: str) -> bool:
    """Whether git ignores ``path``: the nearest file with a pattern that fits has the say."""
    for root, own in reversed(ignores):
        relative = os.path.relpath(path, root).replace(os.sep, "/") + ending
        verdict = own.check_file(relative).include
        if verdict is not None:
            return verdict
    return False


def _read_ignores(folder: Path) -> "PathSpec[Any] | None":
    path = folder / _IGNORE_FILE
    if not os.path.isfile(path):
        return None
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            text = file.read(_LONGEST_IGNORES)
    except OSError:
        return None
    # Git passes over a line that is no pattern.
    return _spec(tuple(filter(is_pattern, text.splitlines())))


@lru_cache(maxsize=256)
def _spec(lines: tuple[str, ...]) -> "PathSpec[Any]":
    # Imported here because most runs name their specs and need no patterns.
    from pathspec import PathSpec

    return PathSpec.from_lines("gitignore", lines)
