"""YAML in: data by YAML 1.2's core schema, and a span for every key and value."""

import io
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from tests.support.effort import calls
from tests.support.yamltexts import Written, written

from bikube.diagnostics import MAX_FINDINGS, Diagnostic, Pointer
from bikube.document import MAX_BYTES, Document, decode, parse, parser
from bikube.document.parser import MAX_DEPTH, MAX_EVENTS, MAX_SCALAR, Parsed
from bikube.document.scalars import NumberOutOfRange, resolve
from bikube.text.source import Source, Span


def ruamel() -> YAML:
    """The independent reader: pure Python, YAML 1.2."""
    return YAML(typ="safe", pure=True)


def read(text: str) -> Parsed:
    """``text`` as bikube reads it."""
    return parse(Source("a", text))


def document_of(text: str) -> Document:
    """The document in ``text``, which has no problem."""
    document, problems = read(text)
    assert document is not None
    assert problems == []
    return document


def problem_of(text: str) -> tuple[str, str, str]:
    """The one problem of ``text``: its rule, the text that it underlines, and what it says."""
    (found,) = read(text).diagnostics
    return found.rule, Source("a", text).cut(found.span), found.text


def pointers(value: Any, pointer: Pointer = ()) -> Iterator[Pointer]:
    """The pointer of everything below ``value``."""
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield (*pointer, key)
            yield from pointers(value[key], (*pointer, key))


