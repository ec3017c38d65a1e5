"""A member is put into a map, and all else stays as it is."""

from typing import Any

import pytest

from bikube.diagnostics import Fix
from bikube.document import parse
from bikube.edits import apply, insert
from bikube.text import Source


def inserted(text: str, *above: str, key: str = "new", value: Any = "x", after: str = "") -> str:
    """``text`` with ``key`` in the map at ``above``; the same text if there are no edits."""
    document, _ = parse(Source("spec", text))
    assert document is not None
    return apply(text, [Fix(insert(document, above, key, value, after=after), safe=True)])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\n", "a: 1\nnew: x\n"),
        ("a: 1", "a: 1\nnew: x"),
        ("a: 1\r\nb: 2\r\n", "a: 1\r\nb: 2\r\nnew: x\r\n"),
        ("a:\n  b: 1  # one\n  # more\n# end\n", "a:\n  b: 1  # one\n  # more\nnew: x\n# end\n"),
        ("{a: 1}\n", '{a: 1, "new": "x"}\n'),
        ("{a: 1,}\n", '{a: 1, "new": "x",}\n'),
        ("{}\n", '{"new": "x"}\n'),
        ('{\n  "a": 1\n}\n', '{\n  "a": 1, "new": "x"\n}\n'),
        ("new: 1\n", "new: 1\n"),
        ("[]\n", "[]\n"),
    ],
)
def test_a_member_at_the_end(text: str, expected: str) -> None:
    """It is last, in the style and with the line ends that are there; what is there stays."""
    assert inserted(text) == expected


def test_a_member_behind_another_one() -> None:
    """It is parted from that one as what came next was."""
    value = {"b": {"c": "2026-07-01"}}

    assert inserted("a:\n  b: 1\n\nz: 2\n", value=value, after="a") == (
        'a:\n  b: 1\n\nnew:\n  b:\n    c: "2026-07-01"\n\nz: 2\n'
    )
    assert inserted("a: 1\nz: 2\n", after="a") == "a: 1\nnew: x\nz: 2\n"
    assert inserted("z: 2\n", after="a") == "z: 2\nnew: x\n"
    assert inserted("{a: 1, z: 2}\n", after="a") == '{a: 1, "new": "x", z: 2}\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a:\n  b: 1\nc: 2\n", "a:\n  b: 1\n  new: x\nc: 2\n"),
        ("a: {b: 1}\n", 'a: {b: 1, "new": "x"}\n'),
        ("a:\nc: 2\n", 'a: {"new": "x"}\nc: 2\n'),
        ("a: 5\n", "a: 5\n"),
        ("z: &z {b: 1}\na: *z\n", "z: &z {b: 1}\na: *z\n"),
        ("? a\n: ? b\n  : 1\n", "? a\n: ? b\n  : 1\n"),
    ],
)
def test_a_member_of_a_map_within(text: str, expected: str) -> None:
    """A key without a value gets a map; what is no map, repeated or laid out oddly stays."""
    assert inserted(text, "a") == expected
