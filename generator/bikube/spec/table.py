"""The entries of a section in columns: one read of a property serves every rule and every entry.

Rules look at whole columns. That is what keeps fifty rules over ten thousand entries far
cheaper than reading the file: a rule whose condition selects no row costs nothing.
"""

from collections.abc import Callable, Container, Sequence
from typing import Any, Final, TypeVar

from bikube.diagnostics import Pointer

Rows = Sequence[int]
_Derived = TypeVar("_Derived")


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
        self._derived: dict[Callable[[Table], Any], Any] = {}

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

    def may_have(self, at: Pointer) -> bool:
        """Whether the document has every key of the path ``at``, in which ``*`` is any."""
        return all(key in self._keys or key == "*" for key in at)

    def typed(self, pointer: Pointer, kind: type, rows: Rows) -> tuple[Rows, Sequence[Any]]:
        """Those of ``rows`` with a value of the type ``kind`` at ``pointer``, and the values."""
        column = self.column(pointer)
        if rows is self.rows and {kind}.issuperset(map(type, column)):
            return rows, column
        chosen = [row for row in rows if type(column[row]) is kind]
        return chosen, [column[row] for row in chosen]

    def derived(self, derive: "Callable[[Table], _Derived]") -> _Derived:
        """What ``derive`` makes of the table, made once for all rules that ask."""
        if derive not in self._derived:
            self._derived[derive] = derive(self)
        made: _Derived = self._derived[derive]
        return made

    def name(self, row: int) -> str:
        """The name of an entry, empty where it has none."""
        name = self.column(("name",))[row]
        return name if isinstance(name, str) else ""
