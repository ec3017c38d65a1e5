"""A string ends in, holds or lacks a text."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from bikube.rules.check import AT, ValueCheck

_TEXT = {"type": "string", "minLength": 1}


class Text(ValueCheck):
    """At least one of ``ends``, ``holds`` and ``lacks`` is given; text is compared as written."""

    parameters: ClassVar[Mapping[str, Any]] = {
        "type": "object",
        "required": ["at"],
        "additionalProperties": False,
        "properties": {"at": AT, "ends": _TEXT, "holds": _TEXT, "lacks": _TEXT},
    }

    def __init__(self, *, at: str, ends: str = "", holds: str = "", lacks: str = "") -> None:
        super().__init__(at)
        self._ends, self._holds, self._lacks = ends, holds, lacks

    def predicate(self) -> Callable[[Any], object]:
        """Whether the value has the end and the piece, and lacks what it should."""
        ends, holds, lacks = self._ends, self._holds, self._lacks
        return lambda value: (
            value.endswith(ends) and holds in value and not (lacks and lacks in value)
        )


CHECK = Text
