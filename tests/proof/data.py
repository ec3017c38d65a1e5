"""Two values side by side, by the package's own idea of equality, and in words."""

from collections.abc import Iterator
from typing import NamedTuple

from bikube.verify import equality
from bikube.verify.places import shown as pointer_text


class Mismatch(NamedTuple):
    """One point where two values differ; ``pointer`` is a JSON pointer into both."""

    pointer: str
    what: str


def mismatches(left: object, right: object) -> Iterator[Mismatch]:
    """Every point where ``left`` and ``right`` are not the same data, types included."""
    for found in equality.mismatches([left, right]):
        one, other = map(shown, found.values)
        yield Mismatch(pointer_text(found.pointer), f"{one} against {other}")


def escaped(key: object) -> str:
    """A key as one step of a JSON pointer."""
    return pointer_text((str(key),))[1:]


def shown(value: object) -> str:
    """A value for a message, type and all, cut to a readable length."""
    if value is equality.ABSENT:
        return "nothing"
    text = f"{type(value).__name__} {value!r}"
    return text if len(text) <= 120 else f"{text[:117]}..."
