"""What the resources of a spec lead to: what they name, and what they are below.

Whatever follows references asks here: what is not there, the symbols in outputs, pictures.
"""

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Any, NamedTuple

from bikube.azure import Kind, PartReference, Reference, kind_of
from bikube.diagnostics import Pointer
from bikube.spec.identity import DEFAULT_PARENT, Identity, parents_in
from bikube.spec.model import Spec
from bikube.spec.table import ABSENT, EVERY, Table


class Link(NamedTuple):
    """A resource of a spec leads to another.

    ``pointer`` is the place of the name, from the top of the document, and begins with section and
    row of the one that leads; it ends there where its parent goes without saying. ``section`` and
    ``identity`` are those of the resource it leads to, and ``row`` is where that is described.
    What is not described is there nevertheless if it ``exists``: "existing" says so, or AIO brings
    it. ``reference`` is ``None`` where it leads to its parent.
    """

    pointer: Pointer
    section: str
    identity: Identity
    row: int | None
    exists: bool
    reference: Reference | None = None

    @property
    def is_resolved(self) -> bool:
        """Whether there is what it leads to."""
        return self.row is not None or self.exists


class Known(NamedTuple):
    """The resources of a section that a spec knows.

    ``described`` has the row of each; the ``existing`` ones are named below that word, and those
    ``brought`` are on a fresh instance.
    """

    described: dict[Identity, int]
    existing: frozenset[Identity]
    brought: frozenset[Identity]

    @property
    def undescribed(self) -> frozenset[Identity]:
        """Those that are there without being described."""
        return self.existing | self.brought


def known(spec: Spec, section: str) -> Known:
    """What ``spec`` knows of ``section``; of two with one identity the first."""
    table = spec.tables.get(section)
    described = table.derived(_described) if table is not None else {}
    return Known(described, frozenset(_existing(spec, section)), _brought(kind_of(section)))


def _existing(spec: Spec, section: str) -> Iterator[Identity]:
    """What is named below "existing": a parent of what exists is there, too."""
    yield from spec.existing.get(section, ())
    for other, identities in spec.existing.items():
        parent = kind_of(other).parent
        if parent is not None and parent.section == section:
            yield from ((above,) for above, _ in identities)


def _described(table: Table) -> dict[Identity, int]:
    """The row of each identity in a section."""
    found: dict[Identity, int] = {}
    parents = parents_in(table)
    rows, names = table.typed(("name",), str, table.rows)
    for row, name in zip(rows, names, strict=True):
        identity = _identity(name, parents, row)
        if identity is not None:
            found.setdefault(identity, row)
    return found


def _brought(kind: Kind) -> frozenset[Identity]:
    if not kind.has_default:
        return frozenset()
    return frozenset([(DEFAULT_PARENT,) if kind.parent is None else (DEFAULT_PARENT,) * 2])


def links(spec: Spec) -> Iterator[Link]:
    """All that the described resources lead to, by kind, then by reference, then by row.

    What is no text leads nowhere, nor does a name among what is below a parent that is no text.
    """
    cache: dict[str, Known] = {}
    for table in spec.resource_tables:
        kind = kind_of(table.section)
        parents = parents_in(table)
        if kind.parent is not None and parents is not None:
            there = _known(spec, kind.parent.section, cache)
            yield from _to_parents(table, kind.parent.ref, parents, (kind.parent.section, there))
        for reference in kind.references:
            there = _known(spec, reference.section, cache)
            yield from _to_named(table, reference, parents, there)


def led_to(spec: Spec) -> dict[str, set[Identity]]:
    """All that the links of ``spec`` lead to, by section, for a third of what following them costs.

    A section is there if entries of another one could lead to it, also when none does.
    """
    found: dict[str, set[Identity]] = {}
    for table in filter(attrgetter("entries"), spec.resource_tables):
        kind = kind_of(table.section)
        parents = parents_in(table)
        if kind.parent is not None and parents is not None:
            above = found.setdefault(kind.parent.section, set())
            above.update((parent,) for parent in {*parents} if parent is not None)
        for reference in kind.references:
            found.setdefault(reference.section, set()).update(_named(table, reference, parents))
    return found


def _named(
    table: Table, reference: Reference, parents: list[str | None] | None
) -> Iterable[Identity]:
    if not table.may_have(reference.at):
        return ()
    if not reference.same_parent or parents is None:
        return ((name,) for name in {*_strings(table.entries, reference.at)})
    below: dict[str, list[Any]] = {}
    for parent, entry in zip(parents, table.entries, strict=True):
        if parent is not None:
            below.setdefault(parent, []).append(entry)
    return (
        (parent, name)
        for parent, entries in below.items()
        for name in {*_strings(entries, reference.at)}
    )


