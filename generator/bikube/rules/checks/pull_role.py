"""Who signs in to a registry with an identity has a role there, as far as the spec says."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from bikube.azure.registries import bare_host
from bikube.rules.check import FindingCheck, Hit, arguments
from bikube.spec import Rows, Spec, Table

_SECTION = "roleAssignments"
_METHOD = ("authentication", "method")
_METHODS = {
    "SystemAssignedManagedIdentity": ("extension", "the Arc extension"),
    "UserAssignedManagedIdentity": ("user", "the user-assigned identity"),
}
_LABEL = re.compile("[a-z0-9]+")


class PullRole(FindingCheck):
    """The registry at ``host`` has a role assignment in the spec for the identity of an entry.

    It is enough that "existing" names the registry. ``{registry}`` is the name of the registry,
    ``{identity}`` says whose identity it is.
    """

    fills: ClassVar[tuple[str, ...]] = ("registry", "identity")
    parameters: ClassVar[Mapping[str, Any]] = arguments()

    def find(self, spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
        """The methods of endpoints whose registry has none."""
        assigned = set(_assigned(spec))
        existing = {_name(one) for one in spec.existing_beside.get(_SECTION, ())}
        methods = table.column(_METHOD)
        for row, host in zip(*table.typed(("host",), str, rows), strict=True):
            found, method = _LABEL.match(bare_host(host)), methods[row]
            if found is None or not isinstance(method, str) or method not in _METHODS:
                continue
            # A domain name label adds a hyphen and a hash to the name of a registry.
            registry, (identity, whose) = found[0], _METHODS[method]
            if registry not in existing and (registry, identity) not in assigned:
                values = {"registry": registry, "identity": whose}
                yield Hit((*table.place(row), *_METHOD), values=values)


def _assigned(spec: Spec) -> Iterator[tuple[str, str]]:
    """Registry and identity of each assignment that the spec describes."""
    table = spec.tables.get(_SECTION)
    for entry in table.entries if table is not None else ():
        if isinstance(entry, dict) and isinstance(entry.get("identity"), str):
            yield _name(entry.get("registry")), entry["identity"]


def _name(registry: Any) -> str:
    return str(registry).rpartition("/")[2].lower()


CHECK = PullRole
