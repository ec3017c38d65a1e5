"""A string has no upper-case letters."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from bikube.rules.check import AT, ValueCheck, arguments


class LowerCase(ValueCheck):
    """Lowering its letters changes nothing."""

    parameters: ClassVar[Mapping[str, Any]] = arguments(at=AT)

    def __init__(self, *, at: str) -> None:
        super().__init__(at)

    def predicate(self) -> Callable[[Any], object]:
        """Whether the value is lower-case."""
        return lambda value: value == value.lower()


CHECK = LowerCase
