"""What the Bicep compiler says of properties for a reason that a rule has reported already.

A directive silences each of these codes, so that whoever builds the template sees what is new.
"""

from typing import Any

from bikube.azure import Kind, Schema, compiler_has, has_type, schemas
from bikube.diagnostics import Pointer
from bikube.schema import Resolver, variant_name

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


class Warnings:
    """What the compiler says about one kind in one API version."""

    def __init__(self, kind: Kind, version: str) -> None:
        # A version without types has none to compare with: the compiler warns once, about it.
        loaded = schemas(version) if has_type(kind.arm_type, version) else _WITHOUT_TYPES
        self._resolver = Resolver(loaded["$defs"])
        self._schema: Schema = loaded["resources"].get(kind.arm_type, {})

    def codes(self, properties: dict[str, Any]) -> Codes:
        """Its codes for effective ``properties``, by the paths of the lines that they are about."""
        found: Codes = {}
        self._look(properties, self._schema, (), found)
        return found

    def _look(
        self, value: Any, schema: Schema, path: Pointer, found: Codes, *, required: bool = True
    ) -> None:
        schema = self._resolver.resolve(schema)
        if type(value) is dict and "x-discriminator" in schema:
            self._look_at_union(value, schema, path, found, required=required)
        elif type(value) is dict:
            self._look_at_members(value, schema, path, found)
        elif type(value) is list and "items" in schema:
            for index, child in enumerate(value):
                self._look(child, schema["items"], (*path, index), found)

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
        members = schema.get("properties")
        if members is None:
            return
        extra = schema.get("additionalProperties", False)
        others = None if extra is False else extra
        for key, child in value.items():
            member = members.get(key, others)
            code = _code(child, member) if member is not None else _code_of_unknown(key, members)
            if code is not None:
                found[(*path, key)] = code
            if member is not None and (type(child) is dict or type(child) is list):
                is_needed = key in schema.get("required", ()) or key in schema.get("x-implied", ())
                self._look(child, member, (*path, key), found, required=is_needed)


def _code_of_unknown(key: str, members: Schema) -> str:
    near = _is_near(key, members)
    return f"{UNKNOWN_PROPERTY} {MISSPELT_PROPERTY}" if near else UNKNOWN_PROPERTY


def _code(value: Any, member: Schema) -> str | None:
    """What the compiler says of ``value`` as a member with the schema ``member``."""
    if "readOnly" in member:
        return READ_ONLY_PROPERTY
    if type(value) is str and not value.isascii() and "maxLength" in member:
        # The schema counts characters, the compiler what UTF-16 makes of them.
        return TOO_LONG if len(value.encode("utf-16-le")) > 2 * member["maxLength"] else None
    return None


def _is_near(key: str, members: Schema) -> bool:
    """Whether the compiler may suggest one of ``members``; it is stricter than this."""
    # Imported here because most specs have no such key.
    from difflib import get_close_matches

    return bool(get_close_matches(key.lower(), [name.lower() for name in members], 1, 0.5))
