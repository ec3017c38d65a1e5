"""Edits of the text: what they leave, what they refuse, and which of them go together."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.emitter import KEPT_LINES, Emitter

from bikube.diagnostics import Edit, Fix, Pointer, Removal, split_pointer
from bikube.document import Document, parse
from bikube.document.walk import leaves
from bikube.edits.recipes import (
    apply,
    compatible,
    plan_fix,
    quoting,
    removal,
    renaming,
    reshaping,
    rewriting,
)
from bikube.text.source import Source, Span

Fixer = Callable[[Document, Pointer], Fix | None]


def read(text: str) -> Document:
    """The document in ``text``, which is valid YAML."""
    document, problems = parse(Source("bikube.yaml", text))
    assert problems == []
    assert document is not None
    return document


def at(document: Document, place: str) -> Pointer:
    """The pointer ``place``, whose numbers are those of list items."""
    pointer: Pointer = ()
    for token in split_pointer(place):
        holder = document.resolve(pointer)
        pointer = (*pointer, int(token) if isinstance(holder, list) else token)
    return pointer


def fixed(text: str, place: str, fixer: Fixer) -> str | None:
    """``text`` after the fix at ``place``; nothing if there is none."""
    document = read(text)
    fix = fixer(document, at(document, place))
    return apply(text, [fix]) if fix is not None else None


def without(data: Any, pointer: Pointer) -> Any:
    """``data`` but for the member at ``pointer``; nothing that aliases repeat is in it."""
    token, *below = pointer
    pairs = data.items() if isinstance(data, dict) else enumerate(data)
    kept = [
        (key, without(value, tuple(below)) if key == token else value)
        for key, value in pairs
        if key != token or below
    ]
    return dict(kept) if isinstance(data, dict) else [value for _, value in kept]


remove = partial(removal, safe=True)

REMOVED = {
    "one of several lines": ("a: 1\nb: 2\nc: 3\n", "/b", "a: 1\nc: 3\n"),
    "the first": ("a: 1\nb: 2\n", "/a", "b: 2\n"),
    "the last": ("a: 1\nb: 2\n", "/b", "a: 1\n"),
    "the last without a final newline": ("a: 1\nb: 2", "/b", "a: 1\n"),
    "with the comment behind it": ("a: 1\nb: 2  # two\nc: 3\n", "/b", "a: 1\nc: 3\n"),
    "not the comment above it": ("a: 1\n# two\nb: 2\nc: 3\n", "/b", "a: 1\n# two\nc: 3\n"),
    "far below a directive": (
        "# bikube: ignore[x] y\na: 1\nb: 2\nc: 3\n",
        "/b",
        "# bikube: ignore[x] y\na: 1\nc: 3\n",
    ),
    "nothing written": ("a: 1\nb:\nc: 3\n", "/b", "a: 1\nc: 3\n"),
    "nothing but a comment written": ("a: 1\nb:  # later\nc: 3\n", "/b", "a: 1\nc: 3\n"),
    "with CRLF": ("a: 1\r\nb: 2\r\nc: 3\r\n", "/b", "a: 1\r\nc: 3\r\n"),
    "with CR": ("a: 1\rb: 2\rc: 3\r", "/b", "a: 1\rc: 3\r"),
    "quoted": ("a: 1\n'b': \"2\"\nc: 3\n", "/b", "a: 1\nc: 3\n"),
    "a map": ("a: 1\nb:\n  x: 1\n  y: 2\nc: 3\n", "/b", "a: 1\nc: 3\n"),
    "a map with comments inside": (
        "a: 1\nb:\n  # first\n  x: 1\n\n  # last\n# next\nc: 3\n",
        "/b",
        "a: 1\n# next\nc: 3\n",
    ),
    "a list that is not indented": ("a: 1\nb:\n- 1\n- 2\nc: 3\n", "/b", "a: 1\nc: 3\n"),
    "a block scalar": ("a: 1\nb: |  # text\n  x\n\n  y\nc: 3\n", "/b", "a: 1\nc: 3\n"),
    "a block scalar before a blank line": ("b: >-\n  x\n\nc: 3\n", "/b", "\nc: 3\n"),
    "below a block scalar that keeps blank lines": (
        "a: |+\n  x\n\nb: 2\n\nc: 3\n",
        "/b",
        "a: |+\n  x\n\nc: 3\n",
    ),
    "several plain lines": ("a: 1\nb: x\n  y\n  z\nc: 3\n", "/b", "a: 1\nc: 3\n"),
    "several quoted lines": ('a: 1\nb: "x\n  y"  # z\nc: 3\n', "/b", "a: 1\nc: 3\n"),
    "several lines in brackets": ("a: 1\nb: [\n  x,  # 1\n]\nc: 3\n", "/b", "a: 1\nc: 3\n"),
    "an alias": ("a: &x 1\nb: *x\nc: 3\n", "/b", "a: &x 1\nc: 3\n"),
    "an anchor that nobody needs": ("a: 1\nb: &x 2\nc: 3\n", "/b", "a: 1\nc: 3\n"),
    "behind a dash": ("- a: 1\n  b: 2\n  c: 3\n", "/0/a", "- b: 2\n  c: 3\n"),
    "behind a wide dash": ("-   a: 1  # one\n    b: 2\n", "/0/a", "-   b: 2\n"),
    "behind a dash, a map": ("- a:\n    x: 1\n  b: 2\n", "/0/a", "- b: 2\n"),
    "behind a dash before a comment": ("- a: 1\n  # two\n  b: 2\n", "/0/a", "- # two\n  b: 2\n"),
    "behind two dashes": ("- - a: 1\n    b: 2\n", "/0/0/a", "- - b: 2\n"),
    "below a dash": ("-\n  a: 1\n  b: 2\n", "/0/a", "-\n  b: 2\n"),
    "below an anchored dash": ("- &x\n  a: 1\n  b: 2\n", "/0/a", "- &x\n  b: 2\n"),
    "the only one": ("a:\n  b: 2\nc: 3\n", "/a/b", "a: {}\nc: 3\n"),
    "the only one among comments": (
        "a:  # why\n  # two\n  b: 2  # b\n  # end\nc: 3\n",
        "/a/b",
        "a: {}  # why\n  # two\n  # end\nc: 3\n",
    ),
    "the only one behind a dash": ("- a: 1  # one\n- 2\n", "/0/a", "- {}\n- 2\n"),
    "the only one below a dash": ("-\n  a: 1\n- 2\n", "/0/a", "- {}\n- 2\n"),
    "the only one without a final newline": ("a:\n  b: 2", "/a/b", "a: {}\n"),
    "an item": ("a:\n  - 1\n  - 2  # two\n  - 3\n", "/a/1", "a:\n  - 1\n  - 3\n"),
    "the first item": ("- a: 1\n  b: 2\n- c: 3\n", "/0", "- c: 3\n"),
    "the last item": ("a:\n- 1\n- x: 2\n  y: 3\nb: 4\n", "/a/1", "a:\n- 1\nb: 4\n"),
    "the only item": ("a:\n- 1\nb: 2\n", "/a/0", "a: []\nb: 2\n"),
    "an empty item": ("- 1\n-\n- 3\n", "/1", "- 1\n- 3\n"),
    "an item below its dash": ("- 1\n-\n  a: 2\n- 3\n", "/1", "- 1\n- 3\n"),
    "the first item of an item": ("- - 1\n  - 2\n- 3\n", "/0/0", "- - 2\n- 3\n"),
    "the only item of an item": ("- - 1\n- 3\n", "/0/0", "- []\n- 3\n"),
    "in brackets, the first": ("{a: 1, b: 2, c: 3}\n", "/a", "{b: 2, c: 3}\n"),
    "in brackets, one between": ("{a: 1, b: 2, c: 3}\n", "/b", "{a: 1, c: 3}\n"),
    "in brackets, the last": ("{a: 1, b: 2, c: 3 }\n", "/c", "{a: 1, b: 2 }\n"),
    "in brackets, the only one": ("a: { b: 1 }  # c\n", "/a/b", "a: {}  # c\n"),
    "in brackets, the only one and a comma": ("a: [1,]\n", "/a/0", "a: []\n"),
    "in brackets, the last and a comma": ("[1, 2, ]\n", "/1", "[1, ]\n"),
    "in brackets, an item": ("[1, {a: 2}, 3]\n", "/1", "[1, 3]\n"),
    "in brackets, a key alone": ("{a: 1, b, c: 3}\n", "/b", "{a: 1, c: 3}\n"),
    "in brackets, nothing written": ("{a: 1, b: , c: 3}\n", "/b", "{a: 1 , c: 3}\n"),
    "in brackets, without spaces": ('{"a":1,"b":2,"c":3}\n', "/b", '{"a":1,"c":3}\n'),
    "in brackets on lines": (
        "{\n  a: 1,\n  b: 2,  # b\n  c: 3\n}\n",
        "/b",
        "{\n  a: 1,\n  c: 3\n}\n",
    ),
    "in brackets on lines, the first": ("{\n  a: 1,\n  b: 2\n}\n", "/a", "{\n  b: 2\n}\n"),
    "in brackets on lines, the last": ("{\n  a: 1,  # a\n  b: 2\n}\n", "/b", "{\n  a: 1  # a\n}\n"),
    "in brackets on lines, the only one": ("[\n  1,\n]\n", "/0", "[]\n"),
    "in brackets among comments, the only one": (
        "[\n  # x\n  1,  # y\n]\n",
        "/0",
        "[\n  # x\n    # y\n]\n",
    ),
    "in brackets before a line": ("{a: 1, b: 2,\n c: 3}\n", "/b", "{a: 1,\n c: 3}\n"),
    "in brackets after a line": ("{a: 1,\n b: 2, c: 3}\n", "/b", "{a: 1,\n c: 3}\n"),
    "in brackets after a line, the last": ("{a: 1,\n b: 2}\n", "/b", "{a: 1}\n"),
    "in brackets after a comment, the last": ("{a: 1, # x\n b: 2}\n", "/b", "{a: 1 # x\n }\n"),
    "in brackets before a comment, the first": ("{a: 1, # x\n b: 2}\n", "/a", "{ # x\n b: 2}\n"),
    "in brackets, commas in front": ("{ a: 1\n, b: 2\n, c: 3 }\n", "/b", "{ a: 1\n, c: 3 }\n"),
    "in brackets after nothing written": ("{a: , b, c: 3}\n", "/b", "{a: , c: 3}\n"),
    "in brackets after nothing written, the last": ("{a: , b: 2}\n", "/b", "{a: }\n"),
    "above a deep comment, far from a block scalar": (
        "- a: |\n    x\n- b: 1\n  c: []\n   # deep\n  d: 2\n",
        "/1/c",
        "- a: |\n    x\n- b: 1\n   # deep\n  d: 2\n",
    ),
    "a comma in quotes": ("{a: ',', b: '}', c: '#'}\n", "/b", "{a: ',', c: '#'}\n"),
    "after the text of a map": (
        "%YAML 1.2\n---\na: 1\nb: 2\n...\n",
        "/b",
        "%YAML 1.2\n---\na: 1\n...\n",
    ),
    "behind it a comment with what ends no line": ("a: 1\nb: 2 # x\u2028c: 3\n", "/b", "a: 1\n"),
}


@pytest.mark.parametrize(("before", "place", "after"), REMOVED.values(), ids=REMOVED)
def test_a_member_goes_and_all_else_stays(before: str, place: str, after: str) -> None:
    """Taking a member out leaves every other byte, and the data without that member."""
    assert fixed(before, place, remove) == after
    document = read(before)
    assert read(after).data == without(document.data, at(document, place))


KEPT = {
    "an anchor that is needed": ("a: &x 1\nb: *x\n", "/a"),
    "an anchor that is needed, inside": ("a:\n  c: [&x 1]\nb: *x\n", "/a"),
    "an explicit key": ("? a\n: 1\n? b\n: 2\n", "/b"),
    "an explicit key in brackets": ("{? a : 1, b: 2}\n", "/a"),
    "a key with an anchor": ("&x a: 1\nb: 2\n", "/a"),
    "the only one at the top": ("a: 1\n", "/a"),
    "a pair that is an item": ("[a: 1, b: 2]\n", "/0/a"),
    "before an explicit key behind a dash": ("- a: 1\n  ? b\n  : 2\n", "/0/a"),
    "below a block scalar and above a deep comment": ("a: |\n x\nb: 2\n  # y\nc: 3\n", "/b"),
    "below a directive": ("a: 1\r\n# bikube: ignore[x] y\r\n\r\n# z\r\nb: 2\r\nc: 3\r\n", "/b"),
    "the only one of an explicit key": ("? a\n:\n  b: 2\nc: 3\n", "/a/b"),
}


@pytest.mark.parametrize(("text", "place"), KEPT.values(), ids=KEPT)
def test_what_cannot_go_without_harm_stays(text: str, place: str) -> None:
    """Where taking a member out could spoil the text, no fix is offered."""
    assert fixed(text, place, remove) is None


def test_a_duplicate_does_not_become_the_only_member() -> None:
    """A map that seems to lose its only member, but has a dropped one, is left alone."""
    document, problems = parse(Source("bikube.yaml", "a:\n  b: 1\n  b: 2\nc: 3\n"))
    assert document is not None
    assert [problem.rule for problem in problems] == ["duplicate-key"]
    assert remove(document, ("a", "b")) is None


def write(value: Any) -> Fixer:
    """Writes ``value``."""
    return partial(rewriting, value=value, safe=True)


def call(key: str) -> Fixer:
    """Calls a member ``key``."""
    return partial(renaming, key=key, safe=True)


quote = partial(quoting, safe=True)
to_many = partial(reshaping, new="cas", only="key")
to_one = partial(reshaping, new="trust", only="key")

WRITTEN: dict[str, tuple[str, str, Fixer, str | None]] = {
    "a plain string": ("a: X  # x\n", "/a", write("x"), "a: x  # x\n"),
    "a double-quoted string": ('a: "X"\n', "/a", write("x y"), 'a: "x y"\n'),
    "a single-quoted string": ("a: 'X'\n", "/a", write("it's"), "a: 'it''s'\n"),
    "quotes in quotes": ('a: "X"\n', "/a", write('"'), "a: '\"'\n"),
    "a string that needs quotes": ("a: X\n", "/a", write("012"), 'a: "012"\n'),
    "a number too large for one": ("a: X\n", "/a", write("9" * 20), f'a: "{"9" * 20}"\n'),
    "a date": ("a: X\n", "/a", write("2025-10-01"), "a: 2025-10-01\n"),
    "control characters": ("a: 'X'\n", "/a", write("\x07"), 'a: "\\x07"\n'),
    "a number": ("a: X\n", "/a", write(5), "a: 5\n"),
    "a truth": ("a: 'X'\n", "/a", write(True), "a: true\n"),
    "an item in brackets": ("[X, Y]\n", "/0", write("a, b"), '["a, b", Y]\n'),
    "what an alias repeats here": ("a: &x X\nb: *x\n", "/b", write("x"), "a: &x X\nb: x\n"),
    "what is not there": ("a:  # x\nb: 1\n", "/a", write("x"), "a: x  # x\nb: 1\n"),
    "what is not there, with an anchor": ("a: &x\n", "/a", write("x"), "a: &x x\n"),
    "what is not there, in brackets": ("{a: , b: 1}\n", "/a", write("x"), "{a: x , b: 1}\n"),
    "an item that is not there": ("- 1\n-\n", "/1", write("x"), "- 1\n- x\n"),
    "a key alone": ("{a, b: 1}\n", "/a", write("x"), None),
    "null": ("a: ~\n", "/a", write("x"), "a: x\n"),
    "a folded string": ("a: >-\n  X\n  Y\nb: 1\n", "/a", write("x"), "a: x\nb: 1\n"),
    "a folded string with a comment": (
        "a: >- # y\n  X\nb: 1\n",
        "/a",
        write("x"),
        "a: x # y\nb: 1\n",
    ),
    "a string on two lines": ("a: X\n  Y\nb: 1\n", "/a", write("x"), "a: x\nb: 1\n"),
    "a tagged string": ("a: !!str X\n", "/a", write("x"), None),
    "a map, with a string": ("a: {b: 1}\n", "/a", write("x"), None),
    "a string, with an empty map": ("a: X\n", "/a", write({}), "a: {}\n"),
    "a map, with an empty one": ("a: {b: 1, c: 2}  # d\n", "/a", write({}), "a: {}  # d\n"),
    "a block map, with an empty one": (
        "a:  # x\n  b: 1\n  c: 2  # y\nd: 3\n",
        "/a",
        write({}),
        "a: {}  # x\nd: 3\n",
    ),
    "an indented list, with an empty one": ("- a\n- - b\n  - c\n", "/1", write([]), "- a\n- []\n"),
    "a map with comments, with an empty one": ("a: {b: 1, # c\n }\n", "/a", write({}), None),
    "a map of one's own form": ("a:\n  ? b\n  : 1\n", "/a", write({}), None),
    "an alias, with an empty map": (
        "a: &x {b: 1}\nc: *x\n",
        "/c",
        write({}),
        "a: &x {b: 1}\nc: {}\n",
    ),
    "a key": ("a:\n  X: 1  # x\n", "/a/X", call("x"), "a:\n  x: 1  # x\n"),
    "a quoted key": ("{'X': 1}\n", "/X", call("x y"), "{'x y': 1}\n"),
    "a key that needs quotes": ("X: 1\n", "/X", call("on"), "on: 1\n"),
    "an aliased key": ("a: &x X\n*x : 1\n", "/X", call("x"), "a: &x X\nx : 1\n"),
    "an explicit key": ("? X\n: 1\n", "/X", call("x"), "? x\n: 1\n"),
    "a key that is there": ("X: 1\nx: 2\n", "/X", call("x"), None),
    "an item's key": ("[X]\n", "/0", call("x"), None),
    "digits": ("a: 012  # x\n", "/a", quote, 'a: "012"  # x\n'),
    "a fraction in brackets": ("[1.50]\n", "/0", quote, '["1.50"]\n'),
    "an aliased number": ("a: &x 1\nb: *x\n", "/b", quote, None),
    "a tagged number": ("a: !!int 1\n", "/a", quote, None),
    "one in brackets to a list": (
        "trust: {key: {t: 1}}  # x\n",
        "/trust",
        to_many,
        "cas: [{t: 1}]  # x\n",
    ),
    "one in lines to a list": (
        "trust:  # x\n  # y\n  key:\n    t: 1\n    u: 2\nb: 3\n",
        "/trust",
        to_many,
        "cas:  # x\n  # y\n  - t: 1\n    u: 2\nb: 3\n",
    ),
    "one in wide lines to a list": (
        "trust:\n    key:\n        t: 1\n        u: 2\n",
        "/trust",
        to_many,
        "cas:\n    -   t: 1\n        u: 2\n",
    ),
    "one in narrow lines to a list": (
        "trust:\n key:\n  t: 1\n",
        "/trust",
        to_many,
        "cas:\n -\n  t: 1\n",
    ),
    "one among comments to a list": (
        "trust:\n  key:  # x\n    # y\n    t: 1\n",
        "/trust",
        to_many,
        "cas:\n  -  # x\n    # y\n    t: 1\n",
    ),
    "one of both forms to a list": (
        "trust:\n  key: {t: 1}  # x\n",
        "/trust",
        to_many,
        "cas:\n  - {t: 1}  # x\n",
    ),
    "an alias to a list": (
        "a: &x {t: 1}\ntrust:\n  key: *x\n",
        "/trust",
        to_many,
        "a: &x {t: 1}\ncas:\n  - *x\n",
    ),
    "an anchored one to a list": ("trust:\n  key: &x\n    t: 1\n", "/trust", to_many, None),
    "more than one to a list": ("trust: {key: {t: 1}, b: 2}\n", "/trust", to_many, None),
    "no map to a list": ("trust: {key: 1}\n", "/trust", to_many, None),
    "one to a list that is there": ("trust: {key: {t: 1}}\ncas: []\n", "/trust", to_many, None),
    "a commented one to a list": ("trust: { # x\n key: {t: 1}}\n", "/trust", to_many, None),
    "a list in brackets to one": (
        "cas: [{t: 1}]\n",
        "/cas",
        to_one,
        "trust: {key: {t: 1}}\n",
    ),
    "a list in lines to one": (
        "cas:\n  # x\n  - t: 1  # y\n    u: 2\nb: 3\n",
        "/cas",
        to_one,
        "trust:\n  # x\n  key:\n    t: 1  # y\n    u: 2\nb: 3\n",
    ),
    "a list with CRLF to one": (
        "cas:\r\n  - t: 1\r\n    u: 2\r\n",
        "/cas",
        to_one,
        "trust:\r\n  key:\r\n    t: 1\r\n    u: 2\r\n",
    ),
    "a list of both forms to one": (
        "cas:\n  - {t: 1}\n",
        "/cas",
        to_one,
        "trust:\n  key: {t: 1}\n",
    ),
    "a list below its dash to one": (
        "cas:\n  -  # x\n    t: 1\n",
        "/cas",
        to_one,
        "trust:\n  key:  # x\n    t: 1\n",
    ),
    "a list that is not indented to one": ("cas:\n- t: 1\n", "/cas", to_one, None),
    "a longer list to one": ("cas: [{t: 1}, {t: 2}]\n", "/cas", to_one, None),
    "a list of strings to one": ("cas: [t]\n", "/cas", to_one, None),
    "an anchored item to one": ("cas:\n  - &x {t: 1}\n", "/cas", to_one, None),
    "in a pair that is an item": (
        "[trust: {key: {t: 1}}]\n",
        "/0/trust",
        to_many,
        "[cas: [{t: 1}]]\n",
    ),
}


@pytest.mark.parametrize(("before", "place", "fixer", "after"), WRITTEN.values(), ids=WRITTEN)
def test_a_member_is_written_anew(before: str, place: str, fixer: Fixer, after: str | None) -> None:
    """A value, a key or a shape changes in the author's style; in doubt nothing does."""
    assert fixed(before, place, fixer) == after
    if after is not None:
        read(after)


