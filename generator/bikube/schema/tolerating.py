"""Unions as editors are to hold them, which underline what the linter only warns of.

A variant may be chosen in lower camel case, and some values stand only in a description; neither is
offered, and neither is underlined.
"""

from collections.abc import Mapping
from typing import Any

from bikube.schema.refs import resolved


def tolerant(schema: Any, definitions: Mapping[str, Any]) -> Any:
    """``schema``, whose unions take what ``Compiler`` only warns of; with the keywords of editors.

    The variants of a union lead no longer to ``definitions``, but stand in it. Where a variant has
    ``const`` for its discriminator, it has ``x-variant`` instead.
    """
    if isinstance(schema, list):
        return [tolerant(item, definitions) for item in schema]
    if not isinstance(schema, Mapping):
        return schema
    if "x-discriminator" in schema:
        return _union(schema, definitions)
    return {key: tolerant(inner, definitions) for key, inner in schema.items()}


def _union(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> dict[str, Any]:
    key = schema["x-discriminator"]
    known = [branch["if"]["properties"][key]["const"] for branch in schema["allOf"]]
    described = schema.get("x-described", ())
    chosen = {
        "type": "string",
        "pattern": f"^({'|'.join([*map(_any_case, known), *described])})$",
        "patternErrorMessage": f"Valid values: {', '.join(known)}.",
        "x-variants": known,
    }
    branches = [_branch(branch, key, definitions) for branch in schema["allOf"]]
    properties = {**schema["properties"], key: chosen}
    return {**schema, "properties": properties, "allOf": branches}


def _branch(branch: Mapping[str, Any], key: str, definitions: Mapping[str, Any]) -> dict[str, Any]:
    value = branch["if"]["properties"][key]["const"]
    body = tolerant(resolved(branch["then"], definitions), definitions)
    own = {"type": "string", "x-variant": value}
    return {
        "if": {
            "properties": {key: {"type": "string", "pattern": f"^{_any_case(value)}$"}},
            "required": [key],
        },
        "then": {**body, "properties": {**body["properties"], key: own}},
    }


def _any_case(value: str) -> str:
    """The pattern of ``value`` and of its form in lower camel case."""
    return f"[{value[0].lower()}{value[0].upper()}]{value[1:]}"
