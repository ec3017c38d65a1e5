"""The proof's reader of YAML: the core schema, strictly, and where each value stands."""

import pytest

from bikube.verify.places import Lines, line_of, shown
from bikube.verify.yaml_reader import ReadingFault, core, read


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a: 1\na: 2\n", 'the key "a" is there twice'),
        ("a: on\n", 'YAML 1.1 and YAML 1.2 read "on" differently; quote it'),
        ("a: 012\n", 'read "012" differently'),
        ("a: 1e3\n", 'read "1e3" differently'),
        ("a: 1_000\n", 'read "1_000" differently'),
        ("a: 0o14\n", 'read "0o14" differently'),
        ("a: 2025-10-01\n", 'read "2025-10-01" differently'),
        ("a: 12:30:45\n", 'read "12:30:45" differently'),
        ("on: a\n", 'read "on" differently'),
        ("1: a\n", 'the key "1" is no text to all readers'),
        ("a: =\n", 'read "=" differently'),
        ("a: !tag b\n", 'the tag "!tag" does not fit here'),
        ("a: !!int b\n", 'the tag "tag:yaml.org,2002:int" does not fit here'),
        ("a: !!seq {}\n", 'the tag "tag:yaml.org,2002:seq" does not fit here'),
        ("a: *b\n", 'there is no anchor "b" before this alias'),
        ("a: [\n", "expected the node content"),
        ("[a]: b\n", "this key is not one word or text"),
        ("a: \x1b\n", "special characters are not allowed"),
        ("[" * 2_000, "it is nested too deeply"),
    ],
)
def test_what_readers_could_differ_over_is_a_fault(text: str, complaint: str) -> None:
    """A text that YAML 1.1 and 1.2 read differently, or not at all, is refused."""
    with pytest.raises(ReadingFault) as fault:
        read(text)

    assert complaint in str(fault.value)


def test_a_fault_has_its_line() -> None:
    """The line is that of the value, or 0 where the text as such is meant."""
    for text, line in (("a: 1\nb: on\n", 2), ("a: 1\nb: [\n", 3), ("a: \x1b\n", 0)):
        with pytest.raises(ReadingFault) as fault:
            read(text)
        assert fault.value.line == line


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("", []),
        ("\ufeffa: 1\n", [{"a": 1}]),
        (
            "a: [1, 1.0, '1', ~, null, true, .5, -1, +2, 0x1F]\n",
            [{"a": [1, 1.0, "1", None, None, True, 0.5, -1, 2, 31]}],
        ),
        ("a: &x {b: !!str 5}\nc: *x\nd: !!int '5'\n", [{"a": {"b": "5"}, "c": {"b": "5"}, "d": 5}]),
        ("on: 012\n1: 2025-10-01\n", [{"on": 12, "1": "2025-10-01"}]),
        ("a: 'x\u2028y\x85z'\n--- b\n", [{"a": "x\u2028y\x85z"}, "b"]),
        ("a: >-\n  b\n  c\n", [{"a": "b c"}]),
    ],
)
def test_scalars_mean_what_the_core_schema_says(text: str, data: list[object]) -> None:
    """A spec's plain scalars are of YAML 1.2, its keys text; U+2028 and U+0085 end no line."""
    assert read(text, old=False) == data


def test_numbers_beyond_numbers() -> None:
    """Infinities are floats, and what is none is a float of its own."""
    assert core("-.inf") == float("-inf")
    assert core(".nan") != core(".nan")


def test_aliases_that_repeat_too_much_are_a_fault() -> None:
    """A text of a few lines cannot ask for any amount of memory."""
    levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    with pytest.raises(ReadingFault, match="aliases repeat too much"):
        read("\n".join(["a0: &a0 [1]", *levels]))


def test_every_value_has_its_line() -> None:
    """A member of a map is where its key is, and what is not there is where it would be."""
    lines: list[Lines] = []
    read("---\na:\n  - b: 1\n    c:\n      x\n---\nd: {}\n", lines=lines)

    assert lines == [
        {(): 2, ("a",): 2, ("a", 0): 3, ("a", 0, "b"): 3, ("a", 0, "c"): 4},
        {(): 7, ("d",): 7},
    ]
    assert line_of(lines[0], ("a", 0, "missing", 3)) == 3
    assert line_of({}, ("a",)) == 0
    assert shown(("a/b", 0, "c~")) == "/a~1b/0/c~0"
