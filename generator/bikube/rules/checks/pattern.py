"""A string matches a pattern, always as a whole."""

import re
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from bikube.rules.check import AT, ValueCheck, arguments
from bikube.schema import REGEX


class Pattern(ValueCheck):
    """``matches`` is a Python regular expression, compiled when the first value is there."""

    parameters: ClassVar[Mapping[str, Any]] = arguments(at=AT, matches=REGEX)

    def __init__(self, *, at: str, matches: str) -> None:
        super().__init__(at)
        self._pattern = matches

    def predicate(self) -> Callable[[Any], object]:
        """Whether the whole value matches."""
        return re.compile(self._pattern, re.DOTALL).fullmatch


CHECK = Pattern
