"""An entry does not have a property."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from bikube.diagnostics import split_pointer
from bikube.rules.check import AT, Hit, arguments, is_there
from bikube.spec import Rows, Spec, Table


class Absent:
    """Nothing stands at ``at``, or ``null``, or an empty list or map; a hit is its key."""

    about_values: ClassVar[bool] = True
    fills: ClassVar[tuple[str, ...]] = ()
    parameters: ClassVar[Mapping[str, Any]] = arguments(at=AT)

    def __init__(self, *, at: str) -> None:
        self._at = split_pointer(at)

    def select(self, _spec: Spec, table: Table, rows: Rows) -> Rows:
        """The rows that do not have it."""
        column = table.column(self._at)
        return [row for row in rows if _is_nothing(column[row])]

    def find(self, _spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
        """What is there."""
        column = table.column(self._at)
        for row in rows:
            if not _is_nothing(column[row]):
                yield Hit((*table.place(row), *self._at), "key")


def _is_nothing(value: Any) -> bool:
    return not is_there(value) or (isinstance(value, list | dict) and not value)


CHECK = Absent
