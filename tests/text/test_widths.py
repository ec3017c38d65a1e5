"""How wide characters are, whatever Python knows of Unicode."""

import runpy
import sys
from unicodedata import category, east_asian_width, unidata_version

import pytest
from tests.support.prose import ROOT

from bikube.text import width
from bikube.text.widths import UNICODE

SCRIPT = runpy.run_path(str(ROOT / "scripts/write_widths.py"))


def test_the_table_is_that_of_the_script() -> None:
    """The committed table is what ``make widths`` writes, with any Python."""
    assert SCRIPT["TABLE"].read_text(encoding="utf-8") == SCRIPT["table_text"]()
    assert tuple(map(int, UNICODE.split("."))) > tuple(map(int, unidata_version.split(".")))


def test_every_character_has_the_width_of_the_script() -> None:
    """What is read from the table is what was written into it."""
    everything = list(map(chr, range(sys.maxunicode + 1)))
    assert [width(one) for one in everything] == [SCRIPT["width"](one) for one in everything]


def test_few_characters_have_changed_since_this_python() -> None:
    """Of the characters that Python itself knows, all but some symbols are as wide as it says."""

    def known(one: str) -> int:
        wide = east_asian_width(one) in "WF"
        return 0 if category(one) in {"Mn", "Me"} else 2 if wide else 1

    assigned = [one for one in map(chr, range(sys.maxunicode + 1)) if category(one) != "Cn"]
    changed = [one for one in assigned if width(one) != known(one)]
    assert len(changed) < 250


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("plain", 5),
        ("é", 1),
        ("e\u0301", 1),
        ("日本", 4),
        ("\uff57", 2),
        ("น้ำ", 2),
        ("\U0001f600", 2),
        ("\U0001fadc", 2),  # a root vegetable, wide since Unicode 16
        ("\u0897", 0),  # a mark of Unicode 16
        ("\u4dc0", 2),  # a hexagram, wide since Unicode 16
    ],
)
def test_columns_are_those_of_a_terminal(text: str, columns: int) -> None:
    """Marks take none, wide characters two, also those that an older Python does not know."""
    assert width(text) == columns
