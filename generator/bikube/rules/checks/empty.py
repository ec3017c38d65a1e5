"""A map has no members."""

from collections.abc import Callable, Mapping
from operator import not_
from typing import Any, ClassVar

from bikube.rules.check import AT, ValueCheck, arguments


class Empty(ValueCheck):
    """The map at ``at`` is ``{}``."""

    parameters: ClassVar[Mapping[str, Any]] = arguments(at=AT)
    about = dict

    def __init__(self, *, at: str) -> None:
        super().__init__(at)

    def predicate(self) -> Callable[[Any], object]:
        """Whether nothing is in it."""
        return not_


CHECK = Empty
