"""How the nodes of a data flow graph are connected."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

from bikube.azure.transforms import BRANCHES, TRANSFORMS, called, transform
from bikube.diagnostics import Pointer
from bikube.rules.check import FindingCheck, Hit, Mention, all_fills, finds_one_of
from bikube.rules.graphs import Graph, Node, graphs
from bikube.spec import Rows, Spec, Table
from bikube.text import closest

_FILLS = {
    "missing-end": ("missing",),
    "repeated-node": (),
    "wrong-way": ("node", "way"),
    "cycle": ("cycle",),
    "unconnected": ("way",),
    "repeated-connection": ("from", "to"),
    "open-branch": ("destination",),
    "unknown-output": ("output",),
    "misspelt-artifact": ("meant",),
}

_SHOWN = 9
"""Nodes of a cycle up to which all are shown."""


class GraphCheck(FindingCheck):
    """Finds graphs that are not put together as AIO wants it.

    * ``missing-end``: no node of the type ``{missing}``, which is Source or Destination
    * ``repeated-node``: a node with the name of an earlier one
    * ``wrong-way``: a connection that goes ``{way}`` (into, out of) the ``{node}``, which has none
    * ``cycle``: nodes that lead back to themselves, as the ``{cycle}`` shows
    * ``unconnected``: a node that nothing goes ``{way}`` (into, out of, into or out of)
    * ``repeated-connection``: a connection ``{from}`` and ``{to}`` the same as an earlier one
    * ``open-branch``: a branch whose paths come to ``{destination}`` without being one again
    * ``unknown-output``: a connection from an ``{output}`` that a branch has not
    * ``misspelt-artifact``: an artifact that is called almost as AIO's transform ``{meant}``
    """

    fills: ClassVar[tuple[str, ...]] = all_fills(_FILLS)
    fills_by: ClassVar[tuple[str, Mapping[str, tuple[str, ...]]]] = ("finds", _FILLS)
    parameters: ClassVar[Mapping[str, Any]] = finds_one_of(_FILLS)

    def __init__(self, *, finds: str) -> None:
        self._finds = _FINDERS[finds]

    def find(self, _spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
        """What is found in the graphs."""
        wanted = frozenset(rows)
        for graph in table.derived(graphs):
            if graph.row in wanted:
                entry = table.place(graph.row)
                for hit in self._finds(graph):
                    mentions = tuple(
                        one._replace(pointer=(*entry, *one.pointer)) for one in hit.mentions
                    )
                    yield hit._replace(pointer=(*entry, *hit.pointer), mentions=mentions)


def _name_of(node: Node) -> Pointer:
    return ("nodes", node.place, "name")


def _missing_ends(graph: Graph) -> Iterator[Hit]:
    """None where a node is of no kind: it may be the end."""
    for missing in ("Source", "Destination"):
        if graph.kinds is not None and missing.lower() not in graph.kinds:
            yield Hit(("nodes",), "key", {"missing": missing})


def _repeated_nodes(graph: Graph) -> Iterator[Hit]:
    for node in graph.listed:
        first = graph.nodes[node.name]
        if first is not node:
            yield Hit(_name_of(node), mentions=(Mention(_name_of(first), "value", "the first"),))


def _wrong_ways(graph: Graph) -> Iterator[Hit]:
    """One for each connection, although both of its ends may be wrong: it is turned round once."""
    for connection, start, end in graph.edges:
        at = ("nodeConnections", connection.place)
        into = (*at, "to", "name")
        if start.kind == "destination":
            also = (Mention(into, "value", "this is a Source"),) if end.kind == "source" else ()
            values = {"node": "Destination", "way": "out of"}
            yield Hit((*at, "from", "name"), "value", values, also)
        elif end.kind == "source":
            yield Hit(into, values={"node": "Source", "way": "into"})


def _cycles(graph: Graph) -> Iterator[Hit]:
    """One for each connection that closes a cycle on a walk through the graph."""
    places = {(start.name, end.name): one.place for one, start, end in reversed(graph.edges)}
    done: set[str] = set()
    for name in graph.nodes:
        if name not in done:
            for loop in _loops_from(graph, name, done):
                at = ("nodeConnections", places[loop[-2], loop[-1]], "to", "name")
                yield Hit(at, values={"cycle": " → ".join(_shortened(loop))})


def _loops_from(graph: Graph, start: str, done: set[str]) -> Iterator[list[str]]:
    """Paths from a node back to it; each ends with the connection that closes it."""
    # Without recursion: a graph may be as long as a spec is.
    path = {start: iter(graph.after.get(start, ()))}
    while path:
        name, following = next(reversed(path.items()))
        target = next(following, None)
        if target is None:
            done.add(name)
            del path[name]
        elif target in path:
            names = [*path]
            yield [*names[names.index(target) :], target]
        elif target not in done:
            path[target] = iter(graph.after.get(target, ()))


def _shortened(loop: list[str]) -> list[str]:
    return loop if len(loop) <= _SHOWN else [*loop[: _SHOWN - 4], "…", *loop[-3:]]


def _unconnected(graph: Graph) -> Iterator[Hit]:
    """One for a node, unless an unknown end of a connection or a missing node may be why."""
    kinds = graph.kinds or ()
    left = graph.left if "destination" in kinds else None
    entered = graph.entered if "source" in kinds else None
    for node in graph.nodes.values():
        ways = []
        if entered is not None and node.kind != "source" and node.name not in entered:
            ways.append("into")
        if left is not None and node.kind != "destination" and node.name not in left:
            ways.append("out of")
        if ways:
            yield Hit(_name_of(node), values={"way": " or ".join(ways)})


def _repeated_connections(graph: Graph) -> Iterator[Hit]:
    first: dict[tuple[str, str], int] = {}
    for one in graph.connections:
        earlier = first.setdefault((one.source, one.target), one.place)
        if earlier != one.place:
            mention = Mention(("nodeConnections", earlier), "value", "the first")
            values = {"from": one.source, "to": one.target}
            yield Hit(("nodeConnections", one.place, "from", "name"), "value", values, (mention,))


def _open_branches(graph: Graph) -> Iterator[Hit]:
    for node in graph.nodes.values():
        if transform(node.artifact) == "branch":
            reached = _reached_apart(graph, node.name)
            if reached is not None:
                yield Hit(_name_of(node), values={"destination": reached})


def _unknown_outputs(graph: Graph) -> Iterator[Hit]:
    for one, start, _ in graph.edges:
        output = one.source.removeprefix(start.name).removeprefix(".")
        if output and output not in BRANCHES and transform(start.artifact) == "branch":
            at = ("nodeConnections", one.place, "from", "name")
            yield Hit(at, values={"output": output})


def _misspelt_artifacts(graph: Graph) -> Iterator[Hit]:
    for node in graph.listed:
        name = called(node.artifact)
        if name and name not in TRANSFORMS:
            begun = [one for one in TRANSFORMS if one.startswith(name)]
            meant = begun[0] if len(begun) == 1 else closest(name, TRANSFORMS)
            if meant is not None:
                at = ("nodes", node.place, "graphSettings", "artifact")
                yield Hit(at, values={"meant": meant})


def _reached_apart(graph: Graph, start: str) -> str | None:
    """The first destination to which a path from ``start`` leads without a concatenate."""
    seen, waiting = {start}, [start]
    while waiting:
        for name in graph.after.get(waiting.pop(), ()):
            node = graph.nodes[name]
            if node.kind == "destination":
                return name
            if name not in seen and transform(node.artifact) != "concatenate":
                seen.add(name)
                waiting.append(name)
    return None


_FINDERS: Mapping[str, Callable[[Graph], Iterator[Hit]]] = {
    "missing-end": _missing_ends,
    "repeated-node": _repeated_nodes,
    "wrong-way": _wrong_ways,
    "cycle": _cycles,
    "unconnected": _unconnected,
    "repeated-connection": _repeated_connections,
    "open-branch": _open_branches,
    "unknown-output": _unknown_outputs,
    "misspelt-artifact": _misspelt_artifacts,
}

CHECK = GraphCheck