def test_what_aliases_repeat_is_fixed_where_it_is_written_and_not_safely() -> None:
    """A fix at an alias edits the anchored map, and is unsafe, because it changes more places."""
    text = "x: &x\n  a: 1\n  b: 2\ny: *x\nz: [*x]\n"
    document = read(text)
    for place in (("x", "a"), ("y", "a"), ("z", 0, "a")):
        fix = remove(document, place)
        assert fix is not None
        assert not fix.safe
        assert apply(text, [fix]) == "x: &x\n  b: 2\ny: *x\nz: [*x]\n"


def test_a_map_that_aliases_repeat_may_become_empty() -> None:
    """The anchor stays beside the braces."""
    text = "a: &x\n  b: 2\nc: *x\n"
    assert fixed(text, "/c/b", remove) == "a: &x {}\nc: *x\n"


def test_an_anchored_value_is_not_safely_changed_once_it_is_used() -> None:
    """What an alias repeats would change with it; without an alias nothing does."""
    used, unused = read("a: &x X\nb: *x\n"), read("a: &x X\nb: 1\n")
    assert [write("x")(document, ("a",)) for document in (used, unused)] == [
        Fix((Edit(Span(6, 7), "x"),), safe=False),
        Fix((Edit(Span(6, 7), "x"),), safe=True),
    ]


