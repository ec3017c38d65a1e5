"""What changes for one value when its schema changes: of what it uses, and of what it could use."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from bikube.diagnostics import Pointer
from bikube.schema import resolved, variants

Sort = Literal["added", "back", "removed", "renamed", "relaxed", "tightened"]
_Schema = Mapping[str, Any]

_LEAST = ("minLength", "minimum", "minItems")
_MOST = ("maxLength", "maximum", "maxItems")


class Difference(NamedTuple):
    """One change: its ``sort``, ``at`` which pointer of the value, and in words ``what`` it is.

    What is added, or is required now, may not be there yet; ``at`` is where it would be. What is
    ``back`` was there before and gone in the meantime; what is ``renamed`` goes by another name.
    """

    sort: Sort
    at: Pointer
    what: str


class Side(NamedTuple):
    """A schema, and the definitions to which it leads."""

    schema: _Schema
    definitions: _Schema

    def below(self, schema: _Schema) -> "Side":
        """``schema``, which is a part of this one."""
        return Side(schema, self.definitions)


def differences(value: Any, old: Side, new: Side, at: Pointer = ()) -> Iterator[Difference]:
    """What is different for ``value`` by ``new``, where ``old`` has held so far."""
    before, after = _chosen(value, old), _chosen(value, new)
    if before is None:
        return
    if after is None:
        key = _plain(new)["x-discriminator"]
        yield Difference("removed", (*at, key), f'variant "{value[key]}"')
        return
    if isinstance(value, dict):
        yield from _of_object(value, old.below(before), new.below(after), at)
        return
    yield from _of_bounds(before, after, at)
    if isinstance(value, list) and {"items"} <= before.keys() & after.keys():
        of_old, of_new = old.below(before["items"]), new.below(after["items"])
        for index, item in enumerate(value):
            yield from differences(item, of_old, of_new, (*at, index))


def _plain(side: Side) -> Any:
    return resolved(side.schema, side.definitions)


def _chosen(value: Any, side: Side) -> Any:
    """The schema of ``value``, that of its variant in a union; ``None`` if there is no such one."""
    plain = _plain(side)
    key = plain.get("x-discriminator")
    if key is None or not isinstance(value, dict):
        return plain
    chosen = value.get(key)
    if chosen in plain.get("x-described", ()):
        return {}
    return variants(plain, side.definitions).get(str(chosen))


def _of_object(value: Mapping[str, Any], old: Side, new: Side, at: Pointer) -> Iterator[Difference]:
    before, after = _writable(old.schema), _writable(new.schema)
    for key, child in value.items():
        place = (*at, key)
        if key in before and key in after:
            yield from differences(child, old.below(before[key]), new.below(after[key]), place)
        elif key in before and "properties" in new.schema:
            yield Difference("removed", place, "")
        elif isinstance(old.schema.get("additionalProperties"), Mapping):
            others = "additionalProperties"
            now = new.below(new.schema.get(others, {}))
            yield from differences(child, old.below(old.schema[others]), now, place)
    needed, needs = (set(one.schema.get("required", ())) for one in (old, new))
    for key in sorted(after.keys() - before.keys() - value.keys()):
        yield Difference("added", (*at, key), "required" if key in needs else "optional")
    for key in sorted(before.keys() & after.keys() & (needs ^ needed)):
        is_needed = key in needs
        sort: Sort = "tightened" if is_needed else "relaxed"
        yield Difference(sort, (*at, key), "required now" if is_needed else "optional now")


def _writable(schema: _Schema) -> dict[str, _Schema]:
    members = schema.get("properties", {})
    return {key: one for key, one in members.items() if not one.get("readOnly")}


def _of_bounds(before: _Schema, after: _Schema, at: Pointer) -> Iterator[Difference]:
    for key in (*_LEAST, *_MOST):
        old, new = before.get(key), after.get(key)
        if old != new:
            is_more = old is None or (new is not None and (new > old) is (key in _LEAST))
            yield Difference("tightened" if is_more else "relaxed", at, _told(key, old, new))
    pattern = before.get("pattern"), after.get("pattern")
    if pattern[0] != pattern[1]:
        sort: Sort = "relaxed" if pattern[1] is None else "tightened"
        yield Difference(sort, at, _told("pattern", *pattern))
    old_values, new_values = _listed(before), _listed(after)
    gone = [one for one in old_values if one not in new_values]
    come = [one for one in new_values if one not in old_values]
    if gone:
        yield Difference("tightened", at, f"without {', '.join(gone)}")
    if come and old_values:
        yield Difference("relaxed", at, f"with {', '.join(come)}")


def _told(key: str, old: object, new: object) -> str:
    shown = ["none" if one is None else str(one) for one in (old, new)]
    return f"{key} {' → '.join(shown)}"


def _listed(schema: _Schema) -> Sequence[str]:
    values: Sequence[str] = schema.get("enum", schema.get("x-known", ()))
    return values
