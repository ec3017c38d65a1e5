"""Parents that neither the spec describes, nor ``existing`` names, nor AIO brings."""

from collections.abc import Iterator

from bikube.azure import Kind, Parent
from bikube.diagnostics import Diagnostic, Related, diagnose
from bikube.spec import DEFAULT_PARENT, Spec, Table
from bikube.text import advise, closest, shorten


def unknown_parents(spec: Spec) -> Iterator[Diagnostic]:
    """Each name of such a parent; one of the spec that is probably meant is a second place."""
    for kind in spec.kinds:
        table = spec.tables.get(kind.section)
        if kind.parent is not None and table is not None:
            yield from _unknown(spec, kind, kind.parent, table)


def _unknown(spec: Spec, kind: Kind, parent: Parent, table: Table) -> Iterator[Diagnostic]:
    rows, names = table.typed((parent.ref,), str, table.rows)
    places = _described(spec, parent.section)
    known = {DEFAULT_PARENT, *places, *spec.existing.get(parent.section, ())}
    # Said once for a name: it may stand in thousands of entries.
    said = {name: _said(spec, parent.section, name, known, places) for name in {*names} - known}
    for row, name in zip(rows, names, strict=True):
        if name in said:
            pointer = (kind.section, row, parent.ref)
            yield said[name]._replace(pointer=pointer, span=spec.document.span(pointer))


def _described(spec: Spec, section: str) -> dict[str, int]:
    """The rows of the parents that the spec describes, by their names."""
    table = spec.tables.get(section)
    return {table.name(row): row for row in table.rows} if table is not None else {}


def _said(
    spec: Spec, section: str, name: str, known: set[str], places: dict[str, int]
) -> Diagnostic:
    """What is said of ``name``, wherever it stands."""
    near = closest(name, known)
    message = f'"{shorten(name)}" is not in "{section}", and is not said to exist'
    otherwise = f'describe it, or name it below "existing: {section}:" if it is there already'
    advice = advise(name, sorted(known), otherwise=otherwise)
    found = diagnose("unknown-parent", message, spec.document.span(()), help=advice)
    if near is None or near not in places:
        return found
    span = spec.document.span((section, places[near], "name"))
    return found._replace(related=(Related(span, "this one is described"),))
