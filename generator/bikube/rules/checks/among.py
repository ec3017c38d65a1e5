"""A value is one that other entries have."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

from bikube.diagnostics import split_pointer
from bikube.rules.check import AT, OF, STRINGS, Hit, ValueCheck
from bikube.spec import Rows, Spec, Table
from bikube.spec.references import names_in


class Among(ValueCheck):
    """A string at ``at`` is among those that entries have at a path; ``of`` names their section.

    What is ``also`` there need not be described. Where no entry has any, or the spec says that some
    exist which it does not describe, nothing is known and nothing is found.
    """

    parameters: ClassVar[Mapping[str, Any]] = {
        "type": "object",
        "required": ["at", "of"],
        "additionalProperties": False,
        "properties": {"at": AT, "of": OF, "also": STRINGS},
    }

    def __init__(self, *, at: str, of: Mapping[str, str], also: list[str] | None = None) -> None:
        super().__init__(at)
        self._section = of["section"]
        self._path = tuple(map(str, split_pointer(of["at"])))
        self._also = frozenset(also or ())
        self._values: frozenset[str] = frozenset()

    def select(self, spec: Spec, table: Table, rows: Rows) -> Rows:
        """The rows whose value is among them."""
        return super().select(spec, table, rows) if self._learn(spec) else ()

    def find(self, spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
        """The values that are not."""
        if self._learn(spec):
            yield from super().find(spec, table, rows)

    def predicate(self) -> Callable[[Any], object]:
        """Whether the value is among them."""
        return self._values.__contains__

    def _learn(self, spec: Spec) -> bool:
        """Whether all of the values are known; remembers them."""
        table = spec.tables.get(self._section)
        if table is None or spec.existing.get(self._section):
            return False
        described = frozenset(value for _, value in names_in(table, self._path))
        self._values = described | self._also
        return bool(described)


CHECK = Among
