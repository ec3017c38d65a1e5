"""Text for terminals: nothing in it can control one, and widths are known."""

import re
from functools import cache

from bikube.text.characters import UNSEEN

_MARKS = ("Mn", "Me")
"""Categories of characters that stand on the one before them."""
_BYTE, _SHORT_CODE = 0xFF, 0xFFFF
_SHORT = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}


def printable(text: str) -> str:
    """``text`` with what controls, reorders or shows nothing written as escapes."""
    return text if text.isascii() and text.isprintable() else _unseen().sub(_escape, text)


# Compiled only when it is needed: the ranges cost milliseconds at every start.
@cache
def _unseen() -> "re.Pattern[str]":
    return re.compile(f"[{UNSEEN}]")


def _escape(match: "re.Match[str]") -> str:
    return _SHORT.get(match.group()) or escape(match.group())


def escape(character: str) -> str:
    """``character`` by its number, as Python, JSON and YAML read it back."""
    code = ord(character)
    if code > _SHORT_CODE:
        return f"\\U{code:08x}"
    return f"\\x{code:02x}" if code <= _BYTE else f"\\u{code:04x}"


def width(text: str) -> int:
    """How many columns ``text`` takes on a terminal."""
    if text.isascii():
        return len(text)
    # Imported here because most specs are plain ASCII.
    from unicodedata import category, east_asian_width

    # Not every mark has a combining class: the vowel signs of Thai and Hindi have none.
    return sum(
        0 if category(character) in _MARKS else 2 if east_asian_width(character) in "WF" else 1
        for character in text
    )
