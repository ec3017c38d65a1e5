"""Offsets, lines and columns of a text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bikube.text.source import (
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

TEXTS = st.text(st.sampled_from("ab\n\r\t \u0085\u2028\u2029é\U0001f600"), max_size=30)


def lines_of(text: str) -> list[str]:
    """The lines of ``text`` with their ends, by the definition that the project uses."""
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z", text) + (
        [""] if not text or text[-1] in "\r\n" else []
    )


@given(TEXTS)
def test_every_offset_has_the_line_and_column_that_people_count(text: str) -> None:
    """Only LF, CRLF and CR end a line, and a column is a code point."""
    source = Source("a", text)
    expected = [
        Position(number, column)
        for number, line in enumerate(lines_of(text), start=1)
        for column in range(1, len(line) + 1)
    ]
    assert [source.position(offset) for offset in range(len(text))] == expected


@given(TEXTS)
def test_lines_are_given_without_their_ends(text: str) -> None:
    """Each line is what stands between two line ends."""
    source = Source("a", text)
    count = source.position(len(text)).line
    shown = [source.line(number) for number in range(1, count + 1)]
    assert shown == [line.rstrip("\r\n") for line in lines_of(text)]


@given(TEXTS)
def test_the_end_of_a_text_has_a_position(text: str) -> None:
    """The offset after the last code point can be shown too."""
    line, column = Source("a", text).position(len(text))
    assert (line, column) == (len(lines_of(text)), len(lines_of(text)[-1]) + 1)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_span_is_cut_as_it_is_written(end: str) -> None:
    """A cut keeps the line ends of the file."""
    source = Source("a", f"ab{end}cd")
    assert source.cut(Span(1, 3 + len(end))) == f"b{end}c"
    assert source.line_span(2) == Span(2 + len(end), 4 + len(end))


@given(TEXTS)
def test_lines_keep_their_ends(text: str) -> None:
    """The lines with their ends are the text; none is empty behind the last end."""
    assert split_lines(text) == [line for line in lines_of(text) if line]


@pytest.mark.parametrize(
    ("text", "offset", "expected"),
    [("a\r\nb\nc", 0, "\r\n"), ("a\r\nb\nc", 3, "\n"), ("a\rb", 2, "\r"), ("ab", 0, "\n")],
)
def test_a_new_line_ends_like_those_around_it(text: str, offset: int, expected: str) -> None:
    """The next line end counts, else the first one, else LF."""
    assert line_break(text, offset) == expected


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 9))))
def test_merged_spans_cover_the_same(pairs: list[tuple[int, int]]) -> None:
    """Merged spans are sorted, part from each other, not empty, and cover what all did."""
    spans = [Span(start, start + length) for start, length in pairs]
    found = merged(spans)
    covered = {at for span in spans for at in range(*span)}
    assert {at for span in found for at in range(*span)} == covered
    ends = [offset for span in found for offset in span]
    assert ends == sorted(set(ends))


def test_a_file_keeps_its_byte_order_mark() -> None:
    """Another text in place of a file's own has the mark that the file begins with."""
    assert Source("a", "b", "\ufeff").encode("\u00e9") == b"\xef\xbb\xbf\xc3\xa9"
    assert Source("a", "b").encode("c") == b"c"


@given(TEXTS, st.integers(0, 30))
def test_a_line_has_a_start_an_end_and_a_next_one(text: str, offset: int) -> None:
    """Offsets within a line lead to where it starts and ends, and to where the next one starts."""
    offset = min(offset, len(text))
    source = Source("a", text)
    number = source.position(offset).line
    start, end = source.line_span(number)
    assert line_start(text, offset) == start
    if offset <= end:
        assert line_end(text, offset) == end
        assert next_line(text, offset) == len("".join(lines_of(text)[:number]))
    least = min(offset, start + 1)
    assert line_start(text, offset, least) == max(start, least)
