"""A value is none that entries of another section have."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from bikube.diagnostics import Pointer, split_pointer
from bikube.rules.check import AT, OF, FindingCheck, Hit, Mention, arguments
from bikube.spec import Rows, Spec, Table
from bikube.spec.references import names_in


class NotAmong(FindingCheck):
    """A string at ``at`` is none of those that entries have at a path; ``of`` names their section.

    Letters of any case are the same. ``{key}`` is the key at the end of that path.
    """

    fills: ClassVar[tuple[str, ...]] = ("key",)
    about_values: ClassVar[bool] = True
    parameters: ClassVar[Mapping[str, Any]] = arguments(at=AT, of=OF)

    def __init__(self, *, at: str, of: Mapping[str, str]) -> None:
        self._at, self._section = split_pointer(at), of["section"]
        self._path = tuple(map(str, split_pointer(of["at"])))

    def find(self, spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
        """The values that are among them, each with the first place of it there."""
        other = spec.tables.get(self._section)
        if other is None:
            return
        there: dict[str, Pointer] = {}
        for path, value in names_in(other, self._path):
            there.setdefault(value.lower(), (self._section, *path))
        for row, value in zip(*table.typed(self._at, str, rows), strict=True):
            seen = there.get(value.lower())
            if seen is not None:
                mention = Mention(seen, "value", "the same here")
                values = {"key": str(self._path[-1])}
                yield Hit((*table.place(row), *self._at), "value", values, (mention,))


CHECK = NotAmong
