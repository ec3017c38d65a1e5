"""An entry does not have a property."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from bikube.checking import AT, Hit, arguments, is_there
from bikube.diagnostics import split_pointer
from bikube.model import Project
from bikube.table import Rows, Table


class Absent:
    """Nothing, or ``null``, stands at ``at``; a hit shows the key."""

    parameters: ClassVar[Mapping[str, Any]] = arguments(at=AT)

    def __init__(self, *, at: str) -> None:
        self._at = split_pointer(at)

    def select(self, _project: Project, table: Table, rows: Rows) -> Rows:
        """The rows that do not have it."""
        column = table.column(self._at)
        return [row for row in rows if not is_there(column[row])]

    def find(self, _project: Project, table: Table, rows: Rows) -> Iterator[Hit]:
        """The keys that are there."""
        column = table.column(self._at)
        for row in rows:
            if is_there(column[row]):
                yield Hit((table.section, row, *self._at), "key")


CHECK = Absent