def edit(start: int, end: int, text: str = "", *, removal: Removal | None = None) -> Fix:
    """A fix of one edit."""
    return Fix((Edit(Span(start, end), text),), safe=True, removal=removal)


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (edit(0, 2), edit(2, 4), True),
        (edit(0, 3), edit(2, 4), False),
        (edit(0, 4), edit(1, 2), False),
        (edit(0, 2), edit(2, 2, "x"), False),
        (edit(0, 2), edit(3, 3, "x"), True),
        (edit(1, 1, "x"), edit(1, 1, "y"), False),
        (Fix((Edit(Span(0, 1), ""), Edit(Span(8, 9), "")), safe=True), edit(4, 8), True),
        (Fix((Edit(Span(0, 1), ""), Edit(Span(8, 9), "")), safe=True), edit(8, 9, "x"), False),
    ],
)
def test_fixes_that_meet_do_not_go_together(one: Fix, other: Fix, *, together: bool) -> None:
    """Of two that share a character, or insert at one place, the earlier one is taken."""
    assert compatible([other, one]) == ([one, other] if together else [one])


def test_equal_fixes_are_one() -> None:
    """One mistake that is found by two ways is mended once."""
    assert compatible([edit(0, 1), edit(0, 1)]) == [edit(0, 1)]


