"""A number is within bounds."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from bikube.rules.check import AT, ValueCheck

_NUMBER = {"type": "integer"}


class Limit(ValueCheck):
    """An integer is ``least`` or more, and ``most`` or less, if these are given."""

    parameters: ClassVar[Mapping[str, Any]] = {
        "type": "object",
        "required": ["at"],
        "additionalProperties": False,
        "properties": {"at": AT, "least": _NUMBER, "most": _NUMBER},
    }
    about = int

    def __init__(self, *, at: str, least: int | None = None, most: int | None = None) -> None:
        super().__init__(at)
        self._least, self._most = least, most

    def predicate(self) -> Callable[[Any], object]:
        """Whether the value is within the bounds."""
        least, most = self._least, self._most
        return lambda value: (least is None or value >= least) and (most is None or value <= most)


CHECK = Limit
