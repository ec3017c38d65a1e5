"""The text report underlines what it is about, whatever the line holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.found import Found, linted, run_of, written

from bikube.text.terminal import printable, width


def snippet(text: str, at: str) -> list[str]:
    """The source line and the underline of a finding at ``at`` in ``text``."""
    return written("text", run_of(linted([Found("some-info", at)], text=text))).splitlines()[1:]


@pytest.mark.parametrize(
    ("line", "underline"),
    [
        ("a: here", "   ^~~~"),
        ("日本: here", "      ^~~~"),
        ("é\u0301: here", "   ^~~~"),
        ("น้ำ: here", "    ^~~~"),
        ("\U0001f600: here", "    ^~~~"),
        ("# here: x\na: b", "  ^~~~"),
    ],
)
def test_underline_stands_below_its_text(line: str, underline: str) -> None:
    """Wide characters take two columns, and marks that stand on another one none."""
    assert snippet(line + "\n", "here") == [
        f"    1 | {line.splitlines()[0]}",
        f"      | {underline}",
    ]


def test_what_controls_a_terminal_is_escaped_and_counted() -> None:
    """A tab, an escape and marks of direction take the columns of their escapes."""
    assert snippet("a: '\t\u061c\u202e' # here\n", "here") == [
        r"    1 | a: '\t\u061c\u202e' # here",
        "      |                       ^~~~",
    ]


def test_a_command_that_a_finding_cuts_is_escaped_and_counted() -> None:
    """A finding may begin between the two number signs of a command to a runner."""
    assert snippet("a: x ##vso[b]\n", "#vso[b]") == [
        r"    1 | a: x #\x23vso[b]",
        "      |       ^~~~~~~~~~",
    ]
    assert snippet("::error::x\n", "::error") == ["    1 | ::error::x", "      | ^~~~~~~"]


def test_long_line_is_cut_around_the_finding() -> None:
    """What is left out on either side is marked, and the underline fits what is shown."""
    text = f"a: {'x' * 200} here {'y' * 200}\n"
    assert snippet(text, "here") == [
        f"    1 | …{'x' * 79} here {'y' * 75}…",
        f"      | {' ' * 81}^~~~",
    ]


@pytest.mark.parametrize(("length", "cut"), [(159, 0), (160, 0), (161, 77)])
def test_a_line_is_cut_from_161_characters_on(length: int, cut: int) -> None:
    """What fits is shown whole, wherever on it the finding stands."""
    line = f"{'a: here':x>{length}}"
    shown = f"…{line[cut:]}" if cut else line
    assert snippet(f"{line}\n", "here")[0] == f"    1 | {shown}"


def test_long_finding_is_underlined_as_far_as_it_is_shown() -> None:
    """A value longer than what is shown of its line has no underline beyond it."""
    text = f"a: {'x' * 300}\n"
    assert snippet(text, "x" * 300) == [f"    1 | a: {'x' * 157}…", f"      |    ^{'~' * 156}"]


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_printable_text_controls_nothing(text: str) -> None:
    """Nothing is left that moves the cursor, and the width is that of what is left."""
    shown = printable(text)
    assert printable(shown) == shown
    assert shown.isprintable() or not shown.isascii()
    assert width(shown) <= 2 * len(shown)
