"""Data flows of several instances that Event Grid takes for one client.

Data flows make their MQTT client ids from their names, so equal names at one host are one client to
it: known issue 8891.
"""

from collections.abc import Iterator

from bikube.diagnostics import Diagnostic, Pointer, diagnose
from bikube.spec import EVERY, Spec, Table
from bikube.text import shorten

Client = tuple[str, str, str]
"""The host, how client ids begin there, and the name of a data flow."""

_ENDPOINTS = (("sourceSettings", "endpointRef"), ("destinationSettings", "endpointRef"))


def may_have_clients(spec: Spec) -> bool:
    """Whether data flows of ``spec`` can be at Event Grid at all."""
    return spec.tables.keys() >= {"dataflows", "dataflowEndpoints"}


def shared_clients(spec: Spec, known: dict[Client, Spec]) -> Iterator[Diagnostic]:
    """The data flows that are a client which another instance's spec in ``known`` has.

    The clients of ``spec`` are added to it.
    """
    for client, pointer in _clients(spec):
        first = known.setdefault(client, spec)
        if first.instance.name != spec.instance.name:
            # The other instance is not named: what stands in another spec is redacted there only.
            message = (
                f'data flow "{shorten(client[-1])}" is in "{first.source.name}" too, for another'
                " instance and the same Event Grid; both have one client id, and it takes one of"
                " them"
            )
            yield diagnose(
                "dataflow-name-shared",
                message,
                spec.document.span(pointer),
                pointer,
                help="give each a clientIdPrefix or a name of its own",
            )


def _clients(spec: Spec) -> Iterator[tuple[Client, Pointer]]:
    """What the data flows of ``spec`` are to Event Grid, and where each has its name."""
    # Imported here because few specs have data flows at Event Grid.
    from bikube.rules.endpoints import SECTION, endpoints

    grids = {
        name: one.row
        for name, one in endpoints(spec).items()
        if one.kind == "event-grid" and one.row is not None
    }
    if not grids:
        return
    settings = spec.tables[SECTION].column(("mqttSettings",))
    flows = spec.tables["dataflows"]
    for row, name in sorted(_uses(flows)):
        at = grids.get(name)
        if at is not None and flows.label(row) is not None:
            host, prefix = settings[at]["host"], settings[at].get("clientIdPrefix")
            client = (host.lower(), str(prefix or ""), flows.name(row))
            yield client, (flows.section, row, "name")


def _uses(flows: Table) -> set[tuple[int, str]]:
    """The rows, and the endpoints that they name."""
    items = flows.items(("operations", EVERY))
    found = set()
    for at in _ENDPOINTS:
        for item, name in zip(*items.typed(at, str, items.rows), strict=True):
            found.add((items.owners[item], name))
    return found
