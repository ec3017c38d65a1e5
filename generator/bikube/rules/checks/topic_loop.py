"""Data does not flow back to where it comes from."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from bikube.diagnostics import Pointer, split_pointer
from bikube.rules.check import AT, FindingCheck, Hit, Mention, arguments
from bikube.spec import Rows, Spec, Table

_SHARED = ("$share", "$shared")
"""Before a group and a filter: of those in the group, one gets each message."""


class TopicLoop(FindingCheck):
    """No topic that an item writes to is among those that an item of the same entry reads from.

    ``reads`` and ``writes`` lead to settings in the items at ``each``, where ``endpointRef`` names
    the endpoint, ``dataSources`` has topic filters, and ``dataDestination`` is a topic; one that
    is made up at run time is not judged. ``{filter}`` is the filter that fits.
    """

    fills: ClassVar[tuple[str, ...]] = ("filter",)
    parameters: ClassVar[Mapping[str, Any]] = arguments(
        each={"type": "string"}, reads=AT, writes=AT
    )

    def __init__(self, *, each: str, reads: str, writes: str) -> None:
        self._each = split_pointer(each)
        self._reads, self._writes = split_pointer(reads), split_pointer(writes)

    def find(self, _spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
        """The topics that are read again."""
        if not (table.may_have(self._reads) and table.may_have(self._writes)):
            return
        items, wanted = table.items(self._each), frozenset(rows)
        filters = self._filters(items)
        topics = items.column((*self._writes, "dataDestination"))
        targets = items.column((*self._writes, "endpointRef"))
        for item, topic in enumerate(topics):
            row = items.owners[item]
            if type(topic) is not str or "$" in topic or row not in wanted:
                continue
            for place, read in filters.get((row, str(targets[item])), ()):
                if _matches(topic.split("/"), read.split("/")):
                    mention = Mention(place, "value", "it is read again here")
                    pointer = (*items.place(item), *self._writes, "dataDestination")
                    yield Hit(pointer, "value", {"filter": read}, (mention,))
                    break

    def _filters(self, items: Table) -> dict[tuple[int, str], list[tuple[Pointer, str]]]:
        """The topic filters of each row and endpoint, and where they stand."""
        found: dict[tuple[int, str], list[tuple[Pointer, str]]] = {}
        sources = items.column((*self._reads, "dataSources"))
        names = items.column((*self._reads, "endpointRef"))
        for item, listed in enumerate(sources):
            if type(listed) is list and type(names[item]) is str:
                at = (*items.place(item), *self._reads, "dataSources")
                known = found.setdefault((items.owners[item], names[item]), [])
                known += [
                    ((*at, index), one) for index, one in enumerate(listed) if type(one) is str
                ]
        return found


def _matches(topic: Sequence[str], read: Sequence[str]) -> bool:
    """Whether the filter ``read`` fits ``topic`` (MQTT 5.0, section 4.7)."""
    if read[0] in _SHARED:
        read = read[2:]
    for index, level in enumerate(read):
        if level == "#":
            return True
        if index >= len(topic) or level not in ("+", topic[index]):
            return False
    return len(read) == len(topic)


CHECK = TopicLoop
