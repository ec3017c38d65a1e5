"""What a resource names is as the rule wants it."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from bikube.azure import kind_of
from bikube.diagnostics import Pointer, split_pointer
from bikube.rules.check import AT, STRINGS, FindingCheck, Hit, Mention, is_there
from bikube.spec import Identity, Rows, Spec, Table, parents_in
from bikube.spec.references import known, names_in


class Referred(FindingCheck):
    """The entry that is named at ``through`` has one of ``values`` at ``at``.

    ``through`` is the path of a reference to another resource, with ``*`` for the items of a list,
    or the property that names the parent. Without ``values``, it is enough that something is there.
    Only entries count that the spec describes and, with ``whose``, that have one of ``among``
    there. ``{other}`` is the name of the entry, and ``{found}`` what it has.
    """

    fills: ClassVar[tuple[str, ...]] = ("found", "other")
    parameters: ClassVar[Mapping[str, Any]] = {
        "type": "object",
        "required": ["through", "at"],
        "additionalProperties": False,
        "properties": {
            "through": AT,
            "at": AT,
            "values": STRINGS,
            "whose": AT,
            "among": STRINGS,
        },
    }

    def __init__(
        self,
        *,
        through: str,
        at: str,
        values: list[str] | None = None,
        whose: str = "",
        among: list[str] | None = None,
    ) -> None:
        self._through = tuple(map(str, split_pointer(through)))
        self._at = split_pointer(at)
        self._values = values
        self._whose = split_pointer(whose)
        self._among = among or []

    def find(self, spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
        """The names of what is not as wanted.

        Raises:
            ValueError: ``through`` is no reference of the section.
        """
        section, led = self._led(table)
        other = spec.tables.get(section)
        if other is None:
            return
        wanted, faulty = frozenset(rows), self._faulty(other)
        described = known(spec, section).described
        for pointer, identity in led:
            row = described.get(identity)
            if row in faulty and pointer[0] in wanted:
                yield self._hit((*table.place(int(pointer[0])), *pointer[1:]), other, row)

    def _led(self, table: Table) -> tuple[str, Iterator[tuple[Pointer, Identity]]]:
        """The section that the reference leads to, and from where it does to what."""
        kind = kind_of(table.section)
        if kind.parent is not None and self._through == (kind.parent.ref,):
            return kind.parent.section, _to_parents(table, kind.parent.ref)
        for reference in kind.references:
            if reference.at == self._through:
                above = parents_in(table) if reference.same_parent else None
                return reference.section, _to_named(table, reference.at, above)
        raise ValueError(f"{'/'.join(self._through)} of {table.section} names no other resource")

    def _faulty(self, other: Table) -> frozenset[int]:
        """The rows of the section led to that are not as wanted."""
        rows = other.rows
        if self._whose:
            chosen = other.column(self._whose)
            rows = [row for row in rows if chosen[row] in self._among]
        column, values = other.column(self._at), self._values
        if values is None:
            return frozenset(row for row in rows if not is_there(column[row]))
        return frozenset(
            row for row in rows if isinstance(column[row], str) and column[row] not in values
        )

    def _hit(self, pointer: Pointer, other: Table, row: int) -> Hit:
        found = other.column(self._at)[row]
        there = (other.section, row, *self._at) if is_there(found) else (other.section, row, "name")
        values = {"other": other.name(row), "found": str(found) if is_there(found) else ""}
        return Hit(pointer, "value", values, (Mention(there, "value", "this one"),))


def _to_parents(table: Table, ref: str) -> Iterator[tuple[Pointer, Identity]]:
    said = table.column((ref,))
    for row, parent in enumerate(parents_in(table) or ()):
        if parent is not None:
            # Where the parent goes without saying, the name of the entry has to stand for it.
            yield (row, ref if said[row] == parent else "name"), (parent,)


def _to_named(
    table: Table, at: tuple[str, ...], above: list[str | None] | None
) -> Iterator[tuple[Pointer, Identity]]:
    for pointer, name in names_in(table, at):
        parent = above[int(pointer[0])] if above is not None else None
        yield pointer, (name,) if parent is None else (parent, name)


CHECK = Referred
