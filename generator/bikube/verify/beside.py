"""What specs ask for beside resources of AIO: each output held to it, whole resource by resource.

A companion need not be in both outputs, so these are not compared with each other, but each with
what the spec asks of it, which is worked out here apart from what renders.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from bikube import plugins
from bikube.verify.equality import UNSAID, mismatches
from bikube.verify.places import Pointer, shown
from bikube.verify.sides import Difference, Side, Sighting

_PACKAGE = "bikube.verify.companions"

Key: TypeAlias = tuple[str, ...]
"""What a resource is known by: its id in Azure; or its group, kind and name in a cluster."""


class Asked(NamedTuple):
    """A resource that a spec asks of one output: ``data`` is all of it.

    ``file`` and ``start`` are where the spec says so, and ``label`` is what a person calls it.
    """

    side: Side
    label: str
    data: Mapping[str, Any]
    file: str
    start: Pointer

    @property
    def section(self) -> str:
        """The section that the spec says it in."""
        return str(self.start[0])


class Stranger(NamedTuple):
    """A resource of an output that is none of AIO's: where, and all of it."""

    side: Side
    file: str
    what: str
    data: Mapping[str, Any]
    start: Pointer = ()


class Asks(NamedTuple):
    """How a companion is held to a spec.

    ``asked`` is given the file of a spec, all of its data, and the place and the data of an entry.
    ``versions`` are those in which types are declared in Bicep, and ``modules`` the files of
    modules there.
    """

    asked: Callable[[str, Mapping[str, Any], Pointer, Mapping[str, Any]], Iterator[Asked]]
    versions: Mapping[str, str] = {}
    modules: frozenset[str] = frozenset()


def asks_of(data: Mapping[str, Any]) -> Iterator[tuple[str, Asks]]:
    """The companions that a spec has entries of, by section."""
    for name in plugins.names(_PACKAGE):
        first, *others = name.split("-")
        section = "".join((first, *(word.capitalize() for word in others)))
        if data.get(section):
            yield section, plugins.load(_PACKAGE, name, "ASKS")


def asked_by(file: str, data: Mapping[str, Any]) -> Iterator[Asked]:
    """All that the spec ``data``, which is called ``file``, asks for."""
    for section, asks in asks_of(data):
        for index, entry in enumerate(data[section]):
            yield from asks.asked(file, data, (section, index), entry)


def key_of(side: Side, data: Mapping[str, Any]) -> Key:
    """What tells a resource of ``side`` from others there."""
    if side is Side.BICEP:
        return (str(data.get("id")).lower(),)
    metadata = data.get("metadata")
    name = metadata.get("name") if isinstance(metadata, dict) else None
    return (str(data.get("apiVersion")).partition("/")[0], str(data.get("kind")), str(name))


def held(
    asked: Sequence[Asked], strangers: Iterable[Stranger]
) -> tuple[list[Difference], list[Stranger]]:
    """What of ``strangers`` is not as it is ``asked``, or missing; and those that nobody asks."""
    wanted = {(one.side, key_of(one.side, one.data)): one for one in asked}
    found: list[Difference] = []
    left: list[Stranger] = []
    met: dict[int, Stranger] = {}
    for stranger in strangers:
        one = wanted.get((stranger.side, key_of(stranger.side, stranger.data)))
        if one is None:
            left.append(stranger)
        elif id(one) in met:
            where = (_seen(met[id(one)], (), UNSAID), _seen(stranger, (), UNSAID))
            side = stranger.side.value
            found.append(Difference(one.label, "", f"it is there twice in {side}", where))
        else:
            met[id(one)] = stranger
            found += _differences(one, stranger)
    found += [_missing(one) for one in asked if id(one) not in met]
    return found, left


def _differences(one: Asked, stranger: Stranger) -> Iterator[Difference]:
    for mismatch in mismatches([dict(one.data), dict(stranger.data)]):
        asked, seen = mismatch.values
        where = (
            Sighting(Side.SPEC, one.file, one.start, asked),
            _seen(stranger, mismatch.pointer, seen),
        )
        message = f"{one.side.value} is not what the spec asks for"
        yield Difference(one.label, shown(mismatch.pointer), message, where)


def _missing(one: Asked) -> Difference:
    where = (Sighting(Side.SPEC, one.file, one.start, UNSAID),)
    return Difference(one.label, "", f"it is missing in {one.side.value}", where)


def _seen(stranger: Stranger, pointer: Pointer, value: object) -> Sighting:
    return Sighting(stranger.side, stranger.file, (*stranger.start, *pointer), value)
