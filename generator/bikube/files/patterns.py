"""Patterns and folders: which files they stand for."""

import glob
import os
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathspec import PathSpec


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
    from pathspec import PathSpec

    return PathSpec.from_lines("gitignore", lines)