def test_not_all_members_go_at_once() -> None:
    """The last member waits, because its map is to become empty."""
    members = [edit(at, at + 2, removal=Removal(0, 3)) for at in (1, 3, 5)]
    others = [edit(at, at + 2, removal=Removal(9, 2)) for at in (9,)]
    only = edit(20, 22, removal=Removal(20, 1))
    assert compatible([*members, *others, only]) == [*members[:2], *others, only]


RECIPES: list[tuple[dict[str, Any], str, str | None, str | None]] = [
    ({}, "X", None, None),
    ({"safe": True, "lower": True}, "X", "x", "x"),
    ({"safe": True, "lower": True}, "x", None, None),
    ({"safe": True, "lower": True}, "5", None, None),
    ({"safe": True, "replace": {"pattern": "X+", "by": ""}}, "aXXbX", "abX", "abX"),
    ({"safe": True, "replace": {"pattern": "(.)X", "by": r"\1"}}, "aX", "a", "a"),
    ({"safe": True, "write": "{nearest}"}, "X", "y", "y"),
    ({"safe": True, "write": 7}, "X", "7", "7"),
    ({"safe": True, "lower": False, "write": "y"}, "X", "y", "y"),
    ({"safe": True, "write": "y"}, "!!str X", None, "y"),
]


