"""A value is none of a few."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from bikube.checking import AT, STRINGS, ValueCheck, arguments


class NoneOf(ValueCheck):
    """``values`` are strings, compared as written."""

    parameters: ClassVar[Mapping[str, Any]] = arguments(at=AT, values=STRINGS)

    def __init__(self, *, at: str, values: list[str]) -> None:
        super().__init__(at)
        self._values = frozenset(values)

    def predicate(self) -> Callable[[Any], object]:
        """Whether the value is not among them."""
        values = self._values
        return lambda value: value not in values


CHECK = NoneOf
