"""Role assignments: who may pull from a registry, so that endpoints with an identity work.

The ids of the roles are those of Azure's list of built-in roles. A registry in ABAC mode does not
honour AcrPull ("Microsoft Entra attribute-based access control for repository permissions"). The
form of a registry's name is that of Microsoft.ContainerRegistry/registries@2025-11-01.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from bikube.azure.companion import Companion

ACR_PULL = "AcrPull"
REPOSITORY_READER = "Container Registry Repository Reader"
ROLES = {
    ACR_PULL: "7f951dda-4ed3-4680-a7ca-43fe172d538d",
    REPOSITORY_READER: "b93aa761-3e63-49ed-ac28-beffa264f7ac",
}
"""The roles that let one pull, each with the id that it has in all of Azure."""

ABAC = "AbacRepositoryPermissions"
"""The mode of a registry in which roles are given per repository."""

ASSIGNMENT_TYPE = "Microsoft.Authorization/roleAssignments@2022-04-01"
DEFINITION_TYPE = "Microsoft.Authorization/roleDefinitions@2022-04-01"
REGISTRY_TYPE = "Microsoft.ContainerRegistry/registries@2025-11-01"

_NAME = "[a-zA-Z0-9]{5,50}"
_GUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
# Azure writes the words of an id in several ways, and takes them in any.
_ID = (
    f"/[sS]ubscriptions/{_GUID}/[rR]esource[gG]roups/[^/]{{1,90}}/[pP]roviders"
    f"/[mM]icrosoft\\.[cC]ontainer[rR]egistry/[rR]egistries/{_NAME}"
)
REGISTRY = {"type": "string", "pattern": f"^({_NAME}|{_ID})$"}
"""The name of a registry, or its resource id."""
_PARTS = re.compile("/([^/]+)/([^/]+)/([^/]+)/([^/]+)/.*/([^/]+)")


class Registry(NamedTuple):
    """A registry: its name, and where it is if not in the resource group that is deployed to."""

    name: str
    group: str = ""
    subscription: str = ""


def registry_of(text: str) -> Registry:
    """The registry that ``text``, which is of the form of ``REGISTRY``, names."""
    found = _PARTS.fullmatch(text)
    if found is None:
        return Registry(text)
    return Registry(found[5], group=found[4], subscription=found[2])


def role_of(entry: Mapping[str, Any]) -> str:
    """The role that an entry gives; where it does not say, the mode of the registry does."""
    otherwise = REPOSITORY_READER if entry.get("roleAssignmentMode") == ABAC else ACR_PULL
    return str(entry.get("role") or otherwise)


def _identify(entry: Mapping[str, Any]) -> tuple[str, ...]:
    """Registry, principal and role: Azure takes each triple once."""
    registry, principal = entry.get("registry"), entry.get("principalId")
    if not (isinstance(registry, str) and isinstance(principal, str)):
        return ()
    return (registry.lower(), principal.lower(), role_of(entry))


COMPANION = Companion(
    section="roleAssignments",
    order=1,
    entry={
        "type": "object",
        "required": ["registry", "principalId", "identity"],
        "additionalProperties": False,
        "properties": {
            "registry": REGISTRY,
            "principalId": {"type": "string", "pattern": f"^{_GUID}$"},
            "identity": {"type": "string", "enum": ["extension", "user"]},
            "role": {"type": "string", "enum": [*ROLES]},
            "roleAssignmentMode": {
                "type": "string",
                "enum": ["LegacyRegistryPermissions", ABAC],
            },
        },
    },
    identify=_identify,
    existing=REGISTRY,
    types=(ASSIGNMENT_TYPE,),
    most=390,
)
