"""What a resource's properties are in every output: as written, but for two things.

``null`` on an optional property means not set and is left out. Settings objects that Azure
requires but that may be empty become ``{}`` where they were left out.
"""

from typing import Any

from bikube.azure import Kind, Schema, schemas, types_version
from bikube.schema import ByShape, Resolver


class Normaliser:
    """Makes the properties of one kind in one API version effective."""

    def __init__(self, kind: Kind, version: str) -> None:
        loaded = schemas(types_version(kind.arm_type, version))
        self._resolver = Resolver(loaded["$defs"])
        self._nested = ByShape(self._resolver.nested)
        self._schema: Schema = self._resolver.resolve(loaded["resources"][kind.arm_type])

    def normalise(self, properties: dict[str, Any]) -> dict[str, Any]:
        """``properties`` as all outputs have them; the argument stays as it is."""
        return self._object(properties, self._schema)

    def _value(self, value: Any, schema: Schema) -> Any:
        if type(value) is dict:
            return self._object(value, schema)
        if type(value) is list:
            item = self._resolver.resolve(schema.get("items", {}))
            return [self._value(child, item) for child in value]
        return value

    def _object(self, value: dict[str, Any], schema: Schema) -> dict[str, Any]:
        schema = self._resolver.variant(value, schema)
        members = schema.get("properties")
        if members is None:
            return value
        # What stands in a map of any keys has a type as well, if the map says one; null is one of
        # its values.
        others = schema.get("additionalProperties", False)
        result = dict(value)
        if None in value.values():
            for key, child in value.items():
                if child is None and (others is False or key in members):
                    del result[key]
        for key, member in self._nested.of(value, schema):
            if key in result:
                result[key] = self._value(result[key], member)
        for key in schema.get("x-implied", ()):
            result.setdefault(key, {})
        return result
