"""Writes how wide characters are on a terminal, by the version of Unicode that is locked for it.

What Python itself knows of Unicode differs by its version, and so would a report. Run it after a
newer ``unicodedata2`` is locked; a test fails while the table is out of date.
"""

from collections.abc import Iterator
from pathlib import Path
from sys import maxunicode

import unicodedata2  # type: ignore[import-not-found]

TABLE = Path(__file__).parents[1] / "generator/bikube/text/widths.py"
_MARKS = ("Mn", "Me")
"""Categories of characters that stand on the one before them."""
_PER_LINE = 10


def width(character: str) -> int:
    """How many columns ``character`` takes."""
    # Not every mark has a combining class: the vowel signs of Thai and Hindi have none.
    if unicodedata2.category(character) in _MARKS:
        return 0
    return 2 if unicodedata2.east_asian_width(character) in "WF" else 1


def table_text() -> str:
    """The module that has the table."""
    changes = [f"{start:x}:{columns}" for start, columns in _changes()]
    lines = (changes[at : at + _PER_LINE] for at in range(0, len(changes), _PER_LINE))
    body = "".join(f'    "{" ".join(line)} "\n' for line in lines)
    return (
        '"""How wide characters are on a terminal; written by ``make widths``."""\n\n'
        f'UNICODE = "{unicodedata2.unidata_version}"\n'
        '"""The version of Unicode that says so."""\n\n'
        f"CHANGES = (\n{body})\n"
        '"""From which character on, by its number, each takes how many columns."""\n'
    )


def _changes() -> Iterator[tuple[int, int]]:
    before = None
    for code in range(maxunicode + 1):
        columns = width(chr(code))
        if columns != before:
            yield code, columns
        before = columns


if __name__ == "__main__":
    TABLE.write_text(table_text(), encoding="utf-8", newline="\n")
    print(f"wrote {TABLE}")
