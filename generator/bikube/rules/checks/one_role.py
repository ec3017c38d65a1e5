"""One principal has one role on a registry, however the registry is named."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from bikube.rules.check import FindingCheck, Hit, Mention, arguments
from bikube.spec import Identity, Rows, Spec, Table


class OneRole(FindingCheck):
    """No earlier entry is about the same principal and a registry of the same name.

    Entries that say the very same are another rule's. ``{registry}`` is the name of the registry.
    """

    fills: ClassVar[tuple[str, ...]] = ("registry",)
    parameters: ClassVar[Mapping[str, Any]] = arguments()

    def find(self, _spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
        """The registries of later entries, each with the first one."""
        # Imported here because few specs have the section that this is about.
        from bikube.azure.companions.role_assignments import COMPANION

        firsts: dict[Identity, tuple[int, Identity]] = {}
        for row in rows:
            entry = table.entries[row]
            identity = COMPANION.identify(entry) if isinstance(entry, dict) else ()
            registry, principal, *_role = identity or ("", "")
            name = registry.rpartition("/")[2]
            if not name:
                continue
            first, own = firsts.setdefault((name, principal), (row, identity))
            if own != identity:
                place = (*table.place(first), "registry")
                mention = Mention(place, "value", "the first one")
                hit = Hit((*table.place(row), "registry"), "value", {"registry": name}, (mention,))
                yield hit


CHECK = OneRole
