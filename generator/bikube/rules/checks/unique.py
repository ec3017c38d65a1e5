"""No two entries have the same value."""

from collections.abc import Hashable, Iterator, Mapping
from typing import Any, ClassVar, Literal

from bikube.diagnostics import split_pointer
from bikube.rules.check import AT, Hit, Mention, arguments
from bikube.spec import Rows, Spec, Table, parents_in


class Unique:
    """A string or number at ``at`` is that of no earlier row in the same ``scope``.

    That is the ``entry`` itself, for items of its lists, all that is below one ``parent``, or the
    ``section``. Letters of any case are the same. ``{first}`` is the name of the entry that had the
    value first.
    """

    about_values: ClassVar[bool] = True
    fills: ClassVar[tuple[str, ...]] = ("first",)
    parameters: ClassVar[Mapping[str, Any]] = arguments(
        at=AT, scope={"type": "string", "enum": ["entry", "parent", "section"]}
    )

    def __init__(self, *, at: str, scope: Literal["entry", "parent", "section"]) -> None:
        self._at, self._scope = split_pointer(at), scope

    def select(self, _spec: Spec, table: Table, rows: Rows) -> Rows:
        """The rows whose value nobody had before."""
        repeated = {row for row, _ in self._repeated(table, rows)}
        column = table.column(self._at)
        return [row for row in rows if _is_value(column[row]) and row not in repeated]

    def find(self, _spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
        """The values that an earlier row has."""
        for row, first in self._repeated(table, rows):
            mention = Mention((*table.place(first), *self._at), "value", "the same here")
            values = {"first": table.name(first)}
            yield Hit((*table.place(row), *self._at), "value", values, (mention,))

    def _repeated(self, table: Table, rows: Rows) -> Iterator[tuple[int, int]]:
        column, scopes = table.column(self._at), self._scopes(table)
        firsts: dict[tuple[Hashable, Any], int] = {}
        for row in rows:
            value = column[row]
            if _is_value(value):
                key = (scopes[row], value.lower() if isinstance(value, str) else value)
                first = firsts.setdefault(key, row)
                if first != row:
                    yield row, first

    def _scopes(self, table: Table) -> list[Hashable]:
        if self._scope == "entry":
            return [*table.owners]
        parents = parents_in(table.base) if self._scope == "parent" else None
        return [None if parents is None else parents[owner] for owner in table.owners]


def _is_value(value: Any) -> bool:
    return type(value) is str or type(value) is int


CHECK = Unique
