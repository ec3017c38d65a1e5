"""A spec describes no resources."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from bikube.diagnostics import split_pointer
from bikube.rules.check import AT, Hit, arguments
from bikube.spec import Spec


class NoResources:
    """Finds a spec with resources, once: at the key ``at`` where it is written, else ``bikube``."""

    fills: ClassVar[tuple[str, ...]] = ()
    parameters: ClassVar[Mapping[str, Any]] = arguments(at=AT)

    def __init__(self, *, at: str) -> None:
        self._at = split_pointer(at)

    def search(self, spec: Spec) -> Iterator[Hit]:
        """The key."""
        if any(table.entries for table in spec.resource_tables):
            yield Hit(self._at if self._is_written(spec) else ("bikube",), "key")

    def _is_written(self, spec: Spec) -> bool:
        value = spec.document.data
        for key in self._at:
            if not isinstance(value, dict) or key not in value:
                return False
            value = value[key]
        return True


CHECK = NoResources
