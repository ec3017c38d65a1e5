"""Where things stand in a document: what is at an offset."""

import pytest

from bikube.diagnostics import Pointer
from bikube.document import parse
from bikube.text.source import Source, Span


@pytest.mark.parametrize(
    ("text", "piece", "pointer"),
    [
        ("a: {b: [c, d]}\n", "d", ("a", "b", 1)),
        ("a: {b: [c, d]}\n", "b:", ("a", "b")),
        ("a: {b: [c, d]}\n", "c, d", ("a", "b")),
        ("a:\n  b: c\n\n# d\ne: f\n", "# d", ()),
        ("a: &x {b: c}\nd: *x\n", "*x", ("d",)),
        ("a: &x {b: c}\nd: *x\n", "c", ("a", "b")),
        ("a: &x [b, c]\nd: [e, *x]\n", "*x", ("d", 1)),
        ("a: &x {b: &y [c]}\nd: {e: *x, f: *y}\n", "*y", ("d", "f")),
        ("a: &x {}\nd: *x\n", "*x", ("d",)),
    ],
)
def test_a_place_is_within_the_innermost_member_around_it(
    text: str, piece: str, pointer: Pointer
) -> None:
    """Key, value and what is between them belong to a member, and an alias to its own."""
    document, _ = parse(Source("a", text))
    assert document is not None
    start = text.index(piece)
    assert document.within(Span(start, start + len(piece))) == pointer
