"""How one part of a JSON Schema leads to another: references, and the variants of a union."""

from collections.abc import Container, Mapping
from typing import Any

DEFINITIONS = "#/$defs/"
"""What every ``$ref`` begins with."""

_SCALARS = ("string", "integer", "number", "boolean")


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
        self._nested: dict[tuple[object, ...], list[tuple[str, Any]]] = {}

    def resolve(self, schema: Mapping[str, Any]) -> Any:
        """``schema``, or that to which it leads."""
        return resolved(schema, self._definitions)

    def variant(self, value: Mapping[str, Any], schema: Mapping[str, Any]) -> Any:
        """The variant of ``schema`` that ``value`` has chosen; ``schema`` if that is none."""
        discriminator = schema.get("x-discriminator")
        if discriminator is None:
            return schema
        known = self.variants(schema)
        chosen = variant_name(value[discriminator], known)
        return known[chosen] if chosen is not None else schema

    def nested(self, value: Mapping[str, Any], schema: Mapping[str, Any]) -> list[tuple[str, Any]]:
        """The keys of ``value``, a map, whose values may have members, and the schema of each.

        Maps with ``properties`` have few sets of keys, so that most of their members cost no look.
        """
        members, others = schema["properties"], schema.get("additionalProperties") or {}
        if not members:
            item = self.resolve(others)
            return [] if item.get("type") in _SCALARS else [(key, item) for key in value]
        shape = (id(schema), *value)
        known = self._nested.get(shape)
        if known is None:
            there = [(key, self.resolve(members.get(key, others))) for key in value]
            known = [(key, one) for key, one in there if one.get("type") not in _SCALARS]
            self._nested[shape] = known
        return known

    def variants(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """The schemas of the union ``schema``, by the values of its discriminator."""
        known = self._variants.get(id(schema))
        if known is None:
            known = self._variants[id(schema)] = variants(schema, self._definitions)
        return known


def variant_name(written: str, known: Container[str]) -> str | None:
    """The one of the ``known`` variants that ``written`` chooses, also in lower camel case."""
    if written in known:
        return written
    pascal = written[:1].upper() + written[1:]
    return pascal if pascal in known else None


def variants(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> dict[str, Any]:
    """The schemas of the union ``schema``, by the values of its discriminator."""
    key = schema["x-discriminator"]
    return {
        branch["if"]["properties"][key]["const"]: resolved(branch["then"], definitions)
        for branch in schema["allOf"]
    }
