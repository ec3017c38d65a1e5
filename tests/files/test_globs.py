"""Tests of patterns of .gitignore that give up at once."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pathspec import PathSpec

from bikube.files.globs import tame

_PIECES = ["a", "b", "a/", "/", "*", "**/", "/**/", "/**", "?", "[ab]", "[!a]"]
_NAMES = st.text("ab", min_size=1, max_size=3)


def _expression(pattern: str) -> str:
    """What pathspec makes of ``pattern``; of one that is none, what matches nothing."""
    known = PathSpec.from_lines("gitignore", [pattern]).patterns
    return next((one.regex.pattern for one in known if one.regex is not None), "(?!)")


@given(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=8).map("".join), st.data())
def test_it_matches_what_it_did(pattern: str, data: st.DataObject) -> None:
    """A pattern matches the same paths as before."""
    expression = _expression(pattern)
    paths = data.draw(st.lists(st.lists(_NAMES, min_size=1, max_size=5).map("/".join), max_size=9))
    # Those of pathspec do match a slash, unlike git's.
    before = re.compile(expression.replace("[^a]", "[^/a]"))
    after = re.compile(tame(expression))
    assert list(map(bool, map(after.match, paths))) == list(map(bool, map(before.match, paths)))


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a" * 12 + "*b", "a" * 200),
        ("**/a/" * 12 + "b", "a/" * 200),
        ("**/*a*a*/" * 12 + "b", "aaa/" * 100),
    ],
)
def test_many_stars_give_up_at_once(pattern: str, path: str) -> None:
    """What would be tried in more combinations than there are seconds is not."""
    assert re.compile(tame(_expression(pattern))).match(path) is None


def test_brackets_match_no_slash() -> None:
    """As in git, ``[!a]`` is no slash."""
    assert re.compile(tame(_expression("/x[!a]y"))).match("x/y") is None
