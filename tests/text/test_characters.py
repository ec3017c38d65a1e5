"""What is never shown or written as it is."""

import re
import sys
from unicodedata import bidirectional, category, name

from bikube.text.characters import UNSEEN
from bikube.text.terminal import escape, printable

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