@pytest.mark.parametrize(("recipe", "old", "new", "shown"), RECIPES)
def test_a_recipe_says_how_a_value_is_fixed(
    recipe: dict[str, Any], old: str, new: str | None, shown: str | None
) -> None:
    """A rule's recipe gives the edit, and what messages show as the right value."""
    text = f"a: {old}\n"
    fix, fixed = plan_fix(recipe, read(text), ("a",), {"nearest": "y"})
    assert (apply(text, [fix]) if fix else None) == (f"a: {new}\n" if new else None)
    assert fixed == shown


def test_a_recipe_may_remove() -> None:
    """``remove: true`` takes the member out."""
    text = "a: 1\nb: 2\n"
    fix, shown = plan_fix({"safe": False, "remove": True}, read(text), ("a",), {})
    assert fix is not None
    assert (apply(text, [fix]), fix.safe, shown) == ("b: 2\n", False, None)


def lines_apart(text: str, changed: str, fix: Fix) -> bool:
    """Whether all lines that no edit touches are the same in both texts."""
    source = Source("bikube.yaml", text)
    touched = {
        number
        for span, _ in fix.edits
        for number in range(source.position(span.start).line, source.position(span.end).line + 1)
    }
    lines = text.splitlines(keepends=True)
    kept = [line for number, line in enumerate(lines, start=1) if number not in touched]
    rest = iter(changed.splitlines(keepends=True))
    return all(line in rest for line in kept)


