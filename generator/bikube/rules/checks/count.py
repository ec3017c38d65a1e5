"""An entry has neither too few nor too many items of a sort."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from bikube.diagnostics import split_pointer
from bikube.rules.check import CHECKS, PATH, Hit, passing
from bikube.spec import Rows, Spec, Table

_COUNT = {"type": "integer", "minimum": 0}


class Count:
    """Of the items at ``each`` that pass the checks of ``passes``, ``least`` to ``most`` are there.

    A hit is the first item that is too many, or shows the entry's name where there are too few.
    ``{count}`` is how many there are.
    """

    fills: ClassVar[tuple[str, ...]] = ("count",)
    parameters: ClassVar[Mapping[str, Any]] = {
        "type": "object",
        "required": ["each", "passes"],
        "additionalProperties": False,
        "properties": {"each": PATH, "passes": CHECKS, "least": _COUNT, "most": _COUNT},
    }

    def __init__(
        self, *, each: str, passes: Mapping[str, Any], least: int = 0, most: int | None = None
    ) -> None:
        self._each, self._passes = split_pointer(each), passes
        self._least, self._most = least, most

    def select(self, spec: Spec, table: Table, rows: Rows) -> Rows:
        """The rows that have as many as they should."""
        _, _, counts = self._counted(spec, table)
        return [row for row in rows if self._fits(counts[row])]

    def find(self, spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
        """The rows that have too few, and the items that are too many."""
        items, chosen, counts = self._counted(spec, table)
        odd = {row: 0 for row in rows if not self._fits(counts[row])}
        for item in chosen if odd else ():
            row = items.owners[item]
            if row in odd:
                odd[row] += 1
                if self._most is not None and odd[row] == self._most + 1:
                    yield Hit(items.place(item), values={"count": str(counts[row])})
        for row in odd:
            place = table.label(row) if counts[row] < self._least else None
            if place is not None:
                yield Hit(place, values={"count": str(counts[row])})

    def _counted(self, spec: Spec, table: Table) -> tuple[Table, Rows, Counter[int]]:
        items = table.items(self._each)
        chosen = passing(self._passes, spec, items, items.rows)
        owners = items.owners
        return items, chosen, Counter(owners[item] for item in chosen)

    def _fits(self, count: int) -> bool:
        return self._least <= count and (self._most is None or count <= self._most)


CHECK = Count
