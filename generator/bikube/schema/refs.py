"""How one part of a JSON Schema leads to another: references, and the variants of a union."""

from collections.abc import Callable, Container, Mapping
from typing import Any, Generic, TypeVar

DEFINITIONS = "#/$defs/"
"""What every ``$ref`` begins with."""

_Told = TypeVar("_Told")
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
        """The keys of ``value``, a map, whose values may have members, and the schema of each."""
        members, others = schema["properties"], schema.get("additionalProperties") or {}
        there = [(key, self.resolve(members.get(key, others))) for key in value]
        return [(key, one) for key, one in there if one.get("type") not in _SCALARS]

    def variants(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """The schemas of the union ``schema``, by the values of its discriminator."""
        known = self._variants.get(id(schema))
        if known is None:
            known = self._variants[id(schema)] = variants(schema, self._definitions)
        return known


class ByShape(Generic[_Told]):
    """What ``tell`` says of a map with a schema, which depends on the keys of the map alone.

    It is remembered where the schema has ``properties``: few sets of keys come of those, and maps
    of any keys each have others. The schemas have to live as long as this.
    """

    def __init__(self, tell: Callable[[Mapping[str, Any], Mapping[str, Any]], _Told]) -> None:
        self._tell = tell
        self._known: dict[tuple[object, ...], _Told] = {}

    def of(self, value: Mapping[str, Any], schema: Mapping[str, Any]) -> _Told:
        """What there is to say of ``value`` and of every map with the same keys and schema."""
        if not schema["properties"]:
            return self._tell(value, schema)
        shape = (id(schema), *value)
        known = self._known.get(shape)
        if known is None:
            known = self._known[shape] = self._tell(value, schema)
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
