"""An endpoint's host is of certain registries, as ``kinds.registries`` decides."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from bikube.checking import Hit, arguments
from bikube.kinds.registries import NAMES
from bikube.model import Project
from bikube.table import Rows, Table


class Registry:
    """``any`` lists the registries that satisfy the check."""

    parameters: ClassVar[Mapping[str, Any]] = arguments(
        any={
            "type": "array",
            "minItems": 1,
            "items": {"type": "string", "enum": sorted(NAMES)},
        }
    )

    def __init__(self, **names: list[str]) -> None:
        self._names = frozenset(names["any"])

    def select(self, _project: Project, table: Table, rows: Rows) -> Rows:
        """The rows whose host is of one of the registries."""
        registries, names = table.registries, self._names
        return [row for row in rows if registries[row] in names]

    def find(self, _project: Project, table: Table, rows: Rows) -> Iterator[Hit]:
        """The hosts that are of another registry."""
        registries, names = table.registries, self._names
        for row in rows:
            if registries[row] is not None and registries[row] not in names:
                yield Hit((table.section, row, "host"))


CHECK = Registry
