"""What an entry is below passes checks."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from bikube.azure import kind_of
from bikube.rules.check import CHECKS, Hit, arguments, passing
from bikube.spec import Rows, Spec, Table, parents_in


class Parent:
    """The entry's parent, if the spec describes it, passes the checks of ``passes``.

    A hit shows the entry's name. Of other parents nothing is known, so nothing is said.
    """

    fills: ClassVar[tuple[str, ...]] = ()
    parameters: ClassVar[Mapping[str, Any]] = arguments(passes=CHECKS)

    def __init__(self, *, passes: Mapping[str, Any]) -> None:
        self._passes = passes

    def select(self, spec: Spec, table: Table, rows: Rows) -> Rows:
        """The rows whose parent passes."""
        passed, _ = self._named(spec, table)
        parents = parents_in(table.base) or ()
        owners = table.owners
        return [row for row in rows if parents and parents[owners[row]] in passed]

    def find(self, spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
        """The rows whose parent is described and does not pass."""
        _, failed = self._named(spec, table)
        parents = parents_in(table.base) or ()
        owners = table.owners
        for row in rows if parents else ():
            place = table.label(row) if parents[owners[row]] in failed else None
            if place is not None:
                yield Hit(place)

    def _named(self, spec: Spec, table: Table) -> tuple[frozenset[str], frozenset[str]]:
        """The names of the parents that pass, and of those that do not."""
        parent = kind_of(table.section).parent
        above = spec.tables.get(parent.section) if parent is not None else None
        if above is None:
            return frozenset(), frozenset()
        passed = frozenset(passing(self._passes, spec, above, above.rows))
        rows, names = above.typed(("name",), str, above.rows)
        named = list(zip(rows, names, strict=True))
        return (
            frozenset(name for row, name in named if row in passed),
            frozenset(name for row, name in named if row not in passed),
        )


CHECK = Parent
