"""An entry has a property."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from bikube.diagnostics import split_pointer
from bikube.rules.check import AT, Hit, is_there
from bikube.spec import Rows, Spec, Table


class Present:
    """What stands at ``at`` is there and not ``null``.

    A hit shows what stands at ``shown``, and where nothing does, the entry's name; an item of a
    list that has neither is shown as a whole.
    """

    fills: ClassVar[tuple[str, ...]] = ()
    parameters: ClassVar[Mapping[str, Any]] = {
        "type": "object",
        "required": ["at"],
        "additionalProperties": False,
        "properties": {"at": AT, "shown": AT},
    }

    def __init__(self, *, at: str, shown: str = "") -> None:
        self._at, self._shown = split_pointer(at), split_pointer(shown)

    def select(self, _spec: Spec, table: Table, rows: Rows) -> Rows:
        """The rows that have it."""
        column = table.column(self._at)
        return [row for row in rows if is_there(column[row])]

    def find(self, _spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
        """The entries that lack it; those without a name are the schema's."""
        column, shown = table.column(self._at), table.column(self._shown)
        for row in rows:
            if is_there(column[row]):
                continue
            is_shown = self._shown and is_there(shown[row])
            place = (*table.place(row), *self._shown) if is_shown else table.label(row)
            if place is not None:
                yield Hit(place)


CHECK = Present
