"""What an item is in passes checks."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from bikube.diagnostics import split_pointer
from bikube.rules.check import AT, CHECKS, Hit, Mention, arguments, passing
from bikube.spec import Rows, Spec, Table


class Owner:
    """With ``each``, the entry that an item is in passes the checks of ``passes``.

    A hit shows the entry's name, once for an entry, and mentions what its first item of those that
    are looked at has at ``at``. Of an entry without a name nothing is said.
    """

    fills: ClassVar[tuple[str, ...]] = ()
    parameters: ClassVar[Mapping[str, Any]] = arguments(at=AT, passes=CHECKS)

    def __init__(self, *, at: str, passes: Mapping[str, Any]) -> None:
        self._at, self._passes = split_pointer(at), passes

    def select(self, spec: Spec, table: Table, rows: Rows) -> Rows:
        """The items whose entry passes."""
        passed, owners = self._passed(spec, table, rows), table.owners
        return [row for row in rows if owners[row] in passed]

    def find(self, spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
        """The entries that do not pass."""
        passed, owners = self._passed(spec, table, rows), table.owners
        # Backwards, so that the first item of an entry is the one that stays.
        faulty = {owners[row]: row for row in reversed(rows) if owners[row] not in passed}
        for owner, row in sorted(faulty.items()):
            place = table.base.label(owner)
            if place is not None:
                mention = Mention((*table.place(row), *self._at), "value", "because of this")
                yield Hit(place, mentions=(mention,))

    def _passed(self, spec: Spec, table: Table, rows: Rows) -> frozenset[int]:
        owners = sorted({table.owners[row] for row in rows})
        return frozenset(passing(self._passes, spec, table.base, owners))


CHECK = Owner
