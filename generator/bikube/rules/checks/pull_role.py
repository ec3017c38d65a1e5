"""Who signs in to a registry with an identity has a role there, as far as the spec says."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from bikube.azure.registries import bare_host
from bikube.diagnostics import split_pointer
from bikube.rules.check import AT, FindingCheck, Hit, arguments
from bikube.spec import Rows, Spec, Table

_METHOD = ("authentication", "method")
_METHODS = {
    "SystemAssignedManagedIdentity": ("extension", "the Arc extension"),
    "UserAssignedManagedIdentity": ("user", "the user-assigned identity"),
}
_LABEL = re.compile("[a-z0-9]+")


class PullRole(FindingCheck):
    """The registry at ``host`` has a role assignment in the spec for the identity of an entry.

    Assignments are in the section ``at``, and it is enough that "existing" names the registry
    there. In a spec that says nothing of roles in either place, nothing is found. ``{registry}``
    is the name of the registry, ``{identity}`` says whose identity it is.
    """

    fills: ClassVar[tuple[str, ...]] = ("registry", "identity")
    about_values: ClassVar[bool] = True
    parameters: ClassVar[Mapping[str, Any]] = arguments(at=AT)

    def __init__(self, *, at: str) -> None:
        self._section = str(split_pointer(at)[-1])

    def find(self, spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
        """The methods of endpoints whose registry has none."""
        if self._section not in spec.tables and self._section not in spec.existing_beside:
            return
        assigned = set(_assigned(spec, self._section))
        existing = {_name(one) for one in spec.existing_beside.get(self._section, ())}
        methods = table.column(_METHOD)
        for row, host in zip(*table.typed(("host",), str, rows), strict=True):
            found, method = _LABEL.match(bare_host(host)), methods[row]
            if found is None or method not in _METHODS:
                continue
            # A domain name label adds a hyphen and a hash to the name of a registry.
            registry, (identity, whose) = found[0], _METHODS[method]
            if registry not in existing and (registry, identity) not in assigned:
                values = {"registry": registry, "identity": whose}
                yield Hit((*table.place(row), *_METHOD), values=values)


def _assigned(spec: Spec, section: str) -> Iterator[tuple[str, Any]]:
    """Registry and identity of each assignment that the spec describes."""
    table = spec.tables.get(section)
    for entry in table.entries if table is not None else ():
        if isinstance(entry, dict):
            yield _name(entry.get("registry")), entry.get("identity")


def _name(registry: Any) -> str:
    return str(registry).rpartition("/")[2].lower()


CHECK = PullRole
