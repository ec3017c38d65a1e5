"""Entries that would be one resource: of one section, one parent and one name.

A new kind needs no rule of its own for it. A cluster knows no parents: there, one kind and one name
are one resource.
"""

from collections.abc import Iterator

from bikube.azure import Kind, kind_of
from bikube.diagnostics import Diagnostic, EngineRule, Related, diagnose
from bikube.spec import Rows, Spec, Table, parents_in


def repeated_identities(spec: Spec) -> Iterator[Diagnostic]:
    """Each entry that an earlier one is taken for, at its name, with the place of the first."""
    for table in spec.tables.values():
        rows, names = table.typed(("name",), str, table.rows)
        if len(set(names)) < len(names):
            yield from _repeated(spec, table, rows, parents_in(table))


def _repeated(
    spec: Spec, table: Table, rows: Rows, parents: list[str | None] | None
) -> Iterator[Diagnostic]:
    kind = kind_of(table.section)
    same: dict[tuple[str | None, str], int] = {}
    alike: dict[str, int] = {}
    for row in rows:
        name, parent = table.name(row), parents[row] if parents is not None else ""
        if parent is None:
            continue
        twin = same.setdefault((parent, name), row)
        namesake = alike.setdefault(name, row)
        if twin != row:
            below = "a section" if parents is None else "a section and a parent"
            text = f'name "{name}" is taken; names are unique within {below}'
            yield _found(spec, kind, "unique-name", text, (twin, row))
        elif namesake != row and parents is not None:
            text = (
                f'name "{name}" is taken below "{parents[namesake]}"; a cluster has one'
                f" {kind.custom_resource.kind} of a name, whatever it is below"
            )
            yield _found(spec, kind, "name-in-two-parents", text, (namesake, row))


def _found(
    spec: Spec, kind: Kind, rule: EngineRule, text: str, rows: tuple[int, int]
) -> Diagnostic:
    first, pointer = ((kind.section, row, "name") for row in rows)
    document = spec.document
    line = spec.source.position(document.span(first).start).line
    message = f"{text} (the first: line {line})"
    found = diagnose(rule, message, document.span(pointer), pointer, help="choose another")
    return found._replace(related=(Related(document.span(first), "first used here"),))
