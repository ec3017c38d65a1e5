"""Visits every key and scalar of plain data."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from bikube.diagnostics import Pointer


class Leaf(NamedTuple):
    """A scalar, or an empty container, with the path to it."""

    pointer: Pointer
    value: Any


def strings(value: Any) -> Iterator[str]:
    """Every string below ``value`` but keys, in no order, and cheaper than ``leaves``."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if type(one) is str:
            yield one
        elif type(one) is dict:
            waiting += one.values()
        elif type(one) is list:
            waiting += one


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