KEYS = st.sampled_from(["a", "bc", "def", "g-h", "i_j"])
VALUES = st.sampled_from(["x", "drop", "y z", "drop", "p\nq", KEPT_LINES, None])
TREES = st.recursive(
    VALUES,
    lambda below: (
        st.lists(below, min_size=1, max_size=4)
        | st.dictionaries(KEYS, below, min_size=1, max_size=4)
    ),
    max_leaves=12,
)
ROOTS = st.dictionaries(KEYS, TREES, min_size=1, max_size=3).map(lambda tree: {"keep": "k", **tree})


def pointers(value: Any, pointer: Pointer = ()) -> Iterator[Pointer]:
    """Every member below ``value``."""
    if isinstance(value, dict | list):
        for token, child in value.items() if isinstance(value, dict) else enumerate(value):
            yield (*pointer, token)
            yield from pointers(child, (*pointer, token))


def emit(data: Any, choices: st.DataObject) -> tuple[str, Emitter]:
    """``data`` as text, by choices that can shrink."""
    emitter = Emitter(lambda ways: choices.draw(st.integers(0, ways - 1)))
    return emitter.document(data), emitter


@given(ROOTS, st.data())
@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=150)
def test_any_member_goes_and_all_else_stays(data: Any, choices: st.DataObject) -> None:
    """However a document is laid out, a member goes with its own comments, and nothing else."""
    text, emitter = emit(data, choices)
    document = read(text)
    assert document.data == data
    pointer = choices.draw(st.sampled_from(list(pointers(data))))
    fix = remove(document, pointer)
    assert fix is not None
    changed = apply(text, [fix])
    assert read(changed).data == without(data, pointer)
    lost = [owner for comment, owner in emitter.comments.items() if comment not in changed]
    assert [owner for owner in lost if owner[: len(pointer)] != pointer] == []
    assert lines_apart(text, changed, fix)


