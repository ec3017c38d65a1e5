"""What type data may consist of: anything else stops the derivation, so that nothing gets lost."""

import json
import re
from collections.abc import Iterator
from typing import Any

from scripts.schemas.errors import Unusable

# Bits of a property's `flags` (bicep-types, ObjectTypePropertyFlags).
REQUIRED = 1
READ_ONLY = 2
_NO_MATTER = 4 | 8  # write-only; known when a deployment starts
_IDENTIFIER = 16
_FLAGS = REQUIRED | READ_ONLY | _NO_MATTER | _IDENTIFIER

_NEEDED = {
    "AnyType": (),
    "ArrayType": ("itemType",),
    "BooleanType": (),
    "DiscriminatedObjectType": ("baseProperties", "discriminator", "elements", "name"),
    "IntegerType": (),
    "ObjectType": ("name", "properties"),
    "ResourceType": ("body", "name"),
    "StringLiteralType": ("value",),
    "StringType": (),
    "UnionType": ("elements",),
}
_OPTIONAL = {
    "ArrayType": ("maxLength", "minLength"),
    "IntegerType": ("maxValue", "minValue"),
    "ObjectType": ("additionalProperties",),
    "ResourceType": ("readableScopes", "writableScopes"),
    "StringType": ("maxLength", "minLength", "pattern"),
}

# What ECMA-262 and Python both have, or what `bikube.schema.scalars` translates: "$", "." and "\d".
# Look-ahead is among it: the compiler, `jsonschema` and editors all know it.
_PATTERN = re.compile(
    r"""(?: \\d | \\[^\w\s]             # a digit, a sign as such
          | \[\^?(?:[^\\\[\]]|\\[^\w\s])+\]  # a class, without letters for sets in it
          | \(\?[:=!] | \((?!\?) | \)  # groups, and a look ahead
          | \{\d+(?:,\d*)?\}
          | [^\\\[\](){}]
        )*""",
    re.VERBOSE | re.DOTALL,
)


def check(types: list[dict[str, Any]]) -> None:
    """Look at every type of an API version.

    Raises:
        Unusable: one of them is not understood; it is named.
    """
    for place, source in enumerate(types):
        for fault in _faults(source, len(types)):
            name = f' ("{source["name"]}")' if "name" in source else ""
            raise Unusable(f"type {place}{name}: {fault}")


def _faults(source: dict[str, Any], count: int) -> Iterator[str]:
    kind = source.get("$type", "")
    if kind not in _NEEDED:
        yield f'unknown kind "{kind}"'
        return
    known = {"$type", *_NEEDED[kind], *_OPTIONAL.get(kind, ())}
    yield from (f'unknown key "{key}" in {kind}' for key in source if key not in known)
    yield from (f'no "{key}" in {kind}' for key in _NEEDED[kind] if key not in source)
    for target in _targets(source):
        if not re.fullmatch(r"#/\d+", target) or int(target[2:]) >= count:
            yield f'"{target}" leads to none of the types'
    if not _is_known_pattern(source.get("pattern", "")):
        yield f"unknown words in the pattern {json.dumps(source['pattern'])}"
    yield from _faults_of_members(source)


def _faults_of_members(source: dict[str, Any]) -> Iterator[str]:
    for name, member in {
        **source.get("baseProperties", {}),
        **source.get("properties", {}),
    }.items():
        if member.keys() - {"description"} != {"type", "flags"}:
            yield f'unknown or missing keys in the property "{name}"'
        elif member["flags"] & ~_FLAGS:
            yield f'unknown flags {member["flags"]} of the property "{name}"'


def _targets(value: Any) -> Iterator[str]:
    """Where all references in `value` lead."""
    if isinstance(value, dict):
        if "$ref" in value and isinstance(value["$ref"], str):
            yield value["$ref"]
        else:
            for child in value.values():
                yield from _targets(child)
    elif isinstance(value, list):
        for child in value:
            yield from _targets(child)


def _is_known_pattern(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return _PATTERN.fullmatch(pattern) is not None
