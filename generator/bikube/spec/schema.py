"""The JSON Schema of a whole spec, put together from kinds, companions and Azure's schemas.

The linter compiles it; editors get it with descriptions (``spec.editor``).
"""

from collections.abc import Container, Mapping
from types import MappingProxyType
from typing import Any

from bikube.azure import (
    DEFAULT_VERSION,
    Api,
    Kind,
    all_sections,
    companion_sections,
    companions_of,
    kind_of,
    kind_sections,
    schemas,
    types_version,
)
from bikube.schema import DEFINITIONS, referred

NAME = {
    "type": "string",
    "minLength": 3,
    "maxLength": 63,
    "pattern": "^[a-z0-9][a-z0-9-]*[a-z0-9]$",
}
"""The name of every AIO resource: Azure's types say the same for all of them."""

_NAMESPACE = {"type": "string", "maxLength": 63, "pattern": "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"}
# Azure writes the words of an id in several ways, and takes them in any.
_CUSTOM_LOCATION = (
    "^(/subscriptions/[^/]+/resource[gG]roups/[^/]+/providers"
    "/[mM]icrosoft\\.[eE]xtended[lL]ocation/custom[lL]ocations/)?"
    "[a-zA-Z0-9]([a-zA-Z0-9_-]{0,61}[a-zA-Z0-9])?$"
)
"""The name of a custom location, as Azure's types have it, or its resource id."""
_STRINGS = {"type": "object", "additionalProperties": {"type": "string"}}
_METADATA = {
    "type": "object",
    "title": "Labels and annotations, for Kubernetes only",
    "additionalProperties": False,
    "properties": {"labels": _STRINGS, "annotations": _STRINGS},
}


def spec_schema(
    apis: Mapping[str, Api],
    version: str | None = None,
    per_section: Mapping[str, str] = MappingProxyType({}),
    described: Container[str] | None = None,
    existing: Container[str] | None = None,
) -> dict[str, Any]:
    """The schema of a spec whose sections have the properties of API ``version``.

    ``apis`` are those of the targets, by their names, whose versions the spec may choose.
    ``per_section`` are versions that single sections have instead. A version without types
    stands for the nearest that has them. Of sections that are not among those ``described``, which
    otherwise are all, there is nothing but the key; so it is with ``existing`` ones.
    """
    definitions: dict[str, Any] = {}
    sections: dict[str, Any] = {}
    for name in kind_sections():
        if described is not None and name not in described:
            sections[name] = {}
            continue
        kind = kind_of(name)
        wanted = per_section.get(kind.section, version or DEFAULT_VERSION)
        sections[kind.section] = _section(kind, types_version(kind.arm_type, wanted), definitions)
    sections.update(_companions(described))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A bikube spec",
        "type": "object",
        "required": ["bikube", "instance"],
        "additionalProperties": False,
        "patternProperties": {"^x-": {}},
        "properties": {
            "bikube": {"type": "string", "const": "v1"},
            "instance": _instance(),
            "targets": _targets(apis),
            "existing": _existing(existing),
            **sections,
        },
        "$defs": definitions,
    }


def _section(kind: Kind, version: str, definitions: dict[str, Any]) -> dict[str, Any]:
    loaded = schemas(version)
    body = _adopt(loaded["resources"][kind.arm_type], loaded["$defs"], version, definitions)
    properties = definitions[referred(body)]
    own: dict[str, Any] = {"name": NAME, "metadata": _METADATA}
    if kind.parent is not None:
        own[kind.parent.ref] = NAME
    entry = {
        **properties,
        "properties": {**own, **properties["properties"]},
        "required": ["name", *properties.get("required", ())],
    }
    return {"type": "array", "title": kind.section, "items": entry}


def _companions(described: Container[str] | None) -> dict[str, Any]:
    names = companion_sections()
    wanted = names if described is None else [name for name in names if name in described]
    return {name: {} for name in names} | {
        one.section: {
            "type": "array",
            "title": one.section,
            "maxItems": one.most,
            "items": one.entry,
        }
        for one in companions_of(wanted)
    }


def _adopt(schema: Any, source: Any, version: str, definitions: dict[str, Any]) -> Any:
    """``schema`` with its ``$ref``s led to ``definitions``, which get all that they need."""
    if isinstance(schema, list):
        return [_adopt(item, source, version, definitions) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" not in schema:
        return {key: _adopt(sub, source, version, definitions) for key, sub in schema.items()}
    name = referred(schema)
    adopted = f"{name}@{version}"
    if adopted not in definitions:
        definitions[adopted] = {}
        definitions[adopted] = _adopt(source[name], source, version, definitions)
    return {"$ref": f"{DEFINITIONS}{adopted}"}


def _instance() -> dict[str, Any]:
    return {
        "type": "object",
        "title": "The AIO instance that the resources belong to",
        "required": ["name", "customLocation"],
        "additionalProperties": False,
        "properties": {
            "name": NAME,
            "customLocation": {"type": "string", "pattern": _CUSTOM_LOCATION},
            "namespace": _NAMESPACE,
            "aioVersion": {"type": "string", "pattern": "^[0-9]+\\.[0-9]+(\\.[0-9]+)?$"},
            "sku": {"type": "string", "enum": ["Essentials", "Standard"]},
        },
    }


def _targets(apis: Mapping[str, Api]) -> dict[str, Any]:
    return {
        "type": "object",
        "title": "Versions of the outputs",
        "additionalProperties": False,
        "properties": {name: _versions(api) for name, api in apis.items()},
    }


def _versions(api: Api) -> dict[str, Any]:
    version = {"type": "string", "pattern": api.versions}
    per_section = dict.fromkeys(kind_sections(), version)
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "apiVersion": version,
            "apiVersions": {
                "type": "object",
                "additionalProperties": False,
                "properties": per_section,
            },
        },
    }


def _existing(described: Container[str] | None) -> dict[str, Any]:
    if described is None:
        described = all_sections()
    items: dict[str, Mapping[str, Any]] = {
        name: _there(name) if name in described else {} for name in kind_sections()
    }
    beside = companion_sections()
    items.update((name, {}) for name in beside if name not in described)
    for companion in companions_of([name for name in beside if name in described]):
        if companion.existing is not None:
            items[companion.section] = companion.existing
    return {
        "type": "object",
        "title": "Resources that exist, but are not described here",
        "additionalProperties": False,
        "properties": {name: {"type": "array", "items": item} for name, item in items.items()},
    }


def _there(section: str) -> dict[str, Any]:
    """How one of ``section`` is named that exists: by its name, or by its parent too."""
    parent = kind_of(section).parent
    if parent is None:
        return NAME
    both = {
        "type": "object",
        "required": ["name"],
        "additionalProperties": False,
        "properties": {"name": NAME, parent.ref: NAME},
    }
    return {"anyOf": [NAME, both]}
