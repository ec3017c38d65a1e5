"""A string ends in, holds or lacks a text."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

from bikube.rules.check import AT, Hit, ValueCheck
from bikube.spec.model import Spec
from bikube.spec.table import Rows, Table

_TEXT = {"type": "string", "minLength": 1}


class Text(ValueCheck):
    """At least one of ``ends``, ``holds`` and ``lacks`` is given; text is compared as written."""

    parameters: ClassVar[Mapping[str, Any]] = {
        "type": "object",
        "required": ["at"],
        "additionalProperties": False,
        "properties": {"at": AT, "ends": _TEXT, "holds": _TEXT, "lacks": _TEXT},
    }

    def __init__(self, *, at: str, ends: str = "", holds: str = "", lacks: str = "") -> None:
        super().__init__(at)
        self._ends, self._holds, self._lacks = ends, holds, lacks

    def predicate(self) -> Callable[[Any], object]:
        """Whether the value has the end and the piece, and lacks what it should."""
        ends, holds, lacks = self._ends, self._holds, self._lacks
        return lambda value: (
            value.endswith(ends) and holds in value and not (lacks and lacks in value)
        )

    def select(self, spec: Spec, table: Table, rows: Rows) -> Rows:
        """As in ``ValueCheck``; one look tells that no value of the column holds a text."""
        if self._holds not in table.joined(self._at):
            return ()
        return super().select(spec, table, rows)

    def find(self, spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
        """As in ``ValueCheck``; one look tells that every value of the column lacks a text."""
        only_lacks = not (self._ends or self._holds)
        if not (only_lacks and self._lacks not in table.joined(self._at)):
            yield from super().find(spec, table, rows)


CHECK = Text
