"""An endpoint's host is, or is not, of certain registries."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from bikube.azure.registries import NAMES
from bikube.rules.check import Hit
from bikube.rules.hosts import registries
from bikube.spec import Rows, Spec, Table

_REGISTRIES = {
    "type": "array",
    "minItems": 1,
    "items": {"type": "string", "enum": sorted(NAMES)},
}


class Registry:
    """``any`` lists the registries that satisfy the check, or ``none`` all that do not."""

    fills: ClassVar[tuple[str, ...]] = ()
    parameters: ClassVar[Mapping[str, Any]] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {"any": _REGISTRIES, "none": _REGISTRIES},
    }

    def __init__(self, **names: list[str]) -> None:
        unwanted = frozenset(names.get("none", ()))
        self._wanted = frozenset(names.get("any", NAMES)) - unwanted

    def select(self, _spec: Spec, table: Table, rows: Rows) -> Rows:
        """The rows whose host is of one of the registries."""
        registry, wanted = table.derived(registries), self._wanted
        return [row for row in rows if registry[row] in wanted]

    def find(self, _spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
        """The hosts that are of another registry."""
        registry, wanted = table.derived(registries), self._wanted
        for row in [row for row in rows if registry[row] not in wanted]:
            if registry[row] is not None:
                yield Hit((*table.place(row), "host"))


CHECK = Registry
