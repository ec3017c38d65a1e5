"""A file's text and the one coordinate system that everything else uses.

Offsets count code points from the start of the text. Lines and columns are 1-based, columns
count code points, ends are exclusive. Only LF, CRLF and CR end a line; libyaml also counts
U+0085, U+2028 and U+2029, which no editor does.
"""

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate, count
from operator import add
from typing import NamedTuple

LINE_BREAK = re.compile(r"\r\n?|\n")
_LINE = re.compile(rf"[^\r\n]*(?:{LINE_BREAK.pattern})|[^\r\n]+\Z")


_PIECE = 1 << 20


class Span(NamedTuple):
    """A stretch of a source's text: offsets of its first code point and of the one after it."""

    start: int
    end: int


class Position(NamedTuple):
    """A place in a text, as people count: both numbers start at 1."""

    line: int
    column: int


class Source:
    """One text with the name under which it is shown.

    ``name`` is a path as the user would write it; ``text`` has line ends as they are in the file.
    A byte order mark is no part of it: ``mark`` has what the file begins with of these.
    """

    def __init__(self, name: str, text: str, mark: str = "") -> None:
        self.name = name
        self.text = text
        self.mark = mark

    def encode(self, text: str) -> bytes:
        """The bytes of the file with ``text`` in place of its own."""
        return (self.mark + text).encode()

    @cached_property
    def _starts(self) -> "array[int]":
        starts = array("I", [0])
        if "\r" in self.text:
            starts.extend(match.end() for match in LINE_BREAK.finditer(self.text))
            return starts
        # The common case without a step of Python's own for each of a hundred thousand lines, and
        # in pieces, since lines as texts of their own take many times the memory.
        for piece in range(0, len(self.text), _PIECE):
            lengths = map(len, self.text[piece : piece + _PIECE].split("\n")[:-1])
            starts.extend(map(add, accumulate(lengths), count(piece + 1)))
        return starts

    def position(self, offset: int) -> Position:
        """The line and column of ``offset``."""
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """Line ``number`` without its line end."""
        span = self.line_span(number)
        return self.text[span.start : span.end]

    def line_span(self, number: int) -> Span:
        """Where line ``number`` stands, without its line end."""
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def cut(self, span: Span) -> str:
        """The text of ``span``."""
        return self.text[span.start : span.end]


def merged(spans: Iterable[Span]) -> list[Span]:
    """All that ``spans`` cover, in the order of the text, without overlaps and empty ones."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        elif span.start < span.end:
            found.append(span)
    return found


def line_start(text: str, offset: int, least: int = 0) -> int:
    """Where the line of ``offset`` starts; what is before ``least`` is not looked at."""
    # Between the two characters of CRLF the line has not ended yet.
    until = offset - (text[offset - 1 : offset + 1] == "\r\n")
    after = text.rfind("\n", least, until) + 1
    return text.rfind("\r", max(after, least), until) + 1 or after or least


def line_end(text: str, offset: int) -> int:
    """Where the line of ``offset`` ends, before its line end."""
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    before = text.find("\r", offset, end)
    return end if before < 0 else before


def next_line(text: str, offset: int) -> int:
    """Where the line after that of ``offset`` starts; the end of the text if there is none."""
    end = line_end(text, offset)
    return min(len(text), end + (2 if text.startswith("\r\n", end) else 1))


def split_lines(text: str) -> list[str]:
    """The lines of ``text`` with their line ends."""
    return _LINE.findall(text)


def line_break(text: str, offset: int = 0) -> str:
    """How lines end in ``text`` from ``offset`` on, or else before it."""
    match = LINE_BREAK.search(text, offset) or LINE_BREAK.search(text)
    return match.group() if match is not None else "\n"
