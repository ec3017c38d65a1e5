"""The entries of a section in columns: one read of a property serves every rule and every entry.

Rules look at whole columns. That is what keeps fifty rules over ten thousand entries cheaper
than a tenth of reading the file: a rule whose condition selects no row costs nothing.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Final

from bikube.diagnostics import Pointer
from bikube.kinds.registries import classify

Rows = Sequence[int]


class _Absent:
    """Stands in a column where an entry does not have the property."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = _Absent()


class Table:
    """One section's entries, which may be of any type, as the author wrote them."""

    def __init__(self, section: str, entries: list[Any]) -> None:
        self.section = section
        self.entries = entries
        self.rows: Rows = range(len(entries))
        self._columns: dict[Pointer, list[Any]] = {(): entries}

    def column(self, pointer: Pointer) -> list[Any]:
        """What every entry has at ``pointer``, ``ABSENT`` where it has nothing there."""
        known = self._columns.get(pointer)
        if known is None:
            key = pointer[-1]
            known = [
                value.get(key, ABSENT) if type(value) is dict else ABSENT
                for value in self.column(pointer[:-1])
            ]
            self._columns[pointer] = known
        return known

    @cached_property
    def registries(self) -> list[str | None]:
        """The registry that each entry's ``host`` is of, ``None`` where it is no string."""
        return [classify(host) if type(host) is str else None for host in self.column(("host",))]

    @cached_property
    def shared_hosts(self) -> frozenset[int]:
        """The rows whose host, scheme and path apart, is that of another row too."""
        rows: dict[str, list[int]] = {}
        for row, host in enumerate(self.column(("host",))):
            if type(host) is str:
                bare = host.lower().rpartition("://")[2].partition("/")[0]
                rows.setdefault(bare, []).append(row)
        return frozenset(row for shared in rows.values() if len(shared) > 1 for row in shared)

    def name(self, row: int) -> str:
        """The name of an entry, empty where it has none."""
        name = self.column(("name",))[row]
        return name if isinstance(name, str) else ""
