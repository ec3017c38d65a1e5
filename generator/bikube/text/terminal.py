"""Text for terminals: nothing in it can control one, and widths are known."""

import re

_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_MARKS = ("Mn", "Me")
"""Categories of characters that stand on the one before them."""
_BYTE = 0xFF
_SHORT = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}


def printable(text: str) -> str:
    """``text`` with control characters, and those that reorder text, written as escapes."""
    return text if text.isascii() and text.isprintable() else _CONTROL.sub(_escape, text)


def _escape(match: "re.Match[str]") -> str:
    character = match.group()
    code = ord(character)
    return _SHORT.get(character) or (f"\\x{code:02x}" if code <= _BYTE else f"\\u{code:04x}")


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