def _strings(values: list[Any], at: tuple[str, ...]) -> Iterator[str]:
    """Each text at the path ``at`` below ``values``."""
    for token in at:
        if token == EVERY:
            values = [child for value in values for child in _children(value)]
        else:
            values = [v[token] for v in values if type(v) is dict and token in v]
    return (value for value in values if type(value) is str)


def _children(value: Any) -> Iterable[Any]:
    if type(value) is list:
        return value
    return value.values() if type(value) is dict else ()


def _known(spec: Spec, section: str, cache: dict[str, Known]) -> Known:
    if section not in cache:
        cache[section] = known(spec, section)
    return cache[section]


def _to_parents(
    table: Table, ref: str, parents: list[str | None], above: tuple[str, Known]
) -> Iterator[Link]:
    section, there = above
    described, exists = there.described, there.undescribed
    said = table.column((ref,))
    for row, parent in enumerate(parents):
        if parent is None or type(table.entries[row]) is not dict:
            continue
        pointer = (table.section, row, ref) if said[row] == parent else (table.section, row)
        identity = (parent,)
        yield Link(pointer, section, identity, described.get(identity), identity in exists)


def _to_named(
    table: Table, reference: Reference, parents: list[str | None] | None, there: Known
) -> Iterator[Link]:
    described, exists = there.described, there.undescribed
    above = parents if reference.same_parent else None
    for path, name in names_in(table, reference.at):
        identity = _identity(name, above, int(path[0]))
        if identity is not None:
            pointer = (table.section, *path)
            row = described.get(identity)
            yield Link(pointer, reference.section, identity, row, identity in exists, reference)


def _identity(name: str, parents: list[str | None] | None, row: int) -> Identity | None:
    if parents is None:
        return (name,)
    parent = parents[row]
    return (parent, name) if parent is not None else None


def names_in(table: Table, at: tuple[str, ...]) -> Iterator[tuple[Pointer, str]]:
    """Each text at the path ``at`` below an entry, and where it is, from the row on."""
    if not table.may_have(at):
        return iter(())
    head = at.index(EVERY) if EVERY in at else len(at)
    column = table.column(at[:head])
    places: list[tuple[Pointer, Any]] = [
        ((row, *at[:head]), value) for row, value in enumerate(column) if value is not ABSENT
    ]
    return _texts(places, at[head:])


def all_names(table: Table, at: tuple[str, ...]) -> Iterator[str]:
    """Each text at the path ``at`` below an entry; where it is takes longer to say."""
    return _strings(table.entries, at) if table.may_have(at) else iter(())


def names_below(value: Any, at: tuple[str, ...]) -> Iterator[tuple[Pointer, str]]:
    """Each text at the path ``at`` below ``value``, and where it is there."""
    return _texts([((), value)], at)


def texts_below(value: Any, at: tuple[str, ...]) -> Iterator[str]:
    """Each text at the path ``at`` below ``value``; where it is takes longer to say."""
    return _strings([value], at)


def _texts(
    places: Iterable[tuple[Pointer, Any]], at: tuple[str, ...]
) -> Iterator[tuple[Pointer, str]]:
    for token in at:
        if token == EVERY:
            places = _members(places)
        else:
            places = [
                ((*path, token), value[token])
                for path, value in places
                if type(value) is dict and token in value
            ]
    return ((path, value) for path, value in places if type(value) is str)


def _members(places: Iterable[tuple[Pointer, Any]]) -> list[tuple[Pointer, Any]]:
    found: list[tuple[Pointer, Any]] = []
    for path, value in places:
        if type(value) is list:
            found += [((*path, index), child) for index, child in enumerate(value)]
        elif type(value) is dict:
            found += [((*path, key), child) for key, child in value.items()]
    return found


def strange_parts(table: Table, reference: PartReference) -> Iterator[tuple[Pointer, str]]:
    """The names of parts that the entry has not, and where each is, from the row on."""
    for row, entry in enumerate(table.entries if table.may_have(reference.at) else ()):
        own = {*_strings([entry], reference.parts)}
        if own.issuperset(_strings([entry], reference.at)):
            continue
        for path, name in names_below(entry, reference.at):
            part = name.split(reference.until, 1)[0] if reference.until else name
            if not (name in own or part in own):
                yield (row, *path), part