def marks(node: Node, pointer: Pointer = ()) -> Iterator[tuple[Pointer, str, ScalarNode]]:
    """Every scalar that ruamel has, with its pointer and the part of the member that it is."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            yield (*pointer, key.value), "key", key
            yield from marks(value, (*pointer, key.value))
    elif isinstance(node, SequenceNode):
        for index, value in enumerate(node.value):
            yield from marks(value, (*pointer, index))
    elif isinstance(node, ScalarNode):
        yield pointer, "value", node


@settings(max_examples=80, deadline=None)
@given(written())
def test_data_is_what_was_written_and_what_another_reader_has(case: Written) -> None:
    """Block and flow style, any quotes and comments: the data is that of YAML 1.2."""
    ours = document_of(case.text).data
    assert repr(ours) == repr(case.data)
    assert repr(ours) == repr(ruamel().load(case.text))


@settings(max_examples=80, deadline=None)
@given(written(), st.sampled_from(["\n", "\r\n", "\r"]))
def test_spans_are_where_another_reader_has_its_marks(case: Written, line_end: str) -> None:
    """Each key and scalar stands where ruamel says, whatever ends the lines."""
    text = case.text.replace("\n", line_end)
    document = document_of(text)
    for pointer, part, node in marks(ruamel().compose(io.StringIO(text, newline=""))):
        span = document.span(pointer, "key" if part == "key" else "value")
        theirs = Span(node.start_mark.index, node.end_mark.index)
        if theirs.start == theirs.end:
            continue  # Nothing is written, so the span is that of the key.
        if node.style == "|":
            theirs = Span(theirs.start, theirs.start + len(text[slice(*theirs)].rstrip()))
        assert span == theirs


@settings(max_examples=80, deadline=None)
@given(written())
def test_a_value_can_be_read_again_from_its_span(case: Written) -> None:
    """The text of a span, where it stands in its line, means the value, containers included."""
    document = document_of(case.text)
    for pointer in pointers(document.data):
        written_at = document.written(document.resolve(pointer[:-1]), pointer[-1])
        cut = document.source.cut(written_at.value)
        column = document.source.position(written_at.value.start).column
        again = ruamel().load(" " * (column - 1) + cut) if cut.strip() else None
        assert repr(again) == repr(document.resolve(pointer))


@pytest.mark.parametrize(
    "text",
    [
        *("null", "Null", "NULL", "~", "true", "True", "TRUE", "false", "False", "FALSE"),
        *("0", "12", "012", "-12", "+12", "0o17", "0x1F", "0xff", "9223372036854775807"),
        *(".5", "5.", "1e3", "1E+3", "-1.5e-3", "+.5", "12e03", "0.0", "-0.0"),
        *("on", "off", "yes", "no", "y", "n", "nUll", "tRue", "0x", "0o8", "0xg", "e3", ".", "-"),
        *("1:30", "+", "-a", ".a", "1e", "1.2.3", "1_a", "<", "0b", "08:00"),
    ],
)
def test_a_plain_scalar_means_what_the_core_schema_says(text: str) -> None:
    """Plain scalars are read as an independent YAML 1.2 reader does."""
    if text == "-":  # Alone it would be a list item.
        assert resolve(text) == "-"
        return
    assert repr(document_of(f"a: {text}").data) == repr(ruamel().load(f"a: {text}"))


@pytest.mark.parametrize(
    "text", ["2025-10-01", "1_000", "0b101", "-0x1F", "-0o7", "2025-10-01T10:00:00Z"]
)
def test_what_only_yaml_1_1_has_is_a_string(text: str) -> None:
    """Dates, underscores and binary numbers are strings; ruamel reads them, the schema does not."""
    assert document_of(f"a: {text}").data == {"a": text}
    assert ruamel().load(f"a: {text}") != {"a": text}


@pytest.mark.parametrize(
    "text",
    [
        *("9223372036854775808", "-9223372036854775809", "0x8000000000000000", "9" * 5000),
        *("1e400", "-1e400", "9" * 400 + ".0", ".inf", "-.INF", "+.Inf", ".nan", ".NaN", ".NAN"),
    ],
)
def test_a_number_that_no_output_can_carry_is_refused(text: str) -> None:
    """Integers past 64 bits and numbers that are not finite are out of range, and stay text."""
    with pytest.raises(NumberOutOfRange):
        resolve(text)
    document, (problem,) = read(f"a: {text}")
    assert (problem.rule, problem.span) == ("number-out-of-range", Span(3, 3 + len(text)))
    assert document is not None
    assert document.data == {"a": text}


@pytest.mark.parametrize(
    "text", ["-9223372036854775808", "9223372036854775807", "1e308", "0" * 5000]
)
def test_a_number_at_the_edge_is_read(text: str) -> None:
    """The greatest and the least numbers are fine, and any number of leading zeros."""
    assert document_of(f"a: {text}").data == {"a": float(text) if "e" in text else int(text[-20:])}


@pytest.mark.parametrize("separator", ["\u0085", "\u2028", "\u2029"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 'x%sy'\nb: 1\n", {"a": "x%sy", "b": 1}),
        ("a: x%sy\nb: 1\n", {"a": "x%sy", "b": 1}),
        ('a: "x%s  y"\nb: 1\n', {"a": "x%s  y", "b": 1}),
        ("a: |\n  x%s y\nb: 1\n", {"a": "x%s y\n", "b": 1}),
        ("# x%sa: 5\nb: 1\n", {"b": 1}),
        ("a: 5 # x%sc: 5\nb: 1\n", {"a": 5, "b": 1}),
        ("x%sy: 5\nb: 1\n", {"x%sy": 5, "b": 1}),
    ],
)
def test_unicode_line_separators_are_plain_characters(
    separator: str, text: str, expected: dict[str, Any]
) -> None:
    """What ends a line only to libyaml is part of the text, and shifts no position."""
    text = text.replace("%s", separator)
    document = document_of(text)
    wanted = {
        key.replace("%s", separator): value.replace("%s", separator)
        if isinstance(value, str)
        else value
        for key, value in expected.items()
    }
    assert document.data == wanted
    assert document.source.cut(document.span(("b",), "key")) == "b"
    assert document.source.position(document.span(("b",)).start).column == 4


def test_private_characters_stay_what_they_are() -> None:
    """Characters that stand in for line separators may be in the text themselves."""
    text = "a: '\U000f0000\u2028\U000f0001\u0085'\n"
    assert document_of(text).data == {"a": "\U000f0000\u2028\U000f0001\u0085"}


@pytest.mark.parametrize("mark", ["", "\ufeff", "\ufeff\ufeff"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_byte_order_mark_shifts_no_position(mark: str, line_end: str) -> None:
    """With a byte order mark, or two, every key stands where it does without."""
    source, problem = decode("a", f"{mark}a: 1{line_end}b: 2{line_end}".encode())
    document, _ = parse(source)
    assert problem is None
    assert document is not None
    assert source.position(document.span(("b",), "key").start) == (2, 1)
    assert source.text[0] == "a"


@pytest.mark.parametrize(
    ("text", "pointer", "part", "expected"),
    [
        ("a: &x 5\n", ("a",), "value", "5"),
        ("a: &x\n  b: c\n", ("a",), "value", "b: c"),
        ("a: &x # why\n  # more\n\n  b: c\n", ("a",), "value", "b: c"),
        ("a: !!str 5\n", ("a",), "value", "5"),
        ("a: !!str &x 5\n", ("a",), "value", "5"),
        ("a: &x !!map {b: c}\n", ("a",), "value", "{b: c}"),
        ("a: !<tag:yaml.org,2002:str> 5\n", ("a",), "value", "5"),
        ("a: &x\nb: 5\n", ("a",), "value", "a"),
        ("a:\nb: 5\n", ("a",), "value", "a"),
        ("a: &x 5\nb: *x\n", ("b",), "value", "*x"),
        ("a: &x {c: d}\nb: *x\n", ("b",), "value", "*x"),
        ("a: &x {c: d}\nb: *x\n", ("b", "c"), "value", "d"),
        ("? a\n: b\n", ("a",), "key", "a"),
        ("a: |\n  b\n\n  c\n# d\ne: f\n", ("a",), "value", "|\n  b\n\n  c"),
        ("a: >-  # why\n  b\n\n\ne: f\n", ("a",), "value", ">-  # why\n  b"),
        ("a:\n- b\n- c # d\n\n# e\nf: g\n", ("a",), "value", "- b\n- c"),
        ("a:\n  - {b: c}\n", ("a", 0), "value", "{b: c}"),
        ("a: {b: c, d: [e]}\n", ("a", "d"), "value", "[e]"),
        ("a: b\n  c\n", ("a",), "value", "b\n  c"),
        ("a: 'b\n\n  c'\n", ("a",), "value", "'b\n\n  c'"),
        ("a: {b, c}\n", ("a", "b"), "value", "b"),
        ("a: b\n", (), "value", "a"),
        ("- a\n", (), "value", "a"),
        ("[]", (), "value", "[]"),
        ("a", (), "key", "a"),
    ],
)
def test_a_span_is_the_key_or_the_value_alone(
    text: str, pointer: Pointer, part: Any, expected: str
) -> None:
    """Anchors, tags, comments and blank lines are no part of a value."""
    document = document_of(text)
    assert document.source.cut(document.span(pointer, part)) == expected


@pytest.mark.parametrize("pointer", [("b",), ("a", 0, "c"), ("a", 5), (0,)])
def test_there_is_no_span_of_what_is_not_there(pointer: Pointer) -> None:
    """A pointer that leads nowhere is told as such."""
    with pytest.raises((LookupError, TypeError)):
        document_of("a: [{b: c}]\n").span(pointer)


@pytest.mark.parametrize(
    ("text", "rule", "cut", "message"),
    [
        (
            "a: 1\nb: 2\na: 3\n",
            "duplicate-key",
            "a",
            (
                'key "a" is here twice (the other: line 1); keys are unique; merge the two, or'
                ' begin a new item with "- " if this is one'
            ),
        ),
        (
            "a: &x {b: 1}\nc:\n  <<: *x\n",
            "merge-key",
            "<<",
            'merge key "<<"; YAML 1.2 has none; write the members out',
        ),
        (
            "a: *x\n",
            "alias",
            "*x",
            (
                'alias "*x" has no anchor; it repeats what "&x" names before it;'
                " define that, or write the value out"
            ),
        ),
        (
            "a: &x [*x]\n",
            "alias",
            "*x",
            (
                'alias "*x" stands inside what it names; it repeats what is complete;'
                " write the value out"
            ),
        ),
        (
            "? [a]\n: b\n",
            "complex-key",
            "[",
            "a map or list as a key; keys are plain strings; write a string",
        ),
        (
            "a: &x [b]\n*x : c\n",
            "complex-key",
            "*x",
            "a map or list as a key; keys are plain strings; write a string",
        ),
        (
            "a: !foo b\n",
            "unknown-tag",
            "!foo",
            'tag "!foo" is not known; only the tags of the YAML core schema are; remove it',
        ),
        (
            "a: !foo [b]\n",
            "unknown-tag",
            "!foo",
            'tag "!foo" is not known; only the tags of the YAML core schema are; remove it',
        ),
        (
            "a: !!int b\n",
            "unknown-tag",
            "!!int",
            'tag "!!int" does not fit; what it stands before is the string "b"; remove it',
        ),
        (
            "a: !!map [b]\n",
            "unknown-tag",
            "!!map",
            'tag "!!map" does not fit; what it stands before is a list; remove it',
        ),
        (
            "a: !!float .nan\n",
            "number-out-of-range",
            ".nan",
            (
                "number .nan is out of range; numbers are finite and integers fit 64 bits;"
                " write a smaller one, or quote it to make it a string"
            ),
        ),
        (
            "",
            "empty-file",
            "",
            None,
        ),
        ("# a\n", "empty-file", "", None),
        (
            "a: 1\n---\nb: 2\n",
            "multiple-documents",
            "---",
            "a second YAML document; a spec file holds one; move it to a file of its own",
        ),
        (
            "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1),
            "nesting-too-deep",
            "[",
            f"nesting is deeper than {MAX_DEPTH} levels; no spec needs that; flatten it",
        ),
    ],
)
def test_a_mistake_in_yaml_is_one_problem(
    text: str, rule: str, cut: str, message: str | None
) -> None:
    """Each has its rule, underlines what is wrong, and says how to mend it."""
    found = problem_of(text)
    assert found[:2] == (rule, cut)
    assert message in (None, found[2])


@pytest.mark.parametrize(
    ("text", "cut", "parts"),
    [
        (
            "a:\n\t- b\n",
            "\t",
            ["a tab where YAML wants spaces", "indentation is spaces", "replace it by spaces"],
        ),
        ("a: @b\n", "@", ['"@" cannot start a plain value', "YAML reserves it", "quote the value"]),
        (
            'a: "b\nc: d\n',
            '"',
            ['" is opened here and never closed', "the text ends inside it", "close it"],
        ),
        (
            "a: [b, c\nd: e\n",
            ":",
            [
                '"," or "]" is missing before this',
                "it belongs to the list that starts in line 1",
                "add it",
            ],
        ),
        (
            "a: {b: c\n",
            "{",
            ["{ is opened here and never closed", "the text ends inside it", "close it"],
        ),
        (
            "a: {b: [c,\n# d\n",
            "[",
            ["[ is opened here and never closed", "the text ends inside it", "close it"],
        ),
        (
            "a: {b: &c [{\n",
            "{",
            ["{ is opened here and never closed", "the text ends inside it", "close it"],
        ),
        (
            "a: {b:\n",
            "{",
            ["{ is opened here and never closed", "the text ends inside it", "close it"],
        ),
        (
            "a: b: c\n",
            ":",
            [
                '":" is not allowed here',
                'a plain value has no ":" before a space, and keys of a map stand in one column',
                "quote the value, or correct the indentation",
            ],
        ),
        (
            "a: - b\n",
            "-",
            [
                '"-" is not allowed here',
                "a list begins on a line of its own",
                "move it to the next line, or quote the value",
            ],
        ),
        (
            "a: b\nc\nd: e\n",
            "c",
            [
                '"c" is not followed by ":"',
                'a member of a map is "key: value"',
                'add the ":" and the space after it, or correct the indentation',
            ],
        ),
        (
            "a:\n  - b\n  c: d\n",
            "c: d",
            [
                '"c: d" does not continue the list that starts in line 2',
                'all its items begin with "-" in one column',
                'indent it as the keys of the item above, or begin it with "- "',
            ],
        ),
        (
            "a:\n  b: c\n  - d\n",
            "- d",
            [
                '"- d" does not continue the map that starts in line 2',
                "all its keys stand in one column",
                "correct the indentation, or the quotes before it",
            ],
        ),
        (
            "a: [,]\n",
            ",",
            [
                '"," stands where a value is expected',
                "brackets and commas do not begin one",
                "remove it, or quote the value",
            ],
        ),
        (
            "a: & b\n",
            "&",
            [
                '"&" begins an anchor or an alias and has no name',
                "names are letters and digits",
                "add one, or quote the value",
            ],
        ),
        (
            'a: "\\q"\n',
            "\\q",
            [
                'escape "\\q" is not known',
                "in double quotes a backslash is written twice",
                "write it so, or use single quotes",
            ],
        ),
        (
            'a: "\\u12"\n',
            '12"',
            [
                'escape with "12"" is too short',
                '"\\x" takes 2 hexadecimal digits, "\\u" 4 and "\\U" 8',
                "add the rest",
            ],
        ),
        (
            'a: "\\ud800"\n',
            "d800",
            [
                'escape with "d800" is no character',
                "surrogates are none, and U+10FFFF is the last",
                "write the character itself",
            ],
        ),
        (
            'a: "a\\uD800b.c"\n',
            "D800",
            [
                'escape with "D800" is no character',
                "surrogates are none, and U+10FFFF is the last",
                "write the character itself",
            ],
        ),
        (
            'a: "\\U00110000b"\n',
            "00110000",
            [
                'escape with "00110000" is no character',
                "surrogates are none, and U+10FFFF is the last",
                "write the character itself",
            ],
        ),
        (
            "a: !b!c d\n",
            "!b!c",
            ['tag "!b!c" is not known', "only the tags of the YAML core schema are", "remove it"],
        ),
        (
            "a: b\n...\nc: d\n",
            "c: d",
            [
                '"c: d" stands after the end of the document',
                "a spec file holds one",
                'remove it, or the "..." before it',
            ],
        ),
        (
            "%YAML 2.0\n---\na: b\n",
            "%YAML 2.0",
            ['"%YAML 2.0" is another version of YAML', "specs are YAML 1.2", "remove the line"],
        ),
        (
            "a: b\x00c\n",
            "\x00",
            [
                "character U+0000 is not allowed in YAML",
                "readers refuse or lose it",
                "remove it, or write it as an escape in quotes",
            ],
        ),
        (
            "a: ? b\n",
            "?",
            [
                "not valid YAML",
                "mapping keys are not allowed in this context",
                "check the indentation, the quotes and the brackets here",
            ],
        ),
    ],
)
def test_what_is_not_yaml_is_explained(text: str, cut: str, parts: list[str]) -> None:
    """The place where the reading stops is underlined, and what was meant is guessed at."""
    assert problem_of(text) == ("yaml-syntax", cut, "; ".join(parts))


def test_problems_before_a_stop_are_told_too() -> None:
    """What was found before the text became unreadable is not lost."""
    document, problems = read("a: .nan\nb: {c: 1, c: 2, d: !e f}\ng: h\ng: @i\n")
    assert document is None
    found = sorted(problems, key=lambda one: one.span)
    assert [one.rule for one in found] == [
        "number-out-of-range",
        "duplicate-key",
        "unknown-tag",
        "duplicate-key",
        "yaml-syntax",
    ]


@pytest.mark.parametrize("stop", ["? [x]\n: 1\n", "b: *x\n", f"b: {'[' * 99}\n", "--- 1\n"])
def test_what_stops_the_reading_hides_nothing_before_it(stop: str) -> None:
    """What was found is told, whatever it is that nothing can be read behind."""
    document, problems = read(f"a: .nan\n{stop}")
    assert document is None
    assert [one.rule for one in problems[:-1]] == ["number-out-of-range"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("!!int 5", 5),
        ("!!int 0x1F", 31),
        ("!!float 2.5", 2.5),
        ("!!float 5", 5.0),
        ("!!bool True", True),
        ("!!null ~", None),
        ("!<tag:yaml.org,2002:int> 5", 5),
        ("!!str 5", "5"),
        ("! 5", "5"),
        ("&x !!int 5", 5),
        ("!!int &x 5", 5),
    ],
)
def test_a_tag_that_fits_leaves_the_value_as_it_is(text: str, value: Any) -> None:
    """Of the core schema, each tag stands before a scalar of its type."""
    assert repr(document_of(f"a: {text}\n").data) == repr({"a": value})


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("!!int 0x1F: b\n", "0x1F"),
        ("!!bool true: b\n", "true"),
        ("!!null : b\n", ""),
        ("x: &k c\n*k : b\n", "c"),
        ("x: &k 5\n*k : b\n", "5"),
    ],
)
def test_a_key_with_a_tag_or_an_alias_is_text_too(text: str, key: str) -> None:
    """A tagged key is what was written, and an alias what its anchor has."""
    assert document_of(text).data[key] == "b"


def test_a_repeated_key_leaves_the_spans_of_others_alone() -> None:
    """The first value counts, and what follows a repeated key still has its place."""
    text = 'a: 1\n"a": {b: c}\n<<: {d: e}\nf: g\n? a\n: 7\nh: i\n'
    document, problems = read(text)
    assert document is not None
    assert document.data == {"a": 1, "f": "g", "h": "i"}
    cuts = [document.source.cut(document.span((key,), "key")) for key in document.data]
    assert cuts == ["a", "f", "h"]
    assert [document.source.cut(one.span) for one in problems] == ['"a"', "<<", "a"]
    assert [document.source.cut(one.related[0].span) for one in problems if one.related] == [
        "a"
    ] * 2


def test_keys_are_the_text_that_was_written() -> None:
    """Keys that Python would take for one another are several."""
    text = "1: a\n1.0: b\ntrue: c\nTrue: d\n01: e\nnull: f\n~: g\n"
    assert document_of(text).data == {
        "1": "a",
        "1.0": "b",
        "true": "c",
        "True": "d",
        "01": "e",
        "null": "f",
        "~": "g",
    }


@pytest.mark.parametrize("opened", ["[", "{a: ", "- "])
def test_the_deepest_nesting_that_is_allowed_is_read(opened: str) -> None:
    """At the limit of nesting a document is still read."""
    closed = {"[": "]", "{a: ": "}", "- ": ""}[opened] * MAX_DEPTH
    value = document_of(f"{opened * MAX_DEPTH}{closed}").data
    depth = 0
    while isinstance(value, dict | list):
        value = next(iter(value.values() if isinstance(value, dict) else value), None)
        depth += 1
    assert depth == MAX_DEPTH


def _is_too_deep(text: str) -> bool:
    """Whether ``text`` is refused for its depth, which also keys of maps and lists add to."""
    document, problems = read(text)
    said = problems[-1]
    return document is None and (
        (said.rule in ("nesting-too-deep", "alias") and "deep" in said.message)
        or said.rule == "complex-key"
    )


@pytest.mark.parametrize(
    "write",
    [
        lambda depth: "[" * depth + "]" * depth,
        lambda depth: "{a: " * depth + "}" * depth,
        lambda depth: "- " * depth + "a",
        lambda depth: "".join(f"{' ' * level}a:\n" for level in range(depth)),
        lambda depth: "? " * depth,
    ],
    ids=["lists", "maps", "items", "blocks", "keys"],
)
def test_deep_nesting_is_not_read_to_its_end(write: Callable[[int], str]) -> None:
    """The reading stops where it passes the limit, however much deeper the text goes."""
    texts = [write(depth) for depth in (100, 900, 1_200, 1_500)]
    assert [_is_too_deep(text) for text in texts] == [True] * 4
    shallow, deep, deeper, deepest = (calls(partial(read, text)) for text in texts)
    # Beyond 1,000 levels libyaml may say no before it has said what is there.
    assert (shallow, deeper) == (deep, deepest)


@pytest.mark.parametrize("depth", [61, 999, 1_000, 1_001, 1_024, 5_000])
@pytest.mark.parametrize("opened", ["[", "{a: ", "[[", "[{a: "])
def test_nesting_is_too_deep_with_any_libyaml(opened: str, depth: int) -> None:
    """Since PyYAML 6.0.4 libyaml has a limit, too; what is found, and where, stays the same."""
    text = f"a: {opened * depth}"
    found = problem_of(text)
    place = [at for at, one in enumerate(text) if one in "[{"][MAX_DEPTH - 1]
    assert found[0] == "nesting-too-deep"
    assert read(text)[1][-1].span == (place, place + 1)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 50_000 + "]" * 50_000,
        "x: &a " + "[" * 40 + "]" * 40 + "\ny: " + "[" * 40 + "*a" + "]" * 40,
        "a0: &a0 [b]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 500)),
    ],
    ids=["lists", "an alias", "a chain of aliases"],
)
def test_deep_nesting_is_refused(text: str) -> None:
    """Depth counts by aliases too, and no depth is too much for the reader itself."""
    assert _is_too_deep(text)


def test_aliases_that_multiply_are_not_followed() -> None:
    """A few lines that mean a billion values are no more work than lines are."""
    text = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{new}: &{new} [{','.join([f'*{old}'] * 10)}]\n"
        for old, new in zip("abcdefghi", "bcdefghij", strict=True)
    )
    assert problem_of(text)[:2] == ("alias", "*e")
    assert calls(partial(read, text)) < 10 * len(text)


def test_aliases_of_a_long_text_are_not_followed_for_ever() -> None:
    """Sixteen million characters are more than aliases may mean, keys included."""
    long = "x" * 200_000
    enough, more = (f"a: &a {long}\nb: [{', '.join(['*a'] * times)}]\n" for times in (80, 81))
    assert document_of(enough).data == {"a": long, "b": [long] * 80}
    assert problem_of(more)[:2] == ("alias", "*a")
    keys = f"a: &a {{? {long} : b}}\nb: [{', '.join(['*a'] * 80)}]\n"
    assert problem_of(keys)[:2] == ("alias", "*a")


def test_a_spec_has_so_many_keys_and_values() -> None:
    """What has more takes memory for nothing; a long text that has fewer is read."""
    few = f"a: [{'b, ' * (MAX_EVENTS - 10)}]\n"
    assert document_of(few).data == {"a": ["b"] * (MAX_EVENTS - 10)}
    rule, text, message = problem_of(f"a: [{'b, ' * MAX_EVENTS}]\n")
    assert (rule, text) == ("file-too-large", "b")
    assert message.startswith("the file has more than 1,500,000 keys and values;")


def test_a_text_is_not_read_past_very_many_findings() -> None:
    """Each takes a kilobyte, so that reading ends where there are more than are kept."""
    parsed = parse(Source("a", "{" + "<<: 1," * (MAX_FINDINGS + 9) + "a: b}"))
    *first, last = parsed.diagnostics
    assert (last.rule, last.message) == (
        "file-too-large",
        "more than 250,000 findings before this",
    )
    assert {one.rule for one in first} == {"merge-key"}
    assert len(first) == MAX_FINDINGS + 1


@pytest.mark.parametrize(
    "item", ["1e999", "0x10000000000000000", "!a b", "!a [b]", "!a {}", "{<<: 1}", "{b: 1, b: 1}"]
)
def test_whatever_is_wrong_counts_in_a_long_text(
    item: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first finding too many ends the reading at the next key or value."""
    monkeypatch.setattr(parser, "MAX_FINDINGS", 0)
    monkeypatch.setattr(parser, "MAX_EVENTS", 30)
    text = f"[a, {item}, a, {', '.join('a' * 9)}]\n"
    assert parse(Source("a", text)).document is None
    assert parse(Source("a", text)).diagnostics[-1].rule == "file-too-large"
    monkeypatch.setattr(parser, "MAX_FINDINGS", 2)
    assert parse(Source("a", text)).document is not None


