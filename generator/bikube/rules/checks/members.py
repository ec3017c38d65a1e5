"""The keys or the values of a map match a pattern, each as a whole."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal

from bikube.diagnostics import split_pointer
from bikube.rules.check import AT, Hit, arguments
from bikube.schema import REGEX
from bikube.spec import Rows, Spec, Table


class Members:
    """Each ``part``, key or value, of the map at ``at`` matches; values are judged if strings."""

    about_values: ClassVar[bool] = True
    fills: ClassVar[tuple[str, ...]] = ()
    parameters: ClassVar[Mapping[str, Any]] = arguments(
        at=AT, part={"type": "string", "enum": ["key", "value"]}, matches=REGEX
    )

    def __init__(self, *, at: str, part: Literal["key", "value"], matches: str) -> None:
        self._at = split_pointer(at)
        self._part = part
        self._pattern = matches

    def select(self, spec: Spec, table: Table, rows: Rows) -> Rows:
        """The rows with a map in which nothing is found."""
        judged, _ = table.typed(self._at, dict, rows)
        faulty = {table.row_of(hit.pointer) for hit in self.find(spec, table, rows)}
        return [row for row in judged if row not in faulty]

    def find(self, _spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
        """The keys or values that do not match."""
        judged, maps = table.typed(self._at, dict, rows)
        if not maps:
            return
        match = re.compile(self._pattern, re.DOTALL).fullmatch
        for row, members in zip(judged, maps, strict=True):
            for key, value in members.items():
                text = key if self._part == "key" else value
                if isinstance(text, str) and not match(text):
                    yield Hit((*table.place(row), *self._at, key), self._part)


CHECK = Members
