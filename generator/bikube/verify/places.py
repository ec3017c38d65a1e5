"""Where something stands: a path through data, and the line of a text that it is on."""

from collections.abc import Mapping
from typing import TypeAlias

Pointer: TypeAlias = tuple[str | int, ...]
"""A path through data: keys of maps, indexes of lists."""

Lines: TypeAlias = dict[Pointer, int]
"""On which line, counted from 1, each value of a document begins, or the key in front of it."""


def line_of(lines: Mapping[Pointer, int], pointer: Pointer) -> int:
    """The line of what is at ``pointer``, else of the nearest thing around it; 0 if none is."""
    for length in range(len(pointer), -1, -1):
        if pointer[:length] in lines:
            return lines[pointer[:length]]
    return 0


def shown(pointer: Pointer) -> str:
    """``pointer`` as JSON writes it (RFC 6901)."""
    return "".join(f"/{str(token).replace('~', '~0').replace('/', '~1')}" for token in pointer)
