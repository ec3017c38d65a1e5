"""Role assignments, in a template of their own: who deploys AIO may often not give roles.

A registry in another resource group is reached through a module. Its file is beside the template,
since the folder of a target has no folders.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from bikube.azure.companions.role_assignments import (
    ACR_PULL,
    ASSIGNMENT_TYPE,
    DEFINITION_TYPE,
    REGISTRY_TYPE,
    REPOSITORY_READER,
    ROLES,
    Registry,
    registry_of,
    role_of,
)
from bikube.render.bicep.literals import string
from bikube.render.templates import template
from bikube.spec import Spec

_SYMBOLS = {ACR_PULL: "acrPull", REPOSITORY_READER: "repositoryReader"}
_FILE = "role-assignments.bicep"
_MODULE = "role-assignment-module.bicep"
_TYPES = {
    "assignment_type": ASSIGNMENT_TYPE,
    "definition_type": DEFINITION_TYPE,
    "registry_type": REGISTRY_TYPE,
}


class _Assignment(NamedTuple):
    """One assignment as the template writes it: ``role`` and ``holder`` are symbols.

    ``scope`` is the group of a registry elsewhere, as an expression; there, a module is meant.
    """

    symbol: str
    registry: str
    holder: str
    role: str
    role_id: str
    principal: str
    scope: str


def write(_spec: Spec, entries: Sequence[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """The template, and the module if a registry is in another group."""
    assignments = _assignments(entries)
    here = [one for one in assignments if not one.scope]
    away = [one for one in assignments if one.scope]
    text = template("bicep/role-assignments.bicep.j2", bicep=string).render(
        roles={one.role: one.role_id for one in here},
        registries={one.holder: one.registry for one in here},
        here=here,
        away=away,
        module=_MODULE,
        **_TYPES,
    )
    yield _FILE, text
    if away:
        yield _MODULE, template("bicep/role-assignment-module.bicep.j2").render(**_TYPES)


def _assignments(entries: Sequence[dict[str, Any]]) -> list[_Assignment]:
    found: list[_Assignment] = []
    taken: set[str] = set()
    for entry in entries:
        registry, role = registry_of(entry["registry"]), role_of(entry)
        name, principal = registry.name.lower(), entry["principalId"].lower()
        symbol = _unique(f"{_SYMBOLS[role]}_{name}_{principal.partition('-')[0]}", taken)
        holder, scope = f"registry_{name}", _scope(registry)
        of_role = (_SYMBOLS[role], ROLES[role])
        found.append(_Assignment(symbol, name, holder, *of_role, principal, scope))
    return found


def _unique(symbol: str, taken: set[str]) -> str:
    """``symbol``, or another one if two principals begin alike, or two registries have one name."""
    count, free = 1, symbol
    while free in taken:
        count += 1
        free = f"{symbol}_{count}"
    taken.add(free)
    return free


def _scope(registry: Registry) -> str:
    if not registry.group:
        return ""
    return f"resourceGroup({string(registry.subscription.lower())}, {string(registry.group)})"


WRITER = write