def dropped(data: Any) -> Any:
    """``data`` without any member that is "drop"."""
    if isinstance(data, dict):
        return {key: dropped(value) for key, value in data.items() if value != "drop"}
    if isinstance(data, list):
        return [dropped(value) for value in data if value != "drop"]
    return data


@given(ROOTS, st.data())
@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=150)
def test_many_members_go_in_a_few_rounds(data: Any, choices: st.DataObject) -> None:
    """Fixes that meet wait for the next round, and in the end exactly their members are gone."""
    text, _ = emit(data, choices)
    for _round in range(5):
        document = read(text)
        places = [one for one in pointers(document.data) if document.resolve(one) == "drop"]
        text = apply(text, filter(None, (remove(document, place) for place in places)))
    assert read(text).data == dropped(data)


@given(ROOTS, st.data())
@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=150)
def test_any_value_is_written_anew(data: Any, choices: st.DataObject) -> None:
    """A new value is read back, and every comment stays."""
    text, emitter = emit(data, choices)
    document = read(text)
    places = [one for one, _ in leaves(data)]
    pointer = choices.draw(st.sampled_from(places))
    value = choices.draw(st.text() | st.integers(-5, 5) | st.booleans())
    fix = rewriting(document, pointer, value, safe=True)
    assert fix is not None
    changed = apply(text, [fix])
    assert read(changed).resolve(pointer) == value
    assert [comment for comment in emitter.comments if comment not in changed] == []
    back = rewriting(read(changed), pointer, document.resolve(pointer), safe=True)
    assert back is not None
    assert read(apply(changed, [back])).data == data
