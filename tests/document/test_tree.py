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


@pytest.mark.parametrize(
    ("text", "texts", "maps"),
    [
        ("a\n", ["a"], []),
        ("- a\n- {b: c}\n", ["a", "c"], [{"b": "c"}]),
        ("a: b\na: {c: d}\n", ["b", "d"], [{"c": "d"}, {"a": "b"}]),
    ],
    ids=["a scalar", "a list", "a repeated key"],
)
def test_texts_and_maps_are_those_of_any_document(
    text: str, texts: list[str], maps: list[dict[str, str]]
) -> None:
    """One that is a scalar too, and what a repeated key has dropped."""
    document, _ = parse(Source("a", text))
    assert document is not None
    assert (sorted(document.texts), list(document.maps())) == (texts, maps)


def test_an_item_is_at_least_as_long_as_its_values() -> None:
    """The white space at the end of a block belongs to a value, and to no span."""
    document, _ = parse(Source("a", "a:\n  - b\n  - |+\n    c\n\n\nd: [e, ff]\n"))
    assert document is not None
    lists = [document.data["a"], document.data["d"]]
    assert lists == [["b", "c\n\n\n"], ["e", "ff"]]
    assert list(document.lengths(lists)) == [[6, 22], [3, 4]]