def test_a_key_or_value_has_so_many_characters() -> None:
    """What looks at a text may need a hundred times its memory; line ends that fold count once."""
    long = "x" * MAX_SCALAR
    assert document_of(f"? {long}\n: {long}\n").data == {long: long}
    lines = "\n" * (MAX_SCALAR + 1)
    assert document_of(f"a: &a{lines} {long}\n").data == {"a": long}
    for text in (f"? {long}x\n: b\n", f"a: &a {long}x\n", f"a: |\n  x\n{lines}  x\n"):
        rule, shown, message = problem_of(text)
        assert rule == "file-too-large"
        assert shown in ("x", "|")
        assert message.startswith("a text of 262,14")


def test_keys_are_one_string_each() -> None:
    """A hundred thousand entries take no memory for their keys; equal values are apart."""
    first, second = document_of("[{name: a}, {name: b}]\n").data
    assert next(iter(first)) is next(iter(second))


def test_what_an_alias_repeats_is_one_object() -> None:
    """Aliases cost no memory, and what they repeat stands where the anchor does."""
    document = document_of("a: &a {b: [c]}\nd: *a\n")
    assert document.data["a"] is document.data["d"]
    assert document.span(("d", "b", 0)) == document.span(("a", "b", 0))


def test_an_anchor_can_be_defined_anew() -> None:
    """An alias repeats the last anchor of its name before it."""
    assert document_of("a: &x 1\nb: &x 2\nc: *x\n").data == {"a": 1, "b": 2, "c": 2}


