"""What a spec describes, as it is drawn: resources, and the parts that some of them have."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from bikube.azure import Kind, PartReference
from bikube.diagnostics import Pointer
from bikube.graph.naming import Ids, parts_of
from bikube.spec import EVERY, Identity, Spec, identity_in
from bikube.spec.references import names_below


class Part(NamedTuple):
    """A part of a resource, such as a node of a graph; ``id`` is its box's."""

    place: Pointer
    name: str
    id: str
    is_missing: bool = False


class Step(NamedTuple):
    """A part hands on to another; ``output`` is what it hands on, if it has several."""

    place: Pointer
    start: str
    end: str
    output: str


class Entry(NamedTuple):
    """One resource of a spec; ``id`` is its box's."""

    kind: Kind
    place: Pointer
    identity: Identity
    id: str
    parts: tuple[Part, ...] = ()
    steps: tuple[Step, ...] = ()


def entries_of(spec: Spec, ids: Ids) -> Iterator[Entry]:
    """All resources, by kind, then by name: the order in the spec never matters."""
    for kind in spec.kinds:
        table = spec.tables.get(kind.section)
        rows = enumerate(table.entries if table is not None else ())
        named = [(identity_in(kind, one), row, one) for row, one in rows if type(one) is dict]
        for identity, row, entry in sorted(named, key=lambda each: each[:2]):
            yield _entry(kind, (kind.section, row), identity, entry, ids)


def _entry(
    kind: Kind, place: Pointer, identity: Identity, entry: dict[str, Any], ids: Ids
) -> Entry:
    made = Entry(kind, place, identity, ids.give(*parts_of(kind.singular, identity)))
    references = kind.part_references
    if not references:
        return made
    parts = {one.name: one for one in _parts(made, references[0], entry, ids)}
    steps = tuple(_steps(made, references, entry, parts, ids))
    return made._replace(parts=tuple(parts.values()), steps=steps)


def _parts(
    made: Entry, reference: PartReference, entry: dict[str, Any], ids: Ids
) -> Iterator[Part]:
    """The parts, by their names; of two with one name the first."""
    seen: set[str] = set()
    for at, name in names_below(entry, reference.parts):
        if name not in seen:
            seen.add(name)
            place = (*made.place, *at[: len(reference.parts) - 1])
            yield Part(place, name, ids.inside(made.id, reference.noun, name))


def _steps(
    made: Entry,
    references: tuple[PartReference, ...],
    entry: dict[str, Any],
    parts: dict[str, Part],
    ids: Ids,
) -> Iterator[Step]:
    """The steps; a part that is named and not there is added to ``parts``."""
    depth = references[0].at.index(EVERY) + 1
    ends: dict[Pointer, list[tuple[str, str]]] = {}
    for reference in references:
        for at, name in names_below(entry, reference.at):
            ends.setdefault(at[:depth], []).append(_split(name, reference, parts))
    for at, pair in ends.items():
        if len(pair) == len(references):
            known = [_known(name, made, references[0].noun, parts, ids) for name, _ in pair]
            yield Step((*made.place, *at), known[0].id, known[-1].id, pair[0][1])


def _split(name: str, reference: PartReference, parts: dict[str, Part]) -> tuple[str, str]:
    """The name of a part, and what follows it."""
    if name in parts or not reference.until:
        return name, ""
    part, _, output = name.partition(reference.until)
    return part, output


def _known(name: str, made: Entry, noun: str, parts: dict[str, Part], ids: Ids) -> Part:
    if name not in parts:
        new = ids.inside(made.id, noun, name)
        parts[name] = Part(made.place, name, new, is_missing=True)
    return parts[name]
