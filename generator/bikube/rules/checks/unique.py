"""Entries of a section differ in a property."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from bikube.azure import kind_of
from bikube.diagnostics import split_pointer
from bikube.rules.check import AT, Hit, Mention, arguments
from bikube.spec import DEFAULT_PARENT, Rows, Spec, Table


class Unique:
    """No two entries with the same parent have the same string at ``at``.

    A hit is the later entry and mentions the first; ``{first}`` is the line of that one.
    """

    fills: ClassVar[tuple[str, ...]] = ("first",)
    parameters: ClassVar[Mapping[str, Any]] = arguments(at=AT)

    def __init__(self, *, at: str) -> None:
        self._at = split_pointer(at)

    def select(self, spec: Spec, table: Table, rows: Rows) -> Rows:
        """The rows that repeat no other one."""
        twins = {hit.pointer[1] for hit in self.find(spec, table, rows)}
        return [row for row in rows if row not in twins]

    def find(self, spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
        """The values that an earlier entry has too."""
        judged, values = table.typed(self._at, str, rows)
        parents = _parents(table)
        if parents is None and len(set(values)) == len(values):
            return
        seen: dict[tuple[str, str], int] = {}
        for row, value in zip(judged, values, strict=True):
            first = seen.setdefault((parents[row] if parents else "", value), row)
            if first != row:
                where = (table.section, first, *self._at)
                span = spec.document.span(where)
                line = str(spec.source.position(span.start).line)
                mention = Mention(where, "value", "first used here")
                yield Hit((table.section, row, *self._at), "value", {"first": line}, (mention,))


def _parents(table: Table) -> list[str] | None:
    """The parent of each row, ``None`` where the instance is everyone's."""
    reference = kind_of(table.section).parent_ref
    if reference is None:
        return None
    column = table.column((reference,))
    return [value if isinstance(value, str) else DEFAULT_PARENT for value in column]


CHECK = Unique
