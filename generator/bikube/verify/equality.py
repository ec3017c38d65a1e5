"""The one idea of equality that a proof rests on: the same data, types included.

Values are plain data, as JSON has them. They are compared side by side, two or more at once.
"""

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Final, NamedTuple

from bikube.verify.places import Pointer


class Absence(Enum):
    """What stands where a side has no value, which is not ``null``; or where none is meant."""

    ABSENT = "nothing"
    UNSAID = ""


ABSENT: Final = Absence.ABSENT
UNSAID: Final = Absence.UNSAID


class Mismatch(NamedTuple):
    """A point where not all values are the same; each side's own is in ``values``, in order."""

    pointer: Pointer
    values: tuple[object, ...]


def mismatches(values: Sequence[object], pointer: Pointer = ()) -> Iterator[Mismatch]:
    """Every point where ``values`` are not the same data.

    The order of a map's keys has no meaning, that of a list's items has. ``1``, ``1.0``, ``"1"``
    and ``true`` are four different values.
    """
    first = values[0]
    kinds = set(map(type, values))
    if kinds == {dict}:
        yield from _in_maps(values, pointer)
    elif kinds == {list}:
        yield from _in_lists(values, pointer)
    elif len(kinds) > 1 or any(one != first for one in values):
        yield Mismatch(pointer, tuple(values))


def _in_maps(values: Sequence[object], pointer: Pointer) -> Iterator[Mismatch]:
    maps = [one for one in values if isinstance(one, dict)]
    for key in dict.fromkeys(key for one in maps for key in one):
        yield from mismatches([one.get(key, ABSENT) for one in maps], (*pointer, key))


def _in_lists(values: Sequence[object], pointer: Pointer) -> Iterator[Mismatch]:
    lists = [one for one in values if isinstance(one, list)]
    for index in range(max(map(len, lists))):
        items = [one[index] if index < len(one) else ABSENT for one in lists]
        yield from mismatches(items, (*pointer, index))


def leaves(value: object) -> int:
    """How many values ``value`` holds: scalars, and maps and lists without members."""
    if isinstance(value, dict) and value:
        return sum(map(leaves, value.values()))
    if isinstance(value, list) and value:
        return sum(map(leaves, value))
    return 1
