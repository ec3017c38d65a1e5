"""What is never shown or written as it is."""

import json
import re
import sys
from unicodedata import bidirectional, category, name

import pytest

from bikube.text.characters import UNSEEN
from bikube.text.data import as_json
from bikube.text.terminal import escape, printable, printable_lines, printable_parts

UNSEEN_RE = re.compile(f"[{UNSEEN}]")
EVERYTHING = list(map(chr, range(sys.maxunicode + 1)))

# What Unicode calls a format character and yet shows something: signs around Arabic, Syriac and
# Kaithi numbers, and what joins hieroglyphs.
SHOWN = re.compile(
    "[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd\U00013430-\U0001343f]"
)


def test_whatever_controls_or_formats_is_unseen() -> None:
    """Controls, separators of lines and format characters are in, all that are no visible signs."""
    kinds = ("Cc", "Cf", "Cs", "Zl", "Zp")
    expected = [one for one in EVERYTHING if category(one) in kinds and not SHOWN.match(one)]
    assert [one for one in expected if not UNSEEN_RE.match(one)] == []


def test_whatever_sets_the_direction_of_text_is_unseen() -> None:
    """Every embedding, override, isolate and mark of bidirectional text is in."""
    kinds = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
    marks = [one for one in EVERYTHING if re.search(r"(LEFT|LETTER) MARK$", name(one, ""))]
    setters = [one for one in EVERYTHING if bidirectional(one) in kinds]
    found = [one for one in (*setters, *marks) if not UNSEEN_RE.match(one)]
    assert (found, len(setters)) == ([], 9)


def test_what_people_read_is_seen() -> None:
    """No letter is in but the fillers, no number, punctuation or symbol, no space with a width."""
    kinds = ("Lu", "Ll", "Lt", "Nd", "Nl", "No", "Pd", "Ps", "Pe", "Po", "Sm", "Sc", "So", "Zs")
    assert [one for one in EVERYTHING if category(one) in kinds and UNSEEN_RE.match(one)] == []
    letters = [one for one in EVERYTHING if category(one) == "Lo" and UNSEEN_RE.match(one)]
    assert letters == ["\u115f", "\u1160", "\u3164", "\uffa0"]


def test_what_is_unseen_is_shown_by_its_number() -> None:
    """Escapes have two, four or eight digits, and the text around them stays."""
    assert printable("a\x1b\u061cb\U000e0041\u00e9\n") == r"a\x1b\u061cb\U000e0041é\n"
    assert [escape(one) for one in "\xff\u0100\U00010000"] == [r"\xff", r"\u0100", r"\U00010000"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("##vso[a]b", r"#\x23vso[a]b"),
        ("a ##[error]b ##teamcity[c]", r"a #\x23[error]b #\x23teamcity[c]"),
        ("###VSO[a ## [b ##vso", r"##\x23VSO[a ## [b ##vso"),
        ("::error::a ::b::", r"\x3a:error::a ::b::"),
        (" \u3000::a", " \u3000\\x3a:a"),
        ("\t::a", r"\t::a"),
        ("a::b", "a::b"),
        (":", ":"),
        ("", ""),
    ],
)
def test_a_command_to_a_runner_is_broken(text: str, shown: str) -> None:
    """What a runner obeys anywhere, or at the start of a line, has an escape in it."""
    assert (printable(text), printable(printable(text))) == (shown, shown)


@pytest.mark.parametrize("text", ["a##vso[b]", "##vso[b]", "\x1b::a", "::a::b", "plain text"])
def test_parts_are_cut_from_the_whole(text: str) -> None:
    """A command that is cut in two is broken too; no part begins a line."""
    whole = printable("|" + text)[1:]
    for end in range(len(text) + 1):
        assert "".join(printable_parts(text, end)) == whole
        assert printable_parts(text, end, end)[1] == ""


def test_each_line_is_looked_at() -> None:
    """Prose of several lines keeps them, and none of them begins with a command."""
    assert printable_lines("a\n  ::b\r\n::c") == "a\n  \\x3a:b\\r\n\\x3a:c"


def test_json_reads_back_what_it_was() -> None:
    """Escapes in JSON change no value, and no line of it has a command."""
    value = {"##vso[a]": ["::a::\n::b", "####[x]", "\u202e\U000e0041", "# #"]}
    for indent in (None, 2):
        text = as_json(value, indent=indent)
        assert (json.loads(text), "##" in text, text.isascii()) == (value, False, True)
