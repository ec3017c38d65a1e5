"""Where in a value the properties of its schema stand, so that one at a wrong place is known."""

from collections.abc import Iterator, Mapping
from typing import Any

from bikube.diagnostics import Pointer
from bikube.schema.refs import resolved, variants

_DEEPEST = 12
"""Levels that are looked at; a schema may lead back to itself."""


def general(pointer: Pointer) -> Pointer:
    """``pointer`` with every item of a list being the first, as places are written."""
    return tuple(0 if isinstance(token, int) else token for token in pointer)


def places(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> dict[str, list[Pointer]]:
    """For each property that may be written below ``schema``, the maps that have it."""
    found: dict[str, list[Pointer]] = {}
    for above, key in _members(schema, definitions, ()):
        maps = found.setdefault(key, [])
        if above not in maps:
            maps.append(above)
    return found


def _members(
    schema: Mapping[str, Any], definitions: Mapping[str, Any], above: Pointer
) -> Iterator[tuple[Pointer, str]]:
    schema = resolved(schema, definitions)
    if len(above) > _DEEPEST or schema.get("readOnly"):
        return
    if "items" in schema:
        yield from _members(schema["items"], definitions, (*above, 0))
    if "x-discriminator" in schema:
        for body in variants(schema, definitions).values():
            yield from _members(body, definitions, above)
    for key, member in schema.get("properties", {}).items():
        if not resolved(member, definitions).get("readOnly"):
            yield above, key
            yield from _members(member, definitions, (*above, key))
