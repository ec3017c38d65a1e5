"""An entry is named by another one."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from bikube.diagnostics import split_pointer
from bikube.rules.check import Hit, arguments
from bikube.spec import Rows, Spec, Table
from bikube.spec.references import all_names

_BY = {
    "type": "object",
    "additionalProperties": {"type": "array", "minItems": 1, "items": {"type": "string"}},
}


class Used:
    """``by`` has, for sections, the paths at which their entries name this one.

    A hit shows the entry's name.
    """

    fills: ClassVar[tuple[str, ...]] = ()
    parameters: ClassVar[Mapping[str, Any]] = arguments(by=_BY)

    def __init__(self, *, by: Mapping[str, list[str]]) -> None:
        self._by = by

    def select(self, spec: Spec, table: Table, rows: Rows) -> Rows:
        """The rows that are named."""
        named = self._named(spec)
        return [row for row in rows if table.name(row) in named]

    def find(self, spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
        """The rows that nobody names."""
        named = self._named(spec)
        for row in rows:
            place = table.label(row)
            if place is not None and table.name(row) not in named:
                yield Hit(place)

    def _named(self, spec: Spec) -> frozenset[str]:
        tables = [(spec.tables.get(section), paths) for section, paths in self._by.items()]
        return frozenset(
            name
            for table, paths in tables
            if table is not None
            for path in paths
            for name in all_names(table, tuple(map(str, split_pointer(path))))
        )


CHECK = Used
