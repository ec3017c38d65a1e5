"""What the Bicep compiler says of properties for a reason that a rule has reported already.

A directive silences each of these codes, so that whoever builds the template sees what is new.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from bikube.azure import Kind, Schema, compiler_has, has_type, schemas
from bikube.diagnostics import Pointer
from bikube.schema import ByShape, Resolver, variant_name

UNKNOWN_PROPERTY = "BCP037"
MISSPELT_PROPERTY = "BCP089"
READ_ONLY_PROPERTY = "BCP073"
TOO_LONG = "BCP332"
UNKNOWN_VALUE = "BCP036"
MISSPELT_VALUE = "BCP088"
MISSING_PROPERTY = "BCP035"
NO_TYPES = "BCP081"

Codes = dict[Pointer, str]

_WITHOUT_TYPES: Schema = {"$defs": {}, "resources": {}}


def type_codes(arm_type: str, version: str) -> tuple[str, ...]:
    """What the compiler says of the line with a type and its API version."""
    return () if compiler_has(arm_type, version) else (NO_TYPES,)


class _Keys(NamedTuple):
    """Of the keys of a map: codes for them; those of bounded strings, and of maps and lists."""

    codes: list[tuple[str, str]]
    bounded: list[tuple[str, int]]
    nested: list[tuple[str, Schema]]


class Warnings:
    """What the compiler says about one kind in one API version."""

    def __init__(self, kind: Kind, version: str) -> None:
        # A version without types has none to compare with: the compiler warns once, about it.
        loaded = schemas(version) if has_type(kind.arm_type, version) else _WITHOUT_TYPES
        self._resolver = Resolver(loaded["$defs"])
        self._schema: Schema = self._resolver.resolve(loaded["resources"].get(kind.arm_type, {}))
        self._keys = ByShape(self._look_at_keys)

    def codes(self, properties: dict[str, Any]) -> Codes:
        """Its codes for effective ``properties``, by the paths of the lines that they are about."""
        found: Codes = {}
        self._look(properties, self._schema, (), found)
        return found

    def _look(
        self, value: Any, schema: Schema, path: Pointer, found: Codes, *, required: bool = True
    ) -> None:
        if type(value) is dict and "x-discriminator" in schema:
            self._look_at_union(value, schema, path, found, required=required)
        elif type(value) is dict:
            self._look_at_members(value, schema, path, found)
        elif type(value) is list and "items" in schema:
            item = self._resolver.resolve(schema["items"])
            for index, child in enumerate(value):
                self._look(child, item, (*path, index), found)

    def _look_at_union(
        self, value: dict[str, Any], union: Schema, path: Pointer, found: Codes, *, required: bool
    ) -> None:
        """What there is to say of a variant, and of a value that the types do not have as one."""
        key, bodies = union["x-discriminator"], self._resolver.variants(union)
        chosen = value[key]
        if chosen in bodies:
            self._look_at_members(value, bodies[chosen], path, found)
            return
        near = variant_name(chosen, bodies)
        found[(*path, key)] = UNKNOWN_VALUE if near is None else MISSPELT_VALUE
        if len(bodies) == 1 and not required:
            # Only then the compiler takes a union for its one variant, and looks further.
            (body,) = bodies.values()
            if not value.keys() >= {*body.get("required", ()), *body.get("x-implied", ())}:
                found[path] = MISSING_PROPERTY
            self._look_at_members(value, body, path, found)

    def _look_at_members(
        self, value: dict[str, Any], schema: Schema, path: Pointer, found: Codes
    ) -> None:
        if "properties" not in schema:
            return
        keys = self._keys.of(value, schema)
        for key, code in keys.codes:
            found[(*path, key)] = code
        for key, most in keys.bounded:
            if _is_too_long(value[key], most):
                found[(*path, key)] = TOO_LONG
        needed = (*schema.get("required", ()), *schema.get("x-implied", ()))
        for key, member in keys.nested:
            child = value[key]
            if type(child) is dict or type(child) is list:
                self._look(child, member, (*path, key), found, required=key in needed)

    def _look_at_keys(self, value: Mapping[str, Any], schema: Mapping[str, Any]) -> _Keys:
        members, extra = schema["properties"], schema.get("additionalProperties", False)
        keys = _Keys([], [], self._resolver.nested(value, schema))
        for key in value:
            member = members.get(key, None if extra is False else extra)
            if member is None:
                keys.codes.append((key, _code_of_unknown(key, members)))
            elif "readOnly" in member:
                keys.codes.append((key, READ_ONLY_PROPERTY))
            elif "maxLength" in member:
                keys.bounded.append((key, member["maxLength"]))
        return keys


def _code_of_unknown(key: str, members: Schema) -> str:
    near = _is_near(key, members)
    return f"{UNKNOWN_PROPERTY} {MISSPELT_PROPERTY}" if near else UNKNOWN_PROPERTY


def _is_too_long(value: Any, most: int) -> bool:
    """Whether a string has more UTF-16 units than ``most``; the schema counts characters."""
    return type(value) is str and not value.isascii() and len(value.encode("utf-16-le")) > 2 * most


def _is_near(key: str, members: Schema) -> bool:
    """Whether the compiler may suggest one of ``members``; it is stricter than this."""
    # Imported here because most specs have no such key.
    from difflib import get_close_matches

    return bool(get_close_matches(key.lower(), [name.lower() for name in members], 1, 0.5))