@pytest.mark.parametrize(
    ("data", "rule", "message"),
    [
        (
            b"a: caf\xe9\n",
            "file-encoding",
            "byte 0xe9 is not UTF-8; YAML specs are UTF-8; save the file as UTF-8",
        ),
        (
            b"a: \xe2\x82",
            "file-encoding",
            "byte 0xe2 is not UTF-8; YAML specs are UTF-8; save the file as UTF-8",
        ),
        *(
            (
                f"{mark}a: b".encode(encoding),
                "file-encoding",
                f"the file is {encoding[:6].upper()}; YAML specs are UTF-8; save the file as UTF-8",
            )
            for encoding in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
            for mark in ("", "\ufeff")
        ),
        (
            b"#" * (MAX_BYTES + 1),
            "file-too-large",
            "the file is too large; at most 64 MiB are read; split the spec",
        ),
    ],
)
def test_bytes_that_are_no_spec_are_refused(data: bytes, rule: str, message: str) -> None:
    """Other encodings and huge files are named, before YAML is looked at."""
    source, problem = decode("a", data)
    assert problem is not None
    assert (problem.rule, problem.text) == (rule, message)
    assert 0 <= problem.span.start <= problem.span.end <= len(source.text)


def _check_spans(source: Source, problems: list[Diagnostic]) -> None:
    for problem in problems:
        for span in (problem.span, *(one.span for one in problem.related)):
            assert 0 <= span.start <= span.end <= len(source.text)


