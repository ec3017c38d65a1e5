"""What a data flow graph uses of the resources around it: registries and profiles."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import Any, ClassVar

from bikube.azure.registries import classify
from bikube.azure.transforms import STATEFUL, transform
from bikube.diagnostics import Pointer
from bikube.rules.check import FindingCheck, Hit, Mention, all_fills, finds_one_of
from bikube.rules.graphs import Graph, Node, graphs
from bikube.spec import DEFAULT_PARENT, Rows, Spec, Table
from bikube.spec.references import known

_FILLS = {
    "brought-elsewhere": ("host", "registry"),
    "own-at-microsoft": ("registry",),
    "repeated-artifact": (),
    "repeated-path": ("host", "path"),
    "several-instances": ("count", "profile", "transform"),
}
_BROUGHT = "azureiotoperations/"


class GraphUses(FindingCheck):
    """Finds graphs to which what they use does not fit.

    * ``brought-elsewhere``: an artifact of AIO's own that is to come from ``{registry}``, which is
      on ``{host}`` and not on Microsoft's registry
    * ``own-at-microsoft``: another artifact that is to come from ``{registry}``, which is on
      Microsoft's registry
    * ``repeated-artifact``: an artifact that a node before it in the same chain runs too
    * ``repeated-path``: an artifact that begins with the ``{path}`` that ``{host}`` ends with
    * ``several-instances``: a ``{transform}`` that keeps a state, in a ``{profile}`` that has
      ``{count}`` instances
    """

    fills: ClassVar[tuple[str, ...]] = all_fills(_FILLS)
    fills_by: ClassVar[tuple[str, Mapping[str, tuple[str, ...]]]] = ("finds", _FILLS)
    parameters: ClassVar[Mapping[str, Any]] = finds_one_of(_FILLS)

    def __init__(self, *, finds: str) -> None:
        self._finds = _FINDERS[finds]

    def find(self, spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
        """What is found in the graphs."""
        wanted = frozenset(rows)
        chosen = [graph for graph in table.derived(graphs) if graph.row in wanted]
        return self._finds(spec, table, chosen)


def _artifacts(spec: Spec, graphs: list[Graph]) -> Iterator[tuple[Graph, Node, str, str]]:
    """Each node that runs an artifact, its registry endpoint's name, and the host of that.

    The host is empty where the spec does not describe the endpoint.
    """
    table = spec.tables.get("registryEndpoints")
    hosts = table.column(("host",)) if table is not None else []
    described = known(spec, "registryEndpoints").described
    for graph in graphs:
        for node in graph.listed:
            name = node.settings.get("registryEndpointRef") if node.artifact else None
            if isinstance(name, str):
                row = described.get((name,))
                host = hosts[row] if row is not None else ""
                yield graph, node, name, host if isinstance(host, str) else ""


def _artifact(table: Table, graph: Graph, node: Node) -> Pointer:
    return (*table.place(graph.row), "nodes", node.place, "graphSettings", "artifact")


def _brought_elsewhere(spec: Spec, table: Table, graphs: list[Graph]) -> Iterator[Hit]:
    for graph, node, name, host in _artifacts(spec, graphs):
        if transform(node.artifact) and host and classify(host) != "mcr":
            values = {"registry": name, "host": host}
            yield Hit(_artifact(table, graph, node), values=values)


def _own_at_microsoft(spec: Spec, table: Table, graphs: list[Graph]) -> Iterator[Hit]:
    for graph, node, name, host in _artifacts(spec, graphs):
        is_brought = name == DEFAULT_PARENT and not host
        is_own = not node.artifact.startswith(_BROUGHT) and _BROUGHT not in host
        if is_own and (is_brought or host.lower() == "mcr.microsoft.com"):
            yield Hit(_artifact(table, graph, node), values={"registry": name})


def _repeated_artifacts(_spec: Spec, table: Table, graphs: list[Graph]) -> Iterator[Hit]:
    for graph in graphs:
        runs = {node.name: _runs(node) for node in graph.nodes.values() if node.artifact}
        often = [one for one, count in Counter(runs.values()).items() if count > 1]
        bits = {one: 1 << number for number, one in enumerate(often)}
        for name in _behind_their_like(graph, {name: bits.get(runs[name], 0) for name in runs}):
            yield Hit(_artifact(table, graph, graph.nodes[name]))


def _runs(node: Node) -> tuple[str, str]:
    return str(node.settings.get("registryEndpointRef")), node.artifact


def _behind_their_like(graph: Graph, bits: Mapping[str, int]) -> Iterator[str]:
    """The names of the nodes of whose ``bits`` a node that leads to them has one.

    Nothing is said of what is in a circle, or behind one; that is another finding.
    """
    # A bit for each artifact, since paths, and pairs of nodes, may be too many to look at.
    waits = Counter(chain.from_iterable(graph.after.values()))
    before = dict.fromkeys(graph.nodes, 0)
    ready = [name for name in graph.nodes if not waits[name]]
    while ready:
        name = ready.pop()
        seen, own = before.pop(name), bits.get(name, 0)
        if seen & own:
            yield name
        for target in graph.after.get(name, ()):
            before[target] |= seen | own
            waits[target] -= 1
            if not waits[target]:
                ready.append(target)


def _repeated_paths(spec: Spec, table: Table, graphs: list[Graph]) -> Iterator[Hit]:
    for graph, node, _, host in _artifacts(spec, graphs):
        path = host.partition("://")[2] or host
        path = path.partition("/")[2].strip("/")
        if path and node.artifact.startswith(f"{path}/"):
            yield Hit(_artifact(table, graph, node), values={"host": host, "path": path})


def _several_instances(spec: Spec, table: Table, graphs: list[Graph]) -> Iterator[Hit]:
    profiles = spec.tables.get("dataflowProfiles")
    if profiles is None:
        return
    described = known(spec, "dataflowProfiles").described
    counts, refs = profiles.column(("instanceCount",)), table.column(("profileRef",))
    for graph in graphs:
        profile = refs[graph.row] if isinstance(refs[graph.row], str) else DEFAULT_PARENT
        row = described.get((profile,))
        count = counts[row] if row is not None else None
        if row is not None and type(count) is int and count > 1:
            mention = Mention((profiles.section, row, "instanceCount"), "value", "so many")
            for node in graph.listed:
                name = transform(node.artifact)
                if name in STATEFUL:
                    values = {"count": str(count), "profile": profile, "transform": name}
                    yield Hit(_artifact(table, graph, node), "value", values, (mention,))


_FINDERS: Mapping[str, Callable[[Spec, Table, list[Graph]], Iterator[Hit]]] = {
    "brought-elsewhere": _brought_elsewhere,
    "own-at-microsoft": _own_at_microsoft,
    "repeated-artifact": _repeated_artifacts,
    "repeated-path": _repeated_paths,
    "several-instances": _several_instances,
}

CHECK = GraphUses
