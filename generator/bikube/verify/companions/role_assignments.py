"""Role assignments, as Azure evaluates them: worked out of the spec alone, the name too.

Azure's ``guid`` is the version 5 of RFC 9562 over its arguments with hyphens between them, in a
namespace of its own; the compiler evaluates it, so that the two are compared in each proof. The
ids of the roles are written here once more, and not those that are rendered.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID, uuid5

from bikube.compiler import RESOURCE_GROUP, SUBSCRIPTION
from bikube.verify.beside import Asked, Asks
from bikube.verify.places import Pointer
from bikube.verify.sides import Side

_NAMESPACE = UUID("11fb06fb-712d-4ddd-98c7-e71bbd588830")
_PULL = "7f951dda-4ed3-4680-a7ca-43fe172d538d"
_READ = "b93aa761-3e63-49ed-ac28-beffa264f7ac"
_ASSIGNMENTS = "Microsoft.Authorization/roleAssignments"
_DEFINITIONS = "Microsoft.Authorization/roleDefinitions"
_REGISTRIES = "Microsoft.ContainerRegistry/registries"
_VERSION = "2022-04-01"


def _asked(
    file: str, _data: Mapping[str, Any], start: Pointer, entry: Mapping[str, Any]
) -> Iterator[Asked]:
    subscription, group, name = _place(str(entry["registry"]))
    scope = f"/subscriptions/{subscription}"
    registry = f"{scope}/resourceGroups/{group}/providers/{_REGISTRIES}/{name}"
    role = f"{scope}/providers/{_DEFINITIONS}/{_role(entry)}"
    principal = str(entry["principalId"]).lower()
    assignment = str(uuid5(_NAMESPACE, "-".join((registry, principal, role))))
    data = {
        "id": f"{registry}/providers/{_ASSIGNMENTS}/{assignment}",
        "type": _ASSIGNMENTS,
        "name": assignment,
        "apiVersion": _VERSION,
        "properties": {
            "roleDefinitionId": role,
            "principalId": principal,
            "principalType": "ServicePrincipal",
        },
    }
    yield Asked(Side.BICEP, f"roleAssignments/{name}", data, file, start)


def _place(registry: str) -> tuple[str, str, str]:
    """Subscription, resource group and name of a registry; names have no capitals."""
    if not registry.startswith("/"):
        return SUBSCRIPTION, RESOURCE_GROUP, registry.lower()
    _, _, subscription, _, group, *_, name = registry.split("/")
    return subscription.lower(), group, name.lower()


def _role(entry: Mapping[str, Any]) -> str:
    match entry:
        case {"role": str(name)}:
            return _PULL if name == "AcrPull" else _READ
        case {"roleAssignmentMode": "AbacRepositoryPermissions"}:
            return _READ
        case _:
            return _PULL


ASKS = Asks(
    _asked,
    versions={_ASSIGNMENTS: _VERSION, _DEFINITIONS: _VERSION, _REGISTRIES: "2025-11-01"},
    modules=frozenset({"role-assignment-module.bicep"}),
)
