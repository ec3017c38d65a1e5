"""The entries of a section in columns: one read of a property serves every rule and every entry.

Rules look at whole columns. That is what keeps fifty rules over ten thousand entries cheaper
than a tenth of reading the file: a rule whose condition selects no row costs nothing.
"""

from collections.abc import Container, Sequence
from functools import cached_property
from typing import Any, Final

from bikube.azure.registries import classify
from bikube.diagnostics import Pointer

Rows = Sequence[int]


class _Absent:
    """Stands in a column where an entry does not have the property."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = _Absent()


class Table:
    """One section's entries, which may be of any type, as the author wrote them.

    ``keys`` are all that the document has: a property that is not among them costs no look.
    """

    def __init__(self, section: str, entries: list[Any], keys: Container[str]) -> None:
        self.section = section
        self._keys = keys
        self.entries = entries
        self.rows: Rows = range(len(entries))
        self._columns: dict[Pointer, list[Any]] = {(): entries}
        self._typed: dict[tuple[Pointer, type], tuple[Rows, Sequence[Any]]] = {}
        self._joined: dict[Pointer, str] = {}

    def column(self, pointer: Pointer) -> list[Any]:
        """What every entry has at ``pointer``, ``ABSENT`` where it has nothing there."""
        known = self._columns.get(pointer)
        if known is None:
            key = str(pointer[-1])
            known = self._columns[pointer] = (
                [
                    value.get(key, ABSENT) if type(value) is dict else ABSENT
                    for value in self.column(pointer[:-1])
                ]
                if key in self._keys
                else [ABSENT] * len(self.entries)
            )
        return known

    def typed(self, pointer: Pointer, kind: type, rows: Rows) -> tuple[Rows, Sequence[Any]]:
        """Those of ``rows`` with a value of the type ``kind`` at ``pointer``, and the values."""
        column = self.column(pointer)
        if rows is not self.rows:
            chosen = [row for row in rows if type(column[row]) is kind]
            return chosen, [column[row] for row in chosen]
        known = self._typed.get((pointer, kind))
        if known is None:
            known = (self.rows, column)
            if not {kind}.issuperset(map(type, column)):
                chosen = [row for row, value in enumerate(column) if type(value) is kind]
                known = (chosen, [column[row] for row in chosen])
            self._typed[pointer, kind] = known
        return known

    def joined(self, pointer: Pointer) -> str:
        """All strings at ``pointer`` in one text: what it lacks, each of them lacks."""
        known = self._joined.get(pointer)
        if known is None:
            known = self._joined[pointer] = "\n".join(self.typed(pointer, str, self.rows)[1])
        return known

    @cached_property
    def registries(self) -> list[str | None]:
        """The registry that each entry's ``host`` is of, ``None`` where it is no string."""
        known: list[str | None] = [None] * len(self.entries)
        for row, host in zip(*self.typed(("host",), str, self.rows), strict=True):
            known[row] = classify(host)
        return known

    @cached_property
    def shared_hosts(self) -> frozenset[int]:
        """The rows whose host, scheme and path apart, is that of another row too."""
        chosen, hosts = self.typed(("host",), str, self.rows)
        joined = self.joined(("host",))
        if "/" not in joined and joined == joined.lower() and len(set(hosts)) == len(hosts):
            return frozenset()
        rows: dict[str, list[int]] = {}
        for row, host in zip(chosen, hosts, strict=True):
            bare = host.lower().rpartition("://")[2].partition("/")[0]
            rows.setdefault(bare, []).append(row)
        return frozenset(row for shared in rows.values() if len(shared) > 1 for row in shared)

    def name(self, row: int) -> str:
        """The name of an entry, empty where it has none."""
        name = self.column(("name",))[row]
        return name if isinstance(name, str) else ""
