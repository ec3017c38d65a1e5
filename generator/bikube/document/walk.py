"""Visits every key and scalar of plain data."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from bikube.diagnostics import Pointer


class Leaf(NamedTuple):
    """A scalar, or an empty container, with the path to it."""

    pointer: Pointer
    value: Any


def leaves(value: Any, pointer: Pointer = ()) -> Iterator[Leaf]:
    """Every leaf below ``value``, in the order of the text."""
    if isinstance(value, dict) and value:
        for key, child in value.items():
            yield from leaves(child, (*pointer, key))
    elif isinstance(value, list) and value:
        for index, child in enumerate(value):
            yield from leaves(child, (*pointer, index))
    else:
        yield Leaf(pointer, value)
