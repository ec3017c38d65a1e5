"""Spans and lines, diffs, terminals, wording: text as such."""

from bikube.text.characters import UNSEEN
from bikube.text.source import (
    LINE_BREAK,
    Position,
    Source,
    Span,
    line_break,
    line_end,
    line_start,
    merged,
    next_line,
    split_lines,
)
from bikube.text.terminal import escape, printable, printable_lines, printable_parts, width
from bikube.text.wording import (
    LONGEST,
    advise,
    closest,
    describe,
    listing,
    near_misses,
    shorten,
)

__all__ = [
    "LINE_BREAK",
    "LONGEST",
    "UNSEEN",
    "Position",
    "Source",
    "Span",
    "advise",
    "closest",
    "describe",
    "escape",
    "line_break",
    "line_end",
    "line_start",
    "listing",
    "merged",
    "near_misses",
    "next_line",
    "printable",
    "printable_lines",
    "printable_parts",
    "shorten",
    "split_lines",
    "width",
]
