"""What an entry is below passes checks."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from bikube.azure import kind_of
from bikube.rules.check import CHECKS, Hit, arguments, passing
from bikube.spec import Rows, Spec, Table, parents_in
from bikube.spec.references import known


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
        return [row for row, passes in self._judged(spec, table, rows) if passes]

    def find(self, spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
        """The rows whose parent is described and does not pass."""
        for row, passes in self._judged(spec, table, rows):
            place = None if passes else table.label(row)
            if place is not None:
                yield Hit(place)

    def _judged(self, spec: Spec, table: Table, rows: Rows) -> Iterator[tuple[int, bool]]:
        """Those of ``rows`` with a parent that the spec describes, and whether it passes."""
        parent, names = kind_of(table.section).parent, parents_in(table.base)
        above = spec.tables.get(parent.section) if parent is not None else None
        if above is None or names is None:
            return
        described = known(spec, above.section).described
        passed = frozenset(passing(self._passes, spec, above, above.rows))
        owners = table.owners
        for row in rows:
            name = names[owners[row]]
            found = described.get((name,)) if name is not None else None
            if found is not None:
                yield row, found in passed


CHECK = Parent
