"""Two members are written in place of one, and all else stays as it is."""

import pytest

from bikube.diagnostics import Fix
from bikube.document import parse
from bikube.edits import apply, splitting
from bikube.edits.splitting import split
from bikube.text import Source

NAME, VERSION = ("name", "foo"), ("version", {"type": "Tag", "tag": "1.0"})


def parted(text: str) -> str:
    """``text`` with two members in place of ``a/image``; the same text if there are no edits."""
    document, _ = parse(Source("spec", text))
    assert document is not None
    return apply(text, [Fix(split(document, ("a", "image"), NAME, VERSION), safe=True)])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "a:\n  image: foo:1.0  # ours\n  z: 1\n",
            'a:\n  name: foo  # ours\n  version:\n    type: Tag\n    tag: "1.0"\n  z: 1\n',
        ),
        (
            "a:\n  image: 'foo:1.0'",
            "a:\n  name: 'foo'\n  version:\n    type: Tag\n    tag: \"1.0\"",
        ),
        (
            'a: {"image": "foo:1.0", z: 1}\n',
            'a: {"name": "foo", "version": {"type": "Tag", "tag": "1.0"}, z: 1}\n',
        ),
        ("a:\n  image: foo:1.0\n  name: b\n", "a:\n  image: foo:1.0\n  name: b\n"),
        ("a:\n  image: foo:1.0\n  version: b\n", "a:\n  image: foo:1.0\n  version: b\n"),
        ("a:\n  image: !x foo:1.0\n", "a:\n  image: !x foo:1.0\n"),
        ("a:\n  image: >-\n    foo:1.0\n", "a:\n  image: >-\n    foo:1.0\n"),
    ],
)
def test_the_second_stands_below_the_first(text: str, expected: str) -> None:
    """They are in the style that is there; where an edit could spoil something, there is none."""
    assert parted(text) == expected


def test_what_an_alias_repeats_is_split_where_it_is_written() -> None:
    """A fix is of the map that has the anchor, from whichever of its places it is asked for."""
    text = "a: &a\n  image: foo:1.0\nb: *a\n"
    document, _ = parse(Source("spec", text))
    assert document is not None
    fix = splitting(document, ("b", "image"), NAME, ("version", "1"))
    assert fix is not None
    assert (apply(text, [fix]), fix.safe) == (
        'a: &a\n  name: foo\n  version: "1"\nb: *a\n',
        False,
    )
