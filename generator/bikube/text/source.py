"""A file's text and the one coordinate system that everything else uses.

Offsets count code points from the start of the text. Lines and columns are 1-based, columns
count code points, ends are exclusive. Only LF, CRLF and CR end a line; libyaml also counts
U+0085, U+2028 and U+2029, which no editor does.
"""

import re
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate, count
from operator import add
from typing import NamedTuple

_LINE_END = re.compile(r"\r\n?|\n")


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

    ``name`` is a path as the user would write it; ``text`` is without a byte order mark,
    line ends as they are in the file.
    """

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text

    @cached_property
    def _starts(self) -> list[int]:
        if "\r" in self.text:
            return [0, *(match.end() for match in _LINE_END.finditer(self.text))]
        # The common case without a step of Python's own for each of a hundred thousand lines.
        lengths = map(len, self.text.split("\n"))
        return [0, *map(add, accumulate(lengths), count(1))][:-1]

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
