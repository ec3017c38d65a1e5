"""Diffs of lines: exact, in the usual form, and quick on long texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bikube.text.diff import TextChange, changes, hunks

LINES = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "d\n", "d"]), max_size=12)


@given(LINES, LINES)
def test_changes_lead_from_one_text_to_the_other(before: list[str], after: list[str]) -> None:
    """Carrying the changes out on the old lines gives the new ones."""
    result: list[str] = []
    at = 0
    for start, end, new_start, new_end in changes(before, after):
        assert before[at:start] == after[len(result) : new_start]
        result += before[at:start] + after[new_start:new_end]
        at = end
    assert result + before[at:] == after


@given(LINES, LINES)
def test_hunks_lead_from_one_text_to_the_other(before: list[str], after: list[str]) -> None:
    """The rows of a hunk, and what stands between hunks, give both texts."""
    found = list(hunks(before, after))
    rows = [row for hunk in found for row in hunk.rows]
    kept = set(range(len(before))) - {row.at for row in rows if row.sign != "+"}
    gone = [before[row.at] for row in rows if row.sign == "-"]
    come = [after[row.at] for row in rows if row.sign == "+"]
    assert len(before) - len(gone) + len(come) == len(after)
    assert all(before[at] in after for at in kept)
    assert (found == []) == (before == after)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("abc", "abc", []),
        ("abc", "axc", [TextChange(1, 2, 1, 2)]),
        ("abc", "ac", [TextChange(1, 2, 1, 1)]),
        ("ac", "abc", [TextChange(1, 1, 1, 2)]),
        ("", "a", [TextChange(0, 0, 0, 1)]),
        ("aXaXaX", "aXaX", [TextChange(4, 6, 4, 4)]),
    ],
)
def test_changes_are_small(before: str, after: str, expected: list[TextChange]) -> None:
    """A change is no more than the lines that differ."""
    assert list(changes(before, after)) == expected


def test_hunks_have_the_form_of_unified_diffs() -> None:
    """Changes that are far apart stand apart, each with three lines around it."""
    before = [str(number) for number in range(20)]
    after = [*before[:2], "x", *before[3:16], *before[17:]]
    first, second = hunks(before, after)
    assert (first.header, second.header) == ("@@ -1,6 +1,6 @@", "@@ -14,7 +14,6 @@")
    shown = [row.sign + (after if row.sign == "+" else before)[row.at] for row in first.rows]
    assert shown == [" 0", " 1", "-2", "+x", " 3", " 4", " 5"]


def test_a_text_that_begins_has_no_line_before_it() -> None:
    """Where one side has no lines, its count starts at the line before, as in other diffs."""
    (hunk,) = hunks([], ["a"])
    assert hunk.header == "@@ -0,0 +1,1 @@"
