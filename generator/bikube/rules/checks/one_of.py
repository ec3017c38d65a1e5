"""A value is one of a few."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

from bikube.rules.check import AT, STRINGS, Hit, ValueCheck, is_there
from bikube.spec import Rows, Spec, Table


class OneOf(ValueCheck):
    """``values`` are strings, compared as written.

    A value that is ``needed`` may not be missing; where it is, a hit shows the entry's name.
    """

    parameters: ClassVar[Mapping[str, Any]] = {
        "type": "object",
        "required": ["at", "values"],
        "additionalProperties": False,
        "properties": {"at": AT, "values": STRINGS, "needed": {"type": "boolean"}},
    }

    def __init__(self, *, at: str, values: list[str], needed: bool = False) -> None:
        super().__init__(at)
        self._values = frozenset(values)
        self._needed = needed

    def find(self, spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
        """The values that are others, and the rows that lack a needed one."""
        yield from super().find(spec, table, rows)
        for row in rows if self._needed else ():
            place = None if is_there(table.column(self._at)[row]) else table.label(row)
            if place is not None:
                yield Hit(place)

    def predicate(self) -> Callable[[Any], object]:
        """Whether the value is among them."""
        return self._values.__contains__


CHECK = OneOf
