"""Not too many entries are below one parent."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from bikube.rules.check import Hit, arguments
from bikube.spec import Rows, Spec, Table, parents_in


class Siblings:
    """At most ``most`` entries of the section are below one parent.

    A hit shows the name of the first that is too many; ``{parent}`` is the parent's name, and
    ``{count}`` how many there are.
    """

    fills: ClassVar[tuple[str, ...]] = ("count", "parent")
    parameters: ClassVar[Mapping[str, Any]] = arguments(most={"type": "integer", "minimum": 0})

    def __init__(self, *, most: int) -> None:
        self._most = most

    def select(self, _spec: Spec, table: Table, rows: Rows) -> Rows:
        """The rows that are not among too many."""
        parents = parents_in(table) or [None] * len(table.entries)
        counts = Counter(parents)
        return [row for row in rows if counts[parents[row]] <= self._most]

    def find(self, _spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
        """The first row of each parent that is one too many."""
        parents = parents_in(table) or [None] * len(table.entries)
        counts = Counter(parents)
        seen: Counter[str | None] = Counter()
        for row in rows if max(counts.values(), default=0) > self._most else ():
            parent = parents[row]
            seen[parent] += 1
            place = table.label(row) if seen[parent] == self._most + 1 else None
            if place is not None and parent is not None:
                yield Hit(place, values={"count": str(counts[parent]), "parent": parent})


CHECK = Siblings
