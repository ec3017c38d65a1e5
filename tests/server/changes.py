"""Changes to a resource's properties that Azure's types refuse, made by following these types."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from tests.support.samples import samples

from bikube.schema import resolved, variants

Schema = Mapping[str, Any]


class Change(NamedTuple):
    """Properties with one thing spoilt: what ``sort`` of thing, and ``at`` which path."""

    sort: str
    at: str
    properties: Any


def changes(value: Any, schema: Schema, definitions: Schema) -> Iterator[Change]:
    """``value`` spoilt in every way, one at a time: the whole value each time."""
    plain = resolved(schema, definitions)
    if "x-discriminator" in plain:
        yield from _of_union(value, plain, definitions)
        plain = variants(plain, definitions)[value[plain["x-discriminator"]]]
    if isinstance(value, dict):
        yield from _of_object(value, plain, definitions)
    elif isinstance(value, list):
        yield Change("type", "", {})
        for index, item in enumerate(value):
            for one in changes(item, plain["items"], definitions):
                spoilt = [*value[:index], one.properties, *value[index + 1 :]]
                yield Change(one.sort, f"[{index}]{one.at}", spoilt)
    elif "type" in plain:
        yield Change("type", "", 1 if isinstance(value, str) else str(value).lower())
        if {"const", "enum"} & plain.keys():
            yield Change("case", "", value.swapcase())


def _of_union(value: dict[str, Any], plain: Schema, definitions: Schema) -> Iterator[Change]:
    """Members of the variants that ``value`` has not chosen."""
    key = plain["x-discriminator"]
    each = variants(plain, definitions)
    for other in each.values():
        for name in other["properties"].keys() - each[value[key]]["properties"].keys():
            foreign = samples(other["properties"][name], definitions)[0]
            yield Change("variant", f".{name}", {**value, name: foreign})


def _of_object(value: dict[str, Any], plain: Schema, definitions: Schema) -> Iterator[Change]:
    members: Schema = plain.get("properties", {})
    others = plain.get("additionalProperties", {})
    if others is False:
        yield Change("unknown", ".unheardOf", {**value, "unheardOf": "abc"})
    for key in plain.get("required", ()):
        yield Change("missing", f".{key}", {name: value[name] for name in value if name != key})
    for key, child in value.items():
        if key in members or others:
            for one in changes(child, members.get(key, others), definitions):
                yield Change(one.sort, f".{key}{one.at}", {**value, key: one.properties})
