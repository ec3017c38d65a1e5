"""A string has no upper-case letters."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

from bikube.rules.check import AT, Hit, ValueCheck, arguments
from bikube.spec.model import Spec
from bikube.spec.table import Rows, Table


class LowerCase(ValueCheck):
    """Lowering its letters changes nothing."""

    parameters: ClassVar[Mapping[str, Any]] = arguments(at=AT)

    def __init__(self, *, at: str) -> None:
        super().__init__(at)

    def predicate(self) -> Callable[[Any], object]:
        """Whether the value is lower-case."""
        return lambda value: value == value.lower()

    def find(self, spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
        """As in ``ValueCheck``; one look tells that the whole column is lower-case."""
        joined = table.joined(self._at)
        if joined != joined.lower():
            yield from super().find(spec, table, rows)


CHECK = LowerCase
