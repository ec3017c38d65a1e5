"""A map of strings is not larger than it may be."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from bikube.diagnostics import split_pointer
from bikube.rules.check import AT, Hit, arguments
from bikube.spec import Rows, Spec, Table


class MapSize:
    """The keys and strings of the map at ``at`` have together at most ``most`` bytes of UTF-8.

    A hit is the map's key; ``{size}`` is how many bytes they have.
    """

    about_values: ClassVar[bool] = True
    fills: ClassVar[tuple[str, ...]] = ("size",)
    parameters: ClassVar[Mapping[str, Any]] = arguments(at=AT, most={"type": "integer"})

    def __init__(self, *, at: str, most: int) -> None:
        self._at = split_pointer(at)
        self._most = most

    def select(self, _spec: Spec, table: Table, rows: Rows) -> Rows:
        """The rows whose map is small enough."""
        judged, maps = table.typed(self._at, dict, rows)
        sizes = zip(judged, map(_size, maps), strict=True)
        return [row for row, size in sizes if size <= self._most]

    def find(self, _spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
        """The maps that are too large."""
        judged, maps = table.typed(self._at, dict, rows)
        for row, members in zip(judged, maps, strict=True):
            size = _size(members)
            if size > self._most:
                yield Hit((*table.place(row), *self._at), "key", {"size": f"{size:,}"})


def _size(members: Mapping[str, Any]) -> int:
    return sum(
        len(text.encode("utf-8", "surrogatepass"))
        for member in members.items()
        for text in member
        if isinstance(text, str)
    )


CHECK = MapSize
