"""How one part of a JSON Schema leads to another: references, and the variants of a union."""

from collections.abc import Mapping
from typing import Any

DEFINITIONS = "#/$defs/"
"""What every ``$ref`` begins with."""


def referred(schema: Mapping[str, Any]) -> str:
    """The name in ``$defs`` that the ``$ref`` of ``schema`` leads to."""
    name: str = schema["$ref"].removeprefix(DEFINITIONS)
    return name


def resolved(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Any:
    """``schema``, or that of ``definitions`` to which it leads."""
    while "$ref" in schema:
        schema = definitions[referred(schema)]
    return schema


class Resolver:
    """Finds the schema that a valid value is held to, among those that share ``definitions``."""

    def __init__(self, definitions: Mapping[str, Any]) -> None:
        self._definitions = definitions
        self._variants: dict[int, dict[str, Any]] = {}

    def resolve(self, schema: Mapping[str, Any]) -> Any:
        """``schema``, or that to which it leads."""
        return resolved(schema, self._definitions)

    def variant(self, value: Mapping[str, Any], schema: Mapping[str, Any]) -> Any:
        """The variant of ``schema`` that ``value`` has chosen; ``schema`` if it is no union."""
        discriminator = schema.get("x-discriminator")
        if discriminator is None:
            return schema
        known = self._variants.get(id(schema))
        if known is None:
            known = self._variants[id(schema)] = variants(schema, self._definitions)
        return known[value[discriminator]]


def variants(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> dict[str, Any]:
    """The schemas of the union ``schema``, by the values of its discriminator."""
    key = schema["x-discriminator"]
    return {
        branch["if"]["properties"][key]["const"]: resolved(branch["then"], definitions)
        for branch in schema["allOf"]
    }
