"""The schemas of custom resources, in the part of OpenAPI that Kubernetes calls structural.

Source: https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions
"""

import re
from collections.abc import Mapping
from typing import Any

from bikube.azure import Schema
from bikube.crd.unions import merge
from bikube.schema import resolved, variants

_BOUNDS = {
    "string": ("minLength", "maxLength", "enum"),
    "integer": ("minimum", "maximum"),
    "array": ("minItems", "maxItems"),
}
_OPEN = "x-kubernetes-preserve-unknown-fields"
_LOOK_AROUND = re.compile(r"\(\?(?:<?[=!])")


def structural(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Schema:
    """The structural schema of the values that ``schema`` allows, without references.

    What only Azure sets is left out, and so is a pattern that looks around, which the API server's
    engine cannot. Values that Azure lists for a string that may hold others bind nobody.
    """
    plain = resolved(schema, definitions)
    if "x-discriminator" in plain:
        return _union(plain, definitions)
    kind = plain.get("type")
    if kind is None:
        return {_OPEN: True}
    if kind == "object":
        return _object(plain, definitions)
    bounds = {key: plain[key] for key in _BOUNDS.get(kind, ()) if key in plain}
    if kind == "array":
        return {"type": kind, **bounds, "items": structural(plain["items"], definitions)}
    pattern = plain.get("pattern")
    if pattern is not None and not _LOOK_AROUND.search(pattern):
        bounds["pattern"] = pattern
    if "const" in plain:
        bounds["enum"] = [plain["const"]]
    return {"type": kind, **bounds}


def _object(plain: Schema, definitions: Mapping[str, Any]) -> Schema:
    others = plain.get("additionalProperties", {})
    if not plain.get("properties"):
        return {"type": "object", **_members(others, definitions)}
    members = {
        key: structural(member, definitions)
        for key, member in plain["properties"].items()
        if not member.get("readOnly")
    }
    # What is implied may be empty, but Azure requires it, and all outputs have it.
    required = sorted({*plain.get("required", ()), *plain.get("x-implied", ())})
    needs: Schema = {"required": required} if required else {}
    return {"type": "object", **needs, "properties": members}


def _members(others: Any, definitions: Mapping[str, Any]) -> Schema:
    """What a map may hold that has no members of its own."""
    if others is False:
        return {}
    if not others or others is True:
        return {_OPEN: True}
    return {"additionalProperties": structural(others, definitions)}


def _union(plain: Schema, definitions: Mapping[str, Any]) -> Schema:
    key = plain["x-discriminator"]
    each = {
        value: structural(variant, definitions)
        for value, variant in variants(plain, definitions).items()
    }
    # What only a description lists stands alone, as the outputs have it.
    alone = {"type": "object", "required": [key], "properties": {key: {"type": "string"}}}
    return merge(key, {**each, **dict.fromkeys(plain.get("x-described", ()), alone)})
