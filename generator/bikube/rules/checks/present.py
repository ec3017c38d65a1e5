"""An entry has a property."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from bikube.diagnostics import split_pointer
from bikube.rules.check import AT, Hit, arguments, is_there
from bikube.spec import Rows, Spec, Table


class Present:
    """What stands at ``at`` is there and not ``null``; a hit shows the entry's name."""

    fills: ClassVar[tuple[str, ...]] = ()
    parameters: ClassVar[Mapping[str, Any]] = arguments(at=AT)

    def __init__(self, *, at: str) -> None:
        self._at = split_pointer(at)

    def select(self, _project: Spec, table: Table, rows: Rows) -> Rows:
        """The rows that have it."""
        column = table.column(self._at)
        return [row for row in rows if is_there(column[row])]

    def find(self, _project: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
        """The entries that lack it."""
        column, names = table.column(self._at), table.column(("name",))
        for row in rows:
            if not is_there(column[row]) and isinstance(names[row], str):
                yield Hit((table.section, row, "name"))


CHECK = Present
