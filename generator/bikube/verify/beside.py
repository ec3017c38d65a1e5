"""What specs ask for beside resources of AIO: each output held to it, whole resource by resource.

A companion need not be in both outputs, so these are not compared with each other, but each with
what the spec asks of it, which is worked out here apart from what renders. Without a spec, what
both outputs have is compared: the manifest has to say what Bicep does.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from bikube import plugins
from bikube.verify.equality import UNSAID, mismatches
from bikube.verify.places import Pointer, shown
from bikube.verify.sides import Difference, Side, Sighting
from bikube.verify.yaml_reader import ReadingFault, read

_PACKAGE = "bikube.verify.companions"

Key: TypeAlias = tuple[str, ...]
"""What a resource is known by: its id in Azure; or its group, kind and name in a cluster."""


class Asked(NamedTuple):
    """A resource that a spec asks of one output: ``data`` is all of it.

    ``file`` and ``start`` are where the spec says so, and ``label`` is what a person calls it.
    Without a spec, ``by`` is the output that asks. A ``twin`` is what another output has too, where
    it is counted.
    """

    side: Side
    label: str
    data: Mapping[str, Any]
    file: str
    start: Pointer
    by: Side = Side.SPEC
    twin: bool = False

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
    modules there. Where both outputs have the companion, ``mirror`` is given a resource of Azure,
    whoever wrote it, and gives the manifest that says the same, of the metadata only the name;
    ``None`` where it is another one's.
    """

    asked: Callable[[str, Mapping[str, Any], Pointer, Mapping[str, Any]], Iterator[Asked]]
    versions: Mapping[str, str] = {}
    modules: frozenset[str] = frozenset()
    mirror: Callable[[Mapping[str, Any]], Mapping[str, Any] | None] | None = None


def asks_of(data: Mapping[str, Any]) -> Iterator[tuple[str, Asks]]:
    """The companions that a spec has entries of, by section."""
    for section, name in plugins.by_section(_PACKAGE).items():
        if data.get(section):
            yield section, plugins.load(_PACKAGE, name, "ASKS")


def asked_by(file: str, data: Mapping[str, Any]) -> Iterator[Asked]:
    """All that the spec ``data``, which is called ``file``, asks for."""
    for section, asks in asks_of(data):
        for index, entry in enumerate(data[section]):
            yield from asks.asked(file, data, (section, index), entry)


def asked_of_each_other(strangers: Iterable[Stranger]) -> tuple[list[Asked], list[Stranger]]:
    """What Bicep asks of those manifests that are of the same things; and the strangers but it."""
    mirrors = [
        (section, asks.mirror)
        for section, name in plugins.by_section(_PACKAGE).items()
        if (asks := plugins.load(_PACKAGE, name, "ASKS")).mirror is not None
    ]
    several = list(strangers)
    manifests = {key_of(one.side, one.data): one for one in several if one.side is Side.KUBERNETES}
    asked: list[Asked] = []
    left: list[Stranger] = []
    for one in several:
        found = one.side is Side.BICEP and _mirrored(one, mirrors, manifests)
        if found:
            asked.append(found)
        else:
            left.append(one)
    return asked, left


def _mirrored(
    one: Stranger, mirrors: Iterable[tuple[str, Any]], manifests: Mapping[Key, Stranger]
) -> Asked | None:
    for section, mirror in mirrors:
        wanted = mirror(one.data)
        twin = manifests.get(key_of(Side.KUBERNETES, wanted)) if wanted is not None else None
        if twin is not None:
            data = {**twin.data, "spec": wanted["spec"]}
            label = f"{section}/{wanted['metadata']['name']}"
            return Asked(Side.KUBERNETES, label, data, one.file, (section,), by=Side.BICEP)
    return None


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
        if one.by is not Side.SPEC and _is_same_yaml(asked, seen):
            continue
        where = (
            Sighting(one.by, one.file, one.start, asked),
            _seen(stranger, mismatch.pointer, seen),
        )
        asks = one.by is Side.SPEC
        message = f"{one.side.value} is not what the spec asks for" if asks else "the values differ"
        yield Difference(one.label, shown(mismatch.pointer), message, where)


def _is_same_yaml(one: object, other: object) -> bool:
    """Whether both are texts of several lines that are laid out differently, and nothing more."""
    if not (isinstance(one, str) and isinstance(other, str) and "\n" in one):
        return False
    try:
        first, second = read(one), read(other)
    except ReadingFault:
        return False
    is_more_than_text = any(isinstance(each, dict | list) for each in first)
    return is_more_than_text and not any(mismatches([first, second]))


def _missing(one: Asked) -> Difference:
    where = (Sighting(Side.SPEC, one.file, one.start, UNSAID),)
    return Difference(one.label, "", f"it is missing in {one.side.value}", where)


def _seen(stranger: Stranger, pointer: Pointer, value: object) -> Sighting:
    return Sighting(stranger.side, stranger.file, (*stranger.start, *pointer), value)
