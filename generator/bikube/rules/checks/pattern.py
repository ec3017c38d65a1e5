"""A string matches a pattern, always as a whole."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

from bikube.rules.check import AT, Hit, ValueCheck
from bikube.schema import REGEX
from bikube.spec import Rows, Spec, Table

_NO_WORDS = {"part": "", "advice": "", "meant": ""}


class Pattern(ValueCheck):
    """``matches`` is a Python regular expression, compiled when the first value is there.

    Without ``sections`` it looks at one value of the spec, and ``at`` counts from the spec's top.

    With ``words: host`` the value is a host, of which ``{part}`` is what is wrong, ``{advice}``
    what to do about it, and ``{meant}`` the host that was meant; only where that is certain there
    is a fix. Of other values nothing is said.
    """

    fills: ClassVar[tuple[str, ...]] = tuple(_NO_WORDS)
    parameters: ClassVar[Mapping[str, Any]] = {
        "type": "object",
        "required": ["at", "matches"],
        "additionalProperties": False,
        "properties": {"at": AT, "matches": REGEX, "words": {"type": "string", "const": "host"}},
    }

    def __init__(self, *, at: str, matches: str, words: str = "") -> None:
        super().__init__(at)
        self._pattern, self._words = matches, words

    def predicate(self) -> Callable[[Any], object]:
        """Whether the whole value matches."""
        return re.compile(self._pattern, re.DOTALL).fullmatch

    def find(self, spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
        """The values that do not match."""
        for hit in super().find(spec, table, rows):
            yield _in_words(spec, hit) if self._words else hit._replace(values=_NO_WORDS)

    def search(self, spec: Spec) -> Iterator[Hit]:
        """The value, if it does not match."""
        value = spec.document.data
        for token in self._at:
            value = value.get(token) if isinstance(value, dict) else None
        if isinstance(value, str) and not self.predicate()(value):
            yield Hit(self._at, values=_NO_WORDS)


def _in_words(spec: Spec, hit: Hit) -> Hit:
    # Imported here because a host in which nothing is wrong needs no words.
    from bikube.azure.login_servers import fault_of

    fault = fault_of(spec.document.resolve(hit.pointer))
    values = {"part": fault.part, "advice": fault.advice, "meant": fault.meant}
    return hit._replace(values=values, mendable=bool(fault.meant))


CHECK = Pattern
