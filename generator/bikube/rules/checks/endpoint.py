"""What is behind a data flow endpoint is, or is not, of certain sorts."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from bikube.azure.endpoints import NAMES
from bikube.diagnostics import split_pointer
from bikube.rules.check import AT, Hit, Mention
from bikube.rules.endpoints import SECTION, endpoints, kinds
from bikube.spec import Rows, Spec, Table

_SORTS = {
    "type": "array",
    "minItems": 1,
    "items": {"type": "string", "enum": sorted(NAMES)},
}


class Endpoint:
    """``any`` lists the sorts that satisfy the check, or ``none`` all that do not.

    The endpoint is that whose name stands ``at`` a place, and without that the entry. Of one that
    the spec does not describe nothing is known, but for ``default``. ``{sort}`` is what it is, in
    words.
    """

    fills: ClassVar[tuple[str, ...]] = ("sort",)
    parameters: ClassVar[Mapping[str, Any]] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {"at": AT, "any": _SORTS, "none": _SORTS},
    }

    def __init__(self, *, at: str = "", **sorts: list[str]) -> None:
        unwanted = frozenset(sorts.get("none", ()))
        self._at = split_pointer(at)
        self._wanted = frozenset(sorts.get("any", NAMES)) - unwanted

    def select(self, spec: Spec, table: Table, rows: Rows) -> Rows:
        """The rows whose endpoint is of one of the sorts."""
        return [row for row, sort, _ in self._known(spec, table, rows) if sort in self._wanted]

    def find(self, spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
        """The endpoints, or their names, that are of another sort."""
        for row, sort, described in self._known(spec, table, rows):
            if sort in self._wanted:
                continue
            place = (*table.place(row), *(self._at or ("endpointType",)))
            mentions: tuple[Mention, ...] = ()
            if self._at and described is not None:
                where = (SECTION, described, "endpointType")
                mentions = (Mention(where, "value", "it is described here"),)
            yield Hit(place, values={"sort": _WORDS[sort]}, mentions=mentions)

    def _known(self, spec: Spec, table: Table, rows: Rows) -> Iterator[tuple[int, str, int | None]]:
        if not self._at:
            own = table.derived(kinds)
            for row in rows:
                sort = own[row]
                if sort is not None:
                    yield row, sort, row
            return
        judged, names = table.typed(self._at, str, rows)
        known = endpoints(spec) if names else {}
        for row, name in zip(judged, names, strict=True):
            found = known.get(name)
            if found is not None and found.kind is not None:
                yield row, found.kind, found.row


_WORDS = {
    "data-explorer": "Azure Data Explorer",
    "data-lake": "Azure Data Lake Storage",
    "event-grid": "Event Grid",
    "event-hubs": "Event Hubs",
    "kafka": "Kafka",
    "local-broker": "the broker of the instance",
    "local-storage": "local storage",
    "mqtt": "an MQTT broker",
    "one-lake": "Microsoft Fabric OneLake",
    "open-telemetry": "OpenTelemetry",
}

CHECK = Endpoint
