"""Parents that neither the spec describes, nor ``existing`` names, nor AIO brings."""

from collections.abc import Iterator

from bikube.azure import Kind, Parent
from bikube.diagnostics import Diagnostic, Related, diagnose
from bikube.spec import Spec, Table
from bikube.spec.references import known
from bikube.text import advise, closest, shorten


def unknown_parents(spec: Spec) -> Iterator[Diagnostic]:
    """Each name of such a parent; one of the spec that is probably meant is a second place."""
    for kind in spec.kinds:
        table = spec.tables.get(kind.section)
        if kind.parent is not None and table is not None:
            yield from _unknown(spec, kind, kind.parent, table)


def _unknown(spec: Spec, kind: Kind, parent: Parent, table: Table) -> Iterator[Diagnostic]:
    rows, names = table.typed((parent.ref,), str, table.rows)
    there = known(spec, parent.section)
    places = {name: row for (name,), row in there.described.items()}
    known_names = {*places, *(name for (name,) in there.undescribed)}
    # Said once for a name: it may stand in thousands of entries.
    strange = {*names} - known_names
    said = {name: _said(spec, parent.section, name, known_names, places) for name in strange}
    for row, name in zip(rows, names, strict=True):
        if name in said:
            pointer = (kind.section, row, parent.ref)
            yield said[name]._replace(pointer=pointer, span=spec.document.span(pointer))


def _said(
    spec: Spec, section: str, name: str, names: set[str], places: dict[str, int]
) -> Diagnostic:
    """What is said of ``name``, wherever it stands."""
    near = closest(name, names)
    message = f'"{shorten(name)}" is not in "{section}", and is not said to exist'
    otherwise = f'describe it, or name it below "existing: {section}:" if it is there already'
    advice = advise(name, sorted(names), otherwise=otherwise)
    found = diagnose("unknown-parent", message, spec.document.span(()), help=advice)
    if near is None or near not in places:
        return found
    span = spec.document.span((section, places[near], "name"))
    return found._replace(related=(Related(span, "this one is described"),))
