"""How like two words are: the slips of the hand that lie between them."""

from collections.abc import Iterable

_PER_SLIP = 4
"""Letters of a word for each slip that may be in it."""
_SHORTEST = 3
"""Letters from which on a word may have a slip in it at all: "v2" is not meant to be "v1"."""
_MOST = 3
"""Slips that a word of any length may have in it."""


def nearest(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """Those of ``known`` that ``word`` is near to, and no more than one slip behind the nearest.

    Upper case and lower case are the same, and where nothing else differs there is no doubt.
    """
    folded = word.lower()
    room = min(_MOST, max(1, len(word) // _PER_SLIP)) if len(word) >= _SHORTEST else 0
    found = []
    for name in known:
        slips = _slips(folded, name.lower(), room)
        if slips is not None:
            found.append((slips, name))
    found.sort(key=lambda pair: pair[0])
    if not found:
        return ()
    least = found[0][0]
    return tuple(name for slips, name in found if slips <= least + (least > 0))


def _slips(one: str, other: str, room: int) -> int | None:
    """How many letters are left out, put in, changed or swapped, if they are at most ``room``."""
    if one == other:
        return 0
    if abs(len(one) - len(other)) > room or len(set(one) ^ set(other)) > 2 * room:
        return None
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one):
        earlier, before, row = before, row, [at + 1]
        for column, facing in enumerate(other):
            least = min(before[column] + (letter != facing), before[column + 1] + 1, row[-1] + 1)
            if at and column and letter == other[column - 1] and one[at - 1] == facing:
                least = min(least, earlier[column - 1] + 1)
            row.append(least)
        if min(row) > room:
            return None
    return row[-1] if row[-1] <= room else None
