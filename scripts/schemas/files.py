"""The files that follow from a Bicep CLI: a schema for each API version, and where it is from."""

from scripts.schemas.carried import Carried, Types
from scripts.schemas.derivation import derive
from scripts.schemas.errors import Unusable
from scripts.schemas.layout import json_text

FIRST = "2024-11-01"
"""The API version of the first release. What came before were previews without a schema here."""

RECORD = "bicep.json"


def files(found: Carried) -> dict[str, str]:
    """The files below `bikube/azure`, by their path there.

    Raises:
        Unusable: the types have something that is not understood, or are all too old.
    """
    described = {version: types for version, types in found.versions.items() if version >= FIRST}
    if not described:
        raise Unusable(f"its types of AIO end before {FIRST}; a newer Bicep CLI is needed")
    schemas = {
        f"schemas/{version}.json": json_text(_derived(version, types))
        for version, types in described.items()
    }
    return {**schemas, RECORD: json_text(_record(found))}


def _derived(version: str, types: Types) -> object:
    try:
        return derive(types, version)
    except Unusable as error:
        raise Unusable(f"{version}: {error}; teach the derivation about it") from error


def _record(found: Carried) -> object:
    """Where the schemas are from, and which types the older versions have."""
    older = {
        version: sorted(one["name"].partition("@")[0] for one in types if _is_resource(one))
        for version, types in found.versions.items()
        if version < FIRST
    }
    return {"bicep": found.bicep, "types": found.types, "older": older}


def _is_resource(one: dict[str, object]) -> bool:
    return one.get("$type") == "ResourceType"
