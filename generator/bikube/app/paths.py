"""Patterns and folders: which files they stand for."""

import glob
import os
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathspec import PathSpec

_IGNORE_FILE = ".gitignore"


def expand(pattern: str) -> list[Path]:
    """The files that the glob ``pattern`` matches, sorted; ``**`` is any number of folders."""
    found = glob.glob(pattern, recursive=True)
    return [Path(path) for path in sorted(found) if os.path.isfile(path)]


def match_any(name: str, patterns: Sequence[str], root: Path) -> bool:
    """Whether the path ``name`` matches one of ``patterns``, which are like lines of .gitignore."""
    if not patterns:
        return False
    relative = os.path.relpath(name, root).replace(os.sep, "/")
    return not relative.startswith("../") and _spec(tuple(patterns)).match_file(relative)


def walk(folder: Path, names: Sequence[str]) -> Iterator[Path]:
    """The files below ``folder`` whose names match one of ``names``, sorted.

    Hidden folders are left out, and so is what a ``.gitignore`` at or below the root of the
    work tree excludes.
    """
    ignores = list(_inherited(folder))
    yield from _walk(folder, names, ignores)


def _walk(
    folder: Path, names: Sequence[str], ignores: list[tuple[Path, "PathSpec[Any]"]]
) -> Iterator[Path]:
    own = _read_ignores(folder)
    ignores = [*ignores, (folder, own)] if own is not None else ignores
    wanted = _spec(tuple(names))
    for entry in sorted(os.scandir(folder), key=lambda one: one.name):
        path = folder / entry.name
        if entry.is_dir():
            hidden = entry.name.startswith(".") or entry.is_symlink()
            if not hidden and not _is_ignored(path, ignores, "/"):
                yield from _walk(path, names, ignores)
        elif wanted.match_file(entry.name) and not _is_ignored(path, ignores, ""):
            yield path


def _inherited(folder: Path) -> Iterator[tuple[Path, "PathSpec[Any]"]]:
    """The ``.gitignore`` files above ``folder``, up to the root of its work tree."""
    above = Path(os.path.abspath(folder))
    for place in (above, *above.parents):
        if (place / ".git").exists():
            break
        parent = place.parent
        own = _read_ignores(parent)
        if own is not None:
            yield parent, own


def _is_ignored(path: Path, ignores: list[tuple[Path, "PathSpec[Any]"]], ending: str) -> bool:
    return any(
        ignored.match_file(os.path.relpath(path, root).replace(os.sep, "/") + ending)
        for root, ignored in ignores
    )


def _read_ignores(folder: Path) -> "PathSpec[Any] | None":
    try:
        text = (folder / _IGNORE_FILE).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    return _spec(tuple(text.splitlines()))


@lru_cache(maxsize=256)
def _spec(lines: tuple[str, ...]) -> "PathSpec[Any]":
    # Imported here because most runs name their specs and need no patterns.
    from pathspec import PathSpec

    return PathSpec.from_lines("gitignore", lines)
