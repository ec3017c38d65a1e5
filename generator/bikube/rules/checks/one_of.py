"""A value is one of a few."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from bikube.rules.check import AT, STRINGS, ValueCheck, arguments


class OneOf(ValueCheck):
    """``values`` are strings, compared as written."""

    parameters: ClassVar[Mapping[str, Any]] = arguments(at=AT, values=STRINGS)

    def __init__(self, *, at: str, values: list[str]) -> None:
        super().__init__(at)
        self._values = frozenset(values)

    def predicate(self) -> Callable[[Any], object]:
        """Whether the value is among them."""
        return self._values.__contains__


CHECK = OneOf
