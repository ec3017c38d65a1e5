"""Words for values and near misses, shared by all messages."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

LONGEST = 60
"""Code points of a value that a message shows."""


def shorten(text: str) -> str:
    """``text``, cut with an ellipsis where it is longer than a message can bear."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def describe(value: Any) -> str:
    """What ``value`` is, for "… is the number 5"."""
    match value:
        case None:
            return "null"
        case bool():
            return f"the boolean {str(value).lower()}"
        case int() | float():
            return f"the number {value}"
        case str():
            return f'the string "{shorten(value)}"'
        case list():
            return "a list"
        case _:
            return "a map"


def closest(word: str, known: Iterable[str]) -> str | None:
    """The one of ``known`` that ``word`` was meant to be, where no second one is about as near."""
    found = near_misses(word, known)
    return found[0] if len(found) == 1 else None


def near_misses(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """Those of ``known`` that ``word`` may have been meant to be, the nearest first.

    One slip of the hand in every four letters is near, and so is another case.
    """
    return _near_misses(word, tuple(known))


@lru_cache(maxsize=1024)
def _near_misses(word: str, known: tuple[str, ...]) -> tuple[str, ...]:
    # Imported here because a clean run needs no suggestions.
    from bikube.text.likeness import nearest

    return nearest(word, known)


def advise(word: str, known: Iterable[str], *, otherwise: str) -> str:
    """The last part of a message: the near misses for ``word`` if there are any."""
    near = near_misses(word, known)
    return f"did you mean {' or '.join(map(_quoted, near))}?" if near else otherwise


def listing(names: Iterable[str]) -> str:
    """``names`` in quotes, for "expected one of …"."""
    return ", ".join(map(_quoted, names))


def _quoted(name: str) -> str:
    return f'"{name}"'
