"""Plain data, as JSON has it, and the one idea of equality that the proof rests on."""

from collections.abc import Iterator
from typing import NamedTuple


class Mismatch(NamedTuple):
    """One point where two values differ; ``pointer`` is a JSON pointer into both."""

    pointer: str
    what: str


def mismatches(left: object, right: object, pointer: str = "") -> Iterator[Mismatch]:
    """Every point where ``left`` and ``right`` are not the same data.

    Types are strict: only an integer and a float may be equal, and neither ever equals a boolean.
    The order of a mapping's keys has no meaning, that of a list's items has.
    """
    match left, right:
        case dict(), dict():
            yield from _mapping_mismatches(left, right, pointer)
        case list(), list():
            if len(left) != len(right):
                yield Mismatch(pointer, f"{len(left)} items against {len(right)}")
            for index, (one, other) in enumerate(zip(left, right, strict=False)):
                yield from mismatches(one, other, f"{pointer}/{index}")
        case _:
            if not is_same_scalar(left, right):
                yield Mismatch(pointer, f"{shown(left)} against {shown(right)}")


def _mapping_mismatches(
    left: dict[object, object], right: dict[object, object], pointer: str
) -> Iterator[Mismatch]:
    for key in sorted(left.keys() | right.keys(), key=repr):
        at = f"{pointer}/{escaped(key)}"
        if not isinstance(key, str):
            yield Mismatch(at, f"the key {key!r} is not a string")
        elif key not in right:
            yield Mismatch(at, f"{shown(left[key])} against nothing")
        elif key not in left:
            yield Mismatch(at, f"nothing against {shown(right[key])}")
        else:
            yield from mismatches(left[key], right[key], at)


def is_same_scalar(left: object, right: object) -> bool:
    """Whether two scalars are the same data: same type, same value, except that 1 equals 1.0."""
    numbers = (int, float)
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, numbers) and isinstance(right, numbers):
        return left == right
    return type(left) is type(right) and left == right


def escaped(key: object) -> str:
    """A key as one step of a JSON pointer."""
    return str(key).replace("~", "~0").replace("/", "~1")


def shown(value: object) -> str:
    """A value for a message, type and all, cut to a readable length."""
    text = f"{type(value).__name__} {value!r}"
    return text if len(text) <= 120 else f"{text[:117]}..."
