"""Text for terminals and logs: nothing in it can command one, and widths are known."""

import re
from bisect import bisect_right
from functools import cache

from bikube.text.characters import COMMAND, LEADING, UNSEEN

_BYTE, _SHORT_CODE = 0xFF, 0xFFFF
_SHORT = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}


def printable(text: str) -> str:
    """``text`` on one line, with what could command, reorder or show nothing written as escapes.

    It may be shown anywhere, at the start of a line too.
    """
    shown = text if _is_harmless(text) else _unseen().sub(_escape, text)
    start = len(shown) - len(shown.lstrip())
    if not shown.startswith(LEADING, start):
        return shown
    return shown[:start] + escape(LEADING[0]) + shown[start + 1 :]


def printable_parts(text: str, *ends: int) -> list[str]:
    """The parts of ``text`` between 0, ``ends`` and its own end, as ``printable`` shows them.

    Something else has to stand before them on their line.
    """
    bounds = list(zip((0, *ends), (*ends, len(text)), strict=True))
    if _is_harmless(text):
        return [text[start:end] for start, end in bounds]
    # A command may begin in one part and end in the next.
    shown = list(text)
    for match in _unseen().finditer(text):
        shown[match.start()] = _escape(match)
    return ["".join(shown[start:end]) for start, end in bounds]


def printable_lines(text: str) -> str:
    """``text`` with its lines, each of them ``printable``."""
    return "\n".join(map(printable, text.split("\n")))


def _is_harmless(text: str) -> bool:
    return text.isascii() and text.isprintable() and "##" not in text


# Compiled only when it is needed: the ranges cost milliseconds at every start.
@cache
def _unseen() -> "re.Pattern[str]":
    return re.compile(f"[{UNSEEN}]|{COMMAND}")


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
    starts, columns = _columns()
    return sum(columns[bisect_right(starts, ord(character)) - 1] for character in text)


@cache
def _columns() -> tuple[list[int], list[int]]:
    """From which characters on each is how wide."""
    # Imported here because most specs are plain ASCII.
    from bikube.text.widths import CHANGES

    changes = [one.split(":") for one in CHANGES.split()]
    return [int(start, 16) for start, _ in changes], [int(columns) for _, columns in changes]
