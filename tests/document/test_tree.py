"""Where things stand in a document: what is at an offset."""

import pytest

from bikube.diagnostics import Pointer
from bikube.document import Document, parse
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


def test_what_is_derived_from_a_document_is_made_once() -> None:
    """Whoever asks again gets what the first one got."""
    asked: list[Document] = []
    document, _ = parse(Source("a", "a: b\n"))
    assert document is not None

    def derive(one: Document) -> list[str]:
        asked.append(one)
        return list(one.keys)

    first = document.derived(derive)
    assert (first, asked) == (["a"], [document])
    assert document.derived(derive) is first
    assert asked == [document]


def test_the_texts_of_a_document_are_its_strings_without_keys_each_once() -> None:
    """What is no string is no text."""
    document, _ = parse(Source("a", "a: b\nc: [1, true, b, {d: e}, null]\nf: {}\n"))
    assert document is not None
    assert sorted(document.texts) == ["b", "e"]
