"""Two strings of an entry differ."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from bikube.diagnostics import split_pointer
from bikube.rules.check import AT, Hit, Mention, arguments
from bikube.spec import Rows, Spec, Table


class Differs:
    """The strings at ``at`` and ``other`` differ in more than capitals; a hit mentions both."""

    fills: ClassVar[tuple[str, ...]] = ()
    parameters: ClassVar[Mapping[str, Any]] = arguments(at=AT, other=AT)

    def __init__(self, *, at: str, other: str) -> None:
        self._at, self._other = split_pointer(at), split_pointer(other)

    def select(self, _spec: Spec, table: Table, rows: Rows) -> Rows:
        """The rows whose strings differ."""
        both, _ = table.typed(self._other, str, table.typed(self._at, str, rows)[0])
        same = frozenset(self._same(table, rows))
        return [row for row in both if row not in same]

    def find(self, _spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
        """The strings that are the same."""
        for row in self._same(table, rows):
            where = table.place(row)
            mention = Mention((*where, *self._other), "value", "the same here")
            yield Hit((*where, *self._at), "value", {}, (mention,))

    def _same(self, table: Table, rows: Rows) -> Iterator[int]:
        judged, values = table.typed(self._at, str, rows)
        others = table.column(self._other)
        for row, value in zip(judged, values, strict=True):
            other = others[row]
            if isinstance(other, str) and value.lower() == other.lower():
                yield row


CHECK = Differs
