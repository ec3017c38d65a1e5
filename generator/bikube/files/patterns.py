"""Patterns and folders: which files they stand for."""

import glob
import os
import re
import warnings
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathspec import PathSpec


_ANY_FOLDERS = "**"


def expand(pattern: str) -> list[Path]:
    """The files that the glob ``pattern`` matches, sorted; ``**`` is any number of folders.

    It enters no link, which may lead back, and no hidden folder. A folder below it that cannot be
    listed is given too, so that reading it says so.
    """
    if "\0" in pattern:
        return []
    unlisted: list[str] = []
    try:
        found = {path for path in _expanded(pattern, unlisted) if os.path.isfile(path)}
    except UnicodeEncodeError:  # No file has a name that the system cannot write.
        return []
    return [Path(path) for path in sorted(found.union(unlisted))]


def _expanded(pattern: str, unlisted: list[str]) -> Iterator[str]:
    parts = pattern.replace(os.altsep or os.sep, os.sep).split(os.sep)
    if _ANY_FOLDERS not in parts:
        yield from glob.iglob(pattern)
        return
    at = parts.index(_ANY_FOLDERS)
    above = os.sep.join([*parts[:at], ""])
    inside = [part for part in parts[at + 1 :] if part] or ["*"]
    for base in glob.iglob(above) if above else [above]:
        for folder in _folders(base, unlisted):
            yield from _expanded(os.path.join(glob.escape(folder), *inside), unlisted)


def _folders(base: str, unlisted: list[str]) -> Iterator[str]:
    """``base`` and the folders below it; they may be nested deeper than calls may be."""
    waiting = [base]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder or os.curdir) as entries:
                below = [one.name for one in entries if one.is_dir(follow_symlinks=False)]
        except OSError:
            unlisted.append(folder)
            continue
        yield folder
        waiting += (os.path.join(folder, name) for name in below if not name.startswith("."))


def match_any(name: str, patterns: Sequence[str], root: Path) -> bool:
    """Whether the path ``name`` matches one of ``patterns``, which are lines of .gitignore."""
    if not patterns:
        return False
    # An empty name is the working directory, as it is for reading.
    relative = os.path.relpath(name or os.curdir, root).replace(os.sep, "/")
    return not relative.startswith("../") and matcher(tuple(patterns)).match_file(relative)


def is_pattern(text: str) -> bool:
    """Whether ``text`` can be a line of a .gitignore."""
    try:
        matcher((text,))
    except (ValueError, re.error):
        return False
    return True


def pattern_fault(text: str) -> str | None:
    """What is wrong with ``text``, if it can be no line of a .gitignore."""
    if is_pattern(text):
        return None
    return f'"{text}" is no pattern; one as in .gitignore is expected; correct it'


@lru_cache(maxsize=256)
def matcher(lines: tuple[str, ...]) -> "PathSpec[Any]":
    """What matches paths against ``lines`` of a .gitignore."""
    # Imported here because most runs name their specs and need no patterns.
    from pathspec import PathSpec, RegexPattern

    from bikube.files.globs import tame

    with warnings.catch_warnings():
        # Python warns of brackets that git knows well ("[[a]"): they may mean more to it one day.
        warnings.simplefilter("ignore", FutureWarning)
        known = PathSpec.from_lines("gitignore", lines).patterns
        return PathSpec(
            RegexPattern(re.compile(tame(one.regex.pattern)), one.include)
            for one in known
            if one.regex is not None
        )