NOISE = st.text(
    st.sampled_from("ab01:-?[]{}\n\n  \t\r\"'#&*!|>%@`\\,.~<=x\x00\ufeff\u0085\u2028é\U0001f600")
)


@settings(max_examples=500, deadline=None)
@given(st.one_of(st.binary(max_size=60), NOISE.map(str.encode)))
@example(b"\xef\xbb\xbf\xef\xbb\xbf: [")
@example("a: &b\u2028".encode())
def test_any_bytes_are_read_or_explained(data: bytes) -> None:
    """Whatever a file holds, reading it ends in a document or in problems within its text."""
    source, problem = decode("a", data)
    document, problems = parse(source) if problem is None else Parsed(None, [problem])
    assert document is not None or problems != []
    _check_spans(source, problems)
    for pointer in pointers(document.data) if document is not None else ():
        assert document is not None
        start, end = document.span(pointer)
        assert 0 <= start <= end <= len(source.text)


@settings(max_examples=80, deadline=None)
@given(written(), st.data())
def test_a_damaged_text_is_read_or_explained(case: Written, data: st.DataObject) -> None:
    """A text with a piece cut out, doubled or put in ends in a document or in problems."""
    text = case.text
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 5)))
    piece = data.draw(NOISE) if data.draw(st.booleans()) else text[start:end] * 2
    source = Source("a", text[:start] + piece + text[end:])
    document, problems = parse(source)
    assert document is not None or problems != []
    _check_spans(source, problems)


@pytest.mark.parametrize(
    ("text", "has_aliases"),
    [
        ("a: &x [1]\nb: *x", True),
        ("a: &x 1\nb: 2\nb: *x", True),
        ("a: '*x'\nb: *y", False),
        ("a: &x [1]\nb: '*x' # *x", False),
    ],
)
def test_a_document_knows_whether_it_has_aliases(text: str, *, has_aliases: bool) -> None:
    """An asterisk elsewhere is none; one whose anchor is not there leaves no document."""
    document = parse(Source("a", text)).document
    assert (document is not None and document.has_aliases) is has_aliases
