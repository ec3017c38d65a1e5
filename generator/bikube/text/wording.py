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
    """The one of ``known`` that ``word`` was probably meant to be."""
    return _closest(word, tuple(known))


@lru_cache(maxsize=1024)
def _closest(word: str, known: tuple[str, ...]) -> str | None:
    # Imported here because a clean run needs no suggestions, and difflib costs start-up time.
    from difflib import get_close_matches

    folded = {name.lower(): name for name in known}
    matches = get_close_matches(word.lower(), folded, n=1, cutoff=0.6)
    return folded[matches[0]] if matches else None


def advise(word: str, known: Iterable[str], *, otherwise: str) -> str:
    """The last part of a message: the near miss for ``word`` if there is one."""
    near = closest(word, known)
    return f'did you mean "{near}"?' if near else otherwise


def listing(names: Iterable[str]) -> str:
    """``names`` in quotes, for "expected one of …"."""
    return ", ".join(f'"{name}"' for name in names)
