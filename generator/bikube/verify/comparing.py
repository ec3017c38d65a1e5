"""The comparator: what each side says in, every difference out."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import mode
from typing import TypeAlias

from bikube.compiler import is_expression
from bikube.verify.azure_types import types_of
from bikube.verify.equality import ABSENT, UNSAID, Mismatch, mismatches
from bikube.verify.outputs import fault
from bikube.verify.places import Pointer, shown
from bikube.verify.sides import DEFAULT_PARENT, Difference, Reading, Side, Sighting
from bikube.verify.wanted import Entry

Row: TypeAlias = Mapping[Side, Reading]
"""One resource, as each side says it."""

_ROOTS: Mapping[Side, Pointer] = {
    Side.SPEC: (),
    Side.BICEP: ("properties",),
    Side.KUBERNETES: ("spec",),
}


def rows(readings: Iterable[Reading], sides: Sequence[Side]) -> tuple[list[Row], list[Difference]]:
    """The resources that all ``sides`` have, and what is missing on one, or there twice.

    A resource is known by kind and name, and by its parent where a side has several of that name.
    """
    groups: dict[tuple[int, str, str], list[Reading]] = defaultdict(list)
    for reading in readings:
        groups[reading.kind.order, reading.kind.section, reading.name].append(reading)
    found: list[Row] = []
    faults: list[Difference] = []
    for _, group in sorted(groups.items()):
        for several in _told_apart(group):
            firsts = {reading.side: reading for reading in reversed(several)}
            row = {side: firsts[side] for side in sides if side in firsts}
            faults += _miscounted(several, row, sides)
            if len(row) > 1:
                found.append(row)
    return found, faults


def _told_apart(group: list[Reading]) -> list[list[Reading]]:
    spec = [one for one in group if one.side is Side.SPEC]
    asked = spec or [one for one in group if one.side is Side.BICEP]
    if len({str(one.parent) for one in asked}) < 2:  # noqa: PLR2004
        return [group]
    parents: dict[str, list[Reading]] = defaultdict(list)
    for one in group:
        parents[str(one.parent)].append(one)
    return list(parents.values())


def _miscounted(several: list[Reading], row: Row, sides: Sequence[Side]) -> Iterator[Difference]:
    label = next(iter(row.values())).label
    missing = [side for side in sides if side not in row]
    if missing:
        names = " and ".join(side.value for side in missing)
        where = tuple(_sighting(one, ()) for one in row.values())
        yield Difference(label, "", f"it is missing in {names}", where)
    seen: set[Side] = set()
    for one in several:
        if one.side in seen:
            where = (_sighting(row[one.side], ()), _sighting(one, ()))
            yield Difference(label, "", f"it is there twice in {one.side.value}", where)
        seen.add(one.side)


def shared_differences(row: Row) -> Iterator[Difference]:
    """Where the sides do not say the same of a resource: its parent, and every property.

    Where a manifest cannot say the parent, and a spec does, it is not asked.
    """
    readings = list(row.values())
    asked = [one for one in readings if not (is_unsaid(row) and one.side is Side.KUBERNETES)]
    if len({repr(one.parent) for one in asked}) > 1:
        where = tuple(_sighting(one, _parent(one), one.parent) for one in asked)
        yield Difference(readings[0].label, "", "the parents differ", where)
    for mismatch in mismatches([one.properties for one in readings]):
        yield _difference(readings, mismatch)


def is_unsaid(row: Row) -> bool:
    """Whether a spec says a parent, other than the default one, that a manifest cannot say."""
    spec = row.get(Side.SPEC)
    if spec is None or spec.kind.parent is None or Side.KUBERNETES not in row:
        return False
    return not spec.kind.parent.manifest and spec.parent != DEFAULT_PARENT


def own_differences(entry: Entry, row: Row) -> Iterator[Difference]:
    """Where what an output says alone is not what the spec asks for."""
    for side, own in entry.own.items():
        if side not in row:
            continue
        reading = row[side]
        for found in mismatches([own, dict(reading.own)]):
            where = (
                Sighting(
                    Side.SPEC,
                    entry.reading.file,
                    _asked(entry, side, found.pointer),
                    found.values[0],
                ),
                Sighting(side, reading.file, (*reading.start, *found.pointer), found.values[1]),
            )
            message = f"{side.value} is not what the spec asks for"
            yield Difference(entry.reading.label, shown(found.pointer), message, where)


def _asked(entry: Entry, side: Side, pointer: Pointer) -> Pointer:
    """Where the spec says what ``side`` has at ``pointer`` beside the properties."""
    start, section = entry.reading.start, entry.reading.kind.section
    match pointer:
        case ("apiVersion",):
            return ("targets", side.value, "apiVersions", section)
        case ("extendedLocation", *_):
            return ("instance", "customLocation")
        case ("metadata", "namespace"):
            return ("instance", "namespace")
        case ("metadata", "labels" | "annotations", *_):
            return (*start, *pointer)
        case _:
            return (*start, "name")


def type_faults(reading: Reading) -> Iterator[Difference]:
    """Where an evaluated resource does not fit Azure's types."""
    types = types_of(reading.kind, str(reading.own.get("apiVersion")))
    for pointer, message in types.violations(reading.properties):
        value = _at(reading.properties, pointer)
        yield fault(reading, ("properties", *pointer), message, value)


def inconstancies(readings: Iterable[Reading]) -> Iterator[Difference]:
    """The resources that disagree with most others about what is one for all of an output."""
    found: dict[tuple[Side, Pointer], list[tuple[Reading, object]]] = defaultdict(list)
    for reading in readings:
        for path, value in _constants(reading):
            found[reading.side, path].append((reading, value))
    for (_, path), values in found.items():
        usual = mode(repr(value) for _, value in values)
        for reading, value in values:
            if repr(value) != usual:
                yield fault(reading, path, f"most others of this output have {usual}", value)


def _constants(reading: Reading) -> Iterator[tuple[Pointer, object]]:
    if reading.side is Side.BICEP:
        yield ("name",), str(reading.own.get("name")).partition("/")[0]
        yield ("extendedLocation",), reading.own.get("extendedLocation")
    if reading.side is Side.KUBERNETES:
        yield ("metadata", "namespace"), _at(reading.own, ("metadata", "namespace"))


def _at(value: object, pointer: Pointer) -> object:
    for token in pointer:
        try:
            value = value[token]  # type: ignore[index]
        except (LookupError, TypeError):
            return ABSENT
    return value


def _difference(readings: Sequence[Reading], mismatch: Mismatch) -> Difference:
    where = tuple(
        _sighting(one, (*_ROOTS[one.side], *mismatch.pointer), value)
        for one, value in zip(readings, mismatch.values, strict=True)
    )
    unknown = any(one.side is Side.BICEP and is_expression(one.value) for one in where)
    message = "the compiler cannot evaluate this offline" if unknown else "the values differ"
    return Difference(readings[0].label, shown(mismatch.pointer), message, where)


def _parent(reading: Reading) -> Pointer:
    parent = reading.kind.parent
    if parent is None:
        return ()
    if reading.side is Side.SPEC:
        return (parent.ref,)
    if reading.side is Side.BICEP:
        return ("parent",)
    return ("spec", parent.manifest) if parent.manifest else ()


def _sighting(reading: Reading, pointer: Pointer, value: object = UNSAID) -> Sighting:
    return Sighting(reading.side, reading.file, (*reading.start, *pointer), value)
