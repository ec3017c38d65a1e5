"""Entries that would be one: of one section, one parent and one name, or what a companion says.

A new kind needs no rule of its own for it. A cluster knows no parents: there, one kind and one name
are one resource.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bikube.azure import kind_of
from bikube.diagnostics import Diagnostic, EngineRule, Pointer, Related, diagnose
from bikube.spec import Identity, Spec, Table, parents_in

if TYPE_CHECKING:
    from bikube.azure.companion import Companion


def repeated_identities(spec: Spec) -> Iterator[Diagnostic]:
    """Each entry that an earlier one is taken for, at its name, with the place of the first."""
    for table in spec.resource_tables:
        if _has_twins(table):
            yield from _repeated(spec, table, parents_in(table))
    for companion in spec.companions:
        if companion.section in spec.tables:
            yield from _repeated_beside(spec, spec.tables[companion.section], companion)


def _repeated_beside(spec: Spec, table: Table, companion: "Companion") -> Iterator[Diagnostic]:
    # Imported here because most specs have no companion.
    from bikube.azure.companion import by_name

    if companion.identify is not by_name:
        yield from _again(spec, table, companion)
    elif _has_twins(table):
        yield from _repeated(spec, table, None)


def _has_twins(table: Table) -> bool:
    _rows, names = table.typed(("name",), str, table.rows)
    return len(set(names)) < len(names)


def _again(spec: Spec, table: Table, companion: "Companion") -> Iterator[Diagnostic]:
    """Each entry of a companion that is an earlier one again, at the first thing that it says."""
    firsts: dict[Identity, int] = {}
    for row, entry in enumerate(table.entries):
        identity = companion.identify(entry) if isinstance(entry, dict) else ()
        first = firsts.setdefault(identity, row) if identity else row
        if first != row:
            places: list[Pointer] = [
                (table.section, each, next(iter(table.entries[each]))) for each in (first, row)
            ]
            text = f'an entry of "{table.section}" is here again; one is enough'
            yield _found(spec, "repeated-entry", text, places)


def _repeated(spec: Spec, table: Table, parents: list[str | None] | None) -> Iterator[Diagnostic]:
    same: dict[tuple[str | None, str], int] = {}
    alike: dict[str, int] = {}
    for row in table.typed(("name",), str, table.rows)[0]:
        name, parent = table.name(row), parents[row] if parents is not None else ""
        if parent is None:
            continue
        twin = same.setdefault((parent, name), row)
        namesake = alike.setdefault(name, row)
        if twin != row:
            below = "a section" if parents is None else "a section and a parent"
            text = f'name "{name}" is taken; names are unique within {below}'
            yield _found(spec, "unique-name", text, _names(table, twin, row))
        elif namesake != row and parents is not None:
            custom = kind_of(table.section).custom_resource
            text = (
                f'name "{name}" is taken below "{parents[namesake]}"; a cluster has one'
                f" {custom.kind} of a name, whatever it is below"
            )
            yield _found(spec, "name-in-two-parents", text, _names(table, namesake, row))


def _names(table: Table, *rows: int) -> list[Pointer]:
    return [(table.section, row, "name") for row in rows]


def _found(spec: Spec, rule: EngineRule, text: str, places: list[Pointer]) -> Diagnostic:
    first, pointer = places
    document = spec.document
    line = spec.source.position(document.span(first).start).line
    message = f"{text} (the first: line {line})"
    advice = "choose another" if rule != "repeated-entry" else "keep one of the two"
    found = diagnose(rule, message, document.span(pointer), pointer, help=advice)
    return found._replace(related=(Related(document.span(first), "first used here"),))
