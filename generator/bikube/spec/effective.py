"""What a resource's properties are in both outputs: as written, but for two things.

``null`` on an optional property means not set and is left out. Settings objects that Azure
requires but that may be empty become ``{}`` where they were left out. The same walk over the
schema notes which lines the Bicep compiler would warn about for a reason that a rule has
reported already.
"""

from typing import Any, NamedTuple

from bikube.azure import Kind
from bikube.azure.versions import Schema, has_type, resolved, schemas, types_version
from bikube.diagnostics import Pointer

UNKNOWN_PROPERTY = "BCP037"
MISSPELT_PROPERTY = "BCP089"
READ_ONLY_PROPERTY = "BCP073"
TOO_LONG = "BCP332"


class Effective(NamedTuple):
    """Properties for the outputs, and the compiler's codes by the paths that they are about."""

    properties: dict[str, Any]
    codes: dict[Pointer, str]


class Normaliser:
    """Makes the properties of one kind in one API version effective."""

    def __init__(self, kind: Kind, version: str) -> None:
        loaded = schemas(types_version(kind.arm_type, version))
        self._definitions: Schema = loaded["$defs"]
        self._schema = self._resolve(loaded["resources"][kind.arm_type])
        self._typed = has_type(kind.arm_type, version)
        self._variants: dict[int, dict[str, Schema]] = {}

    def normalise(self, properties: dict[str, Any]) -> Effective:
        """``properties`` as both outputs have them; the argument stays as it is."""
        codes: dict[Pointer, str] = {}
        return Effective(self._object(properties, self._schema, (), codes), codes)

    def _value(self, value: Any, schema: Schema, path: Pointer, codes: dict[Pointer, str]) -> Any:
        if type(value) is dict:
            return self._object(value, self._resolve(schema), path, codes)
        if type(value) is list:
            item = self._resolve(schema).get("items", {})
            return [
                self._value(child, item, (*path, index), codes) for index, child in enumerate(value)
            ]
        return value

    def _object(
        self, value: dict[str, Any], schema: Schema, path: Pointer, codes: dict[Pointer, str]
    ) -> dict[str, Any]:
        schema = self._variant(value, schema)
        members = schema.get("properties")
        if members is None:
            return value
        result: dict[str, Any] = {}
        for key, child in value.items():
            if child is None:
                continue
            member = members.get(key)
            # A version without types has none to compare with: the compiler warns once, about it.
            code = _code(key, child, members) if self._typed else None
            if code is not None:
                codes[(*path, key)] = code
            nested = type(child) is dict or type(child) is list
            result[key] = self._value(child, member or {}, (*path, key), codes) if nested else child
        for key in schema.get("x-implied", ()):
            result.setdefault(key, {})
        return result

    def _variant(self, value: dict[str, Any], schema: Schema) -> Schema:
        discriminator = schema.get("x-discriminator")
        if discriminator is None:
            return schema
        variants = self._variants.get(id(schema))
        if variants is None:
            variants = self._variants[id(schema)] = {
                branch["if"]["properties"][discriminator]["const"]: self._resolve(branch["then"])
                for branch in schema["allOf"]
            }
        return variants[value[discriminator]]

    def _resolve(self, schema: Schema) -> Schema:
        found: Schema = resolved(schema, self._definitions)
        return found


def _code(key: str, value: Any, members: Schema) -> str | None:
    """What the compiler says of the member ``key`` of an object that has ``members``."""
    member = members.get(key)
    if member is None:
        return (
            f"{UNKNOWN_PROPERTY} {MISSPELT_PROPERTY}"
            if _is_near(key, members)
            else UNKNOWN_PROPERTY
        )
    if "readOnly" in member:
        return READ_ONLY_PROPERTY
    if type(value) is str and not value.isascii() and "maxLength" in member:
        # The schema counts characters, the compiler what UTF-16 makes of them.
        return TOO_LONG if len(value.encode("utf-16-le")) > 2 * member["maxLength"] else None
    return None


def _is_near(key: str, members: Schema) -> bool:
    """Whether the compiler may suggest one of ``members``; it is stricter than this."""
    # Imported here because most specs have no such key, and difflib costs start-up time.
    from difflib import get_close_matches

    return bool(get_close_matches(key.lower(), [name.lower() for name in members], 1, 0.5))
