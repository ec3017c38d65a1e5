"""What rules ask of data flow graphs: nodes and connections, read once (``Table.derived``)."""

from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

from bikube.spec import Table

_KINDS = frozenset({"source", "graph", "destination"})


class Node(NamedTuple):
    """A node with a name; ``kind`` is its ``nodeType`` in lower case."""

    place: int
    name: str
    kind: str
    data: dict[str, Any]

    @property
    def settings(self) -> dict[str, Any]:
        """Its ``graphSettings``; empty where it has none."""
        settings = self.data.get("graphSettings")
        return settings if isinstance(settings, dict) else {}

    @property
    def artifact(self) -> str:
        """What it runs; empty where it runs nothing."""
        artifact = self.settings.get("artifact")
        return artifact if isinstance(artifact, str) else ""

    @property
    def configuration(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """The keys and values that what it runs is given, and where each stands."""
        members = self.settings.get("configuration")
        for index, member in enumerate(members if isinstance(members, list) else ()):
            if isinstance(member, dict):
                yield index, member


class Connection(NamedTuple):
    """A connection from a node, or from one of its outputs, to another node; all as written."""

    place: int
    source: str
    target: str


class Graph:
    """One graph. Of nodes with one name the first counts, and of connections those with two ends.

    A connection comes from a node itself, or from one of its outputs, as in ``check.output.true``.
    ``kinds`` are those of all nodes; ``None`` where the nodes are no list, or one is of no kind.
    """

    def __init__(self, row: int, entry: dict[str, Any]) -> None:
        nodes, connections = entry.get("nodes"), entry.get("nodeConnections")
        self.row = row
        self.kinds = _kinds(nodes)
        self.listed = [*_nodes(nodes)]
        self.connections = [*_connections(connections)]
        self._whole = isinstance(connections, list) and len(connections) == len(self.connections)
        self.nodes: dict[str, Node] = {}
        for node in self.listed:
            self.nodes.setdefault(node.name, node)

    def source(self, connection: Connection) -> Node | None:
        """The node that ``connection`` comes from; ``None`` if there is no such node."""
        whole = self.nodes.get(connection.source)
        return whole or self.nodes.get(connection.source.partition(".")[0])

    def target(self, connection: Connection) -> Node | None:
        """The node that ``connection`` goes to; ``None`` if there is no such node."""
        return self.nodes.get(connection.target)

    @cached_property
    def edges(self) -> list[tuple[Connection, Node, Node]]:
        """The connections between nodes that there are, with both nodes."""
        ends = ((one, self.source(one), self.target(one)) for one in self.connections)
        return [(one, start, end) for one, start, end in ends if start and end]

    @cached_property
    def left(self) -> frozenset[str] | None:
        """The names of the nodes that something goes out of.

        ``None`` where it is not known of some connection what it comes from: any node may be meant.
        A connection the wrong way goes out of both its nodes, and into both: it may be turned.
        """
        return self._at_ends(self.source)

    @cached_property
    def entered(self) -> frozenset[str] | None:
        """The names of the nodes that something goes into, or ``None``, as ``left``."""
        return self._at_ends(self.target)

    def _at_ends(self, node_of: Callable[[Connection], Node | None]) -> frozenset[str] | None:
        ends = [node for node in map(node_of, self.connections) if node]
        if not self._whole or len(ends) < len(self.connections):
            return None
        turned = [(start, end) for _, start, end in self.edges if _wrong_way(start, end)]
        return frozenset(node.name for node in chain(ends, *turned))

    @cached_property
    def after(self) -> dict[str, list[str]]:
        """The nodes that each one leads to, by name: none into a source or out of a destination."""
        after: dict[str, list[str]] = {}
        for _, start, end in self.edges:
            if not _wrong_way(start, end):
                after.setdefault(start.name, []).append(end.name)
        return after


def graphs(table: Table) -> list[Graph]:
    """The graphs of the section, in order; what is not even a map is none."""
    return [Graph(row, entry) for row, entry in enumerate(table.entries) if isinstance(entry, dict)]


def _nodes(nodes: Any) -> Iterator[Node]:
    for index, node in enumerate(nodes if isinstance(nodes, list) else ()):
        name = node.get("name") if isinstance(node, dict) else None
        if isinstance(name, str) and name:
            yield Node(index, name, _kind(node), node)


def _kind(node: Any) -> str:
    kind = node.get("nodeType") if isinstance(node, dict) else None
    return kind.lower() if isinstance(kind, str) else ""


def _kinds(nodes: Any) -> frozenset[str] | None:
    kinds = frozenset(map(_kind, nodes)) if isinstance(nodes, list) else None
    return kinds if kinds is not None and kinds <= _KINDS else None


def _wrong_way(start: Node, end: Node) -> bool:
    return start.kind == "destination" or end.kind == "source"


def _connections(connections: Any) -> Iterator[Connection]:
    for index, connection in enumerate(connections if isinstance(connections, list) else ()):
        if isinstance(connection, dict):
            source, target = _end(connection.get("from")), _end(connection.get("to"))
            if source and target:
                yield Connection(index, source, target)


def _end(end: Any) -> str:
    name = end.get("name") if isinstance(end, dict) else None
    return name if isinstance(name, str) else ""
