"""What rules ask of registry hosts, as columns derived from a table (``Table.derived``)."""

from collections import Counter

from bikube.azure.registries import classify
from bikube.spec import Table


def registries(table: Table) -> list[str | None]:
    """The registry that each entry's ``host`` is of, ``None`` where it is no string."""
    known: list[str | None] = [None] * len(table.entries)
    for row, host in zip(*table.typed(("host",), str, table.rows), strict=True):
        known[row] = classify(host)
    return known


def shared_hosts(table: Table) -> frozenset[int]:
    """The rows whose host, scheme and path apart, is that of another row too."""
    rows, hosts = table.typed(("host",), str, table.rows)
    bare = [host.lower().rpartition("://")[2].partition("/")[0] for host in hosts]
    count = Counter(bare)
    return frozenset(row for row, host in zip(rows, bare, strict=True) if count[host] > 1)
