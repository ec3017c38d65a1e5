"""What rules ask of data flow endpoints, as columns derived from a table (``Table.derived``)."""

from typing import NamedTuple

from bikube.azure.endpoints import LOCAL_BROKER, behind
from bikube.rules.check import is_there
from bikube.spec import DEFAULT_PARENT, Spec, Table

SECTION = "dataflowEndpoints"


class Described(NamedTuple):
    """What is behind the endpoint of a name, and the row that describes it, if there is one."""

    kind: str | None
    row: int | None


def kinds(table: Table) -> list[str | None]:
    """What is behind each endpoint; ``None`` where that is unknown."""
    columns = (
        table.column(("endpointType",)),
        table.column(("mqttSettings", "host")),
        table.column(("kafkaSettings", "host")),
    )
    return [
        behind(kind, mqtt if is_there(mqtt) else None, kafka)
        for kind, mqtt, kafka in zip(*columns, strict=True)
    ]


def _by_name(table: Table) -> dict[str, Described]:
    found: dict[str, Described] = {}
    known = table.derived(kinds)
    for row, name in zip(*table.typed(("name",), str, table.rows), strict=True):
        found.setdefault(name, Described(known[row], row))
    return found


def endpoints(spec: Spec) -> dict[str, Described]:
    """What is known of endpoints, by name: of those in the spec, and of the one that AIO brings.

    What else is said to exist is unknown.
    """
    table = spec.tables.get(SECTION)
    described = table.derived(_by_name) if table is not None else {}
    return {DEFAULT_PARENT: Described(LOCAL_BROKER, None), **described}
