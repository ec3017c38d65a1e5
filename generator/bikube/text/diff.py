"""What changed between two texts, line by line, in time that grows with their length.

The standard library's matcher takes a minute for a long spec with a change in each entry. Fixes
never change the order of lines; so those that are there once in either text are the same ones,
and the matcher has to look at the few lines between them only.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_CONTEXT = 3
"""Lines that are shown around a change."""


class TextChange(NamedTuple):
    """Lines ``before[start:end]`` became ``after[new_start:new_end]``."""

    start: int
    end: int
    new_start: int
    new_end: int


class Row(NamedTuple):
    """One line of a diff: ``-`` and the blank count in the old text, ``+`` in the new one."""

    sign: str
    at: int


class Hunk(NamedTuple):
    """Changes that stand near to each other, with the lines around them."""

    header: str
    rows: tuple[Row, ...]


def changes(before: Sequence[str], after: Sequence[str]) -> Iterator[TextChange]:
    """The stretches in which the texts differ, from top to bottom."""
    # Imported here because only a diff needs it, and it costs start-up time.
    from difflib import SequenceMatcher

    old = new = 0
    for at, new_at in (*_same(before, after), (len(before), len(after))):
        gone, come = before[old:at], after[new:new_at]
        if gone != come:
            for tag, start, end, new_start, new_end in SequenceMatcher(
                a=gone, b=come
            ).get_opcodes():
                if tag != "equal":
                    yield TextChange(old + start, old + end, new + new_start, new + new_end)
        old, new = at + 1, new_at + 1


def hunks(before: Sequence[str], after: Sequence[str]) -> Iterator[Hunk]:
    """The changes in groups, as a unified diff has them."""
    group: list[TextChange] = []
    for change in changes(before, after):
        if group and change.start - group[-1].end > 2 * _CONTEXT:
            yield _hunk(group, len(before))
            group = []
        group.append(change)
    if group:
        yield _hunk(group, len(before))


def _same(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The places of lines that both texts have once, in one order."""
    count, new_count = Counter(before), Counter(after)
    places = {line: at for at, line in enumerate(after) if new_count[line] == 1}
    new = 0
    for at, line in enumerate(before):
        if count[line] == 1 and places.get(line, -1) >= new:
            new = places[line]
            yield at, new
            new += 1


def _hunk(group: list[TextChange], length: int) -> Hunk:
    start = max(0, group[0].start - _CONTEXT)
    end = min(length, group[-1].end + _CONTEXT)
    rows: list[Row] = []
    at = start
    for change in group:
        rows += (Row(" ", index) for index in range(at, change.start))
        rows += (Row("-", index) for index in range(change.start, change.end))
        rows += (Row("+", index) for index in range(change.new_start, change.new_end))
        at = change.end
    rows += (Row(" ", index) for index in range(at, end))
    new_start = group[0].new_start - (group[0].start - start)
    new_end = group[-1].new_end + (end - group[-1].end)
    return Hunk(f"@@ -{_range(start, end)} +{_range(new_start, new_end)} @@", tuple(rows))


def _range(start: int, end: int) -> str:
    """Lines as diffs count them; no lines stand behind the line before them."""
    return f"{start + (end > start)},{end - start}"
