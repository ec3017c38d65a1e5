"""What leads where: references, and the way of data from topics to endpoints."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from bikube.azure import kind_of
from bikube.diagnostics import Pointer
from bikube.graph.naming import Ids, parts_of
from bikube.graph.picture import Sort, Standing
from bikube.spec import Identity, Spec
from bikube.spec.references import Link, links

_SOURCE, _TOPICS = "sourceSettings", "dataSources"
_DESTINATION, _TARGET = "destinationSettings", "dataDestination"
"""How data flows and graphs alike say what they read and write."""

_ARTIFACT = "artifact"
"""Beside the name of a registry endpoint, what is pulled from there."""


class Way(NamedTuple):
    """From one box to another because of what stands at ``place``."""

    place: Pointer
    start: str
    end: str
    label: str
    sort: Sort


class Other(NamedTuple):
    """What is not described, but named: ``note`` says what it is of."""

    id: str
    name: str
    singular: str
    standing: Standing


class Ways(NamedTuple):
    """All that leads somewhere.

    ``above`` has the id of the parent of each place that has one, ``topics`` what data comes by,
    by id, and ``stores`` the ids of what data comes from and goes to.
    """

    ways: list[Way]
    above: dict[Pointer, str]
    topics: dict[str, str]
    others: dict[tuple[str, Identity], Other]
    stores: set[str]


def ways_of(spec: Spec, places: Mapping[Pointer, str], ids: Ids) -> Ways:
    """What the resources of ``spec`` lead to; ``places`` are the ids of what it describes."""
    found = Ways([], {}, {}, {}, set())
    topics: dict[tuple[str, str], str] = {}
    for link in links(spec):
        target = _target(link, places, found.others, ids)
        if link.reference is None:
            found.above[link.pointer[:2]] = target
            continue
        start = _innermost(link.pointer, places)
        beside = _value(spec.tables[str(link.pointer[0])].entries, link.pointer[1:-1])
        role = link.pointer[-2]
        if role in (_SOURCE, _DESTINATION):
            found.stores.add(target)
        if role == _SOURCE:
            for topic in _texts(beside.get(_TOPICS)):
                if (target, topic) not in topics:
                    topics[target, topic] = ids.give("topic", f"{target} {topic}")
                    found.topics[topics[target, topic]] = topic
                found.ways.append(Way(link.pointer, topics[target, topic], start, "", "data"))
        found.ways.extend(_to_target(link.pointer, start, target, beside))
    found.ways.extend(Way((), target, box, "", "data") for (target, _), box in topics.items())
    return found


def _to_target(pointer: Pointer, start: str, target: str, beside: dict[str, Any]) -> Iterator[Way]:
    """The arrow between what names and what is named, in the direction in which data goes."""
    if pointer[-2] == _DESTINATION:
        yield Way(pointer, start, target, _text(beside.get(_TARGET)), "data")
    elif pointer[-2] != _SOURCE:
        label = _text(beside.get(_ARTIFACT)) or str(pointer[-1])
        yield Way(pointer, start, target, label, "reference")
    elif not _texts(beside.get(_TOPICS)):
        yield Way(pointer, target, start, "", "data")


def _target(
    link: Link,
    places: Mapping[Pointer, str],
    others: dict[tuple[str, Identity], Other],
    ids: Ids,
) -> str:
    if link.row is not None:
        return places[link.section, link.row]
    key = (link.section, link.identity)
    if key not in others:
        singular = kind_of(link.section).singular
        new = ids.give(*parts_of(singular, link.identity))
        standing: Standing = "outside" if link.exists else "missing"
        others[key] = Other(new, link.identity[-1], singular, standing)
    return others[key].id


def _innermost(pointer: Pointer, places: Mapping[Pointer, str]) -> str:
    while pointer not in places:
        pointer = pointer[:-1]
    return places[pointer]


def _value(entries: Any, at: Pointer) -> dict[str, Any]:
    for token in at:
        entries = entries[token]
    return entries if type(entries) is dict else {}


def _texts(value: Any) -> list[str]:
    return [one for one in value if type(one) is str] if type(value) is list else []


def _text(value: Any) -> str:
    return value if type(value) is str else ""
