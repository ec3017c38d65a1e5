"""The entries of a section in columns: one read of a property serves every rule and every entry.

Rules look at whole columns. That is what keeps fifty rules over ten thousand entries far
cheaper than reading the file: a rule whose condition selects no row costs nothing.
"""

from collections.abc import Callable, Container, Sequence
from functools import cached_property
from itertools import repeat
from typing import Any, Final, TypeVar

from bikube.diagnostics import Pointer, Token

EVERY: Final = "*"
"""Stands in a path for each item of a list, and for each value of a map."""

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
        self._nothing: list[Any] = [ABSENT] * len(entries)
        self._derived: dict[Callable[[Table], Any], Any] = {}
        self._items: dict[Pointer, Items] = {}

    def column(self, pointer: Pointer) -> list[Any]:
        """What every entry has at ``pointer``, ``ABSENT`` where it has nothing there."""
        known = self._columns.get(pointer)
        if known is None:
            known = self._columns[pointer] = self._read(pointer)
        return known

    def _read(self, pointer: Pointer) -> list[Any]:
        """A column; all in which there is nothing are one, so that what is below costs no look."""
        key, nothing = str(pointer[-1]), self._nothing
        above = self.column(pointer[:-1]) if key in self._keys else nothing
        if above is nothing:
            return nothing
        column = [value.get(key, ABSENT) if type(value) is dict else ABSENT for value in above]
        return nothing if column.count(ABSENT) == len(column) else column

    def may_have(self, at: Pointer) -> bool:
        """Whether the document has every key of the path ``at``, in which ``*`` is any."""
        return all(key in self._keys or key == "*" for key in at)

    def typed(self, pointer: Pointer, kind: type, rows: Rows) -> tuple[Rows, Sequence[Any]]:
        """Those of ``rows`` with a value of the type ``kind`` at ``pointer``, and the values."""
        column = self.column(pointer)
        if column is self._nothing:
            return (), ()
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

    def items(self, each: Pointer) -> "Items":
        """What stands where ``each`` leads, which ends in ``EVERY``: read once for all who ask."""
        known = self._items.get(each)
        if known is None:
            above = each[:-1]
            last = max((at for at, token in enumerate(above, 1) if token == EVERY), default=0)
            outer = self.items(above[:last]) if last else self
            known = self._items[each] = Items(outer, above[last:], self._keys)
        return known

    @property
    def base(self) -> "Table":
        """The table of the section itself."""
        return self

    @property
    def owners(self) -> Rows:
        """The row of the section's table that each row is in."""
        return self.rows

    def place(self, row: int) -> Pointer:
        """Where a row stands in the document."""
        return (self.section, row)

    def row_of(self, pointer: Pointer) -> int | None:
        """The row that ``pointer`` leads to or into, if it does."""
        return int(pointer[1]) if pointer[0] == self.section and len(pointer) > 1 else None

    def label(self, row: int) -> Pointer | None:
        """The place by which a row is shown: its name; ``None`` for an entry that has none."""
        return (*self.place(row), "name") if self._is_named(row) else None

    def name(self, row: int) -> str:
        """The name of a row's entry, empty where it has none."""
        return self.column(("name",))[row] if self._is_named(row) else ""

    def _is_named(self, row: int) -> bool:
        return isinstance(self.column(("name",))[row], str)


class Items(Table):
    """What stands in lists and maps of another table's rows, each item a row.

    ``path`` leads from a row of ``outer`` to its list or map. A row that has neither there has no
    items.
    """

    def __init__(self, outer: Table, path: Pointer, keys: Container[str]) -> None:
        items: list[Any] = []
        self._tokens: list[Token] = []
        self._holders: list[int] = []
        self._outer, self._path = outer, path
        for row, value in enumerate(outer.column(path)):
            if type(value) is list:
                items += value
                self._tokens += range(len(value))
            elif type(value) is dict:
                items += value.values()
                self._tokens += value
            else:
                continue
            self._holders += repeat(row, len(value))
        super().__init__(outer.section, items, keys)

    @property
    def base(self) -> Table:
        """The table of the section itself."""
        return self._outer.base

    @cached_property
    def owners(self) -> Rows:
        """The row of the section's table that each item is in."""
        above = self._outer.owners
        return [above[holder] for holder in self._holders]

    def within(self, entries: Rows) -> Rows:
        """The items of these rows of the section's table."""
        wanted = frozenset(entries)
        return [row for row, owner in enumerate(self.owners) if owner in wanted]

    def place(self, row: int) -> Pointer:
        """Where a row stands in the document."""
        return (*self._outer.place(self._holders[row]), *self._path, self._tokens[row])

    def row_of(self, pointer: Pointer) -> int | None:
        """The row that ``pointer`` leads to or into, if it does."""
        return self._rows_by_place.get(pointer[: self._depth])

    def label(self, row: int) -> Pointer:
        """The place by which a row is shown: its name, and without one the item itself."""
        return super().label(row) or self.place(row)

    def name(self, row: int) -> str:
        """The name of the entry that a row is in, empty where it has none."""
        return self._outer.name(self._holders[row])

    @cached_property
    def _rows_by_place(self) -> dict[Pointer, int]:
        return {self.place(row): row for row in self.rows}

    @property
    def _depth(self) -> int:
        return len(self.place(0)) if self.entries else 0
