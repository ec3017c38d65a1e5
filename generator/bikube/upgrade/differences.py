"""What changes for one value when its schema changes: of what it uses, and of what it could use."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from bikube.diagnostics import Pointer
from bikube.schema import referred, resolved, variant_name, variants

Sort = Literal["added", "back", "removed", "renamed", "relaxed", "tightened"]
_Schema = Mapping[str, Any]

NULL = "null"
"""What is said of a removed property that was null: neither output has had it."""

_LEAST = ("minLength", "minimum", "minItems")
_MOST = ("maxLength", "maximum", "maxItems")


class Difference(NamedTuple):
    """One change: its ``sort``, ``at`` which pointer of the value, and in words ``what`` it is.

    What is added, or is required now, may not be there yet; ``at`` is where it would be. What is
    ``back`` was there before and gone in the meantime; what is ``renamed`` goes by another name.
    A variant of a union that is ``removed`` is told at the property that chooses it.
    """

    sort: Sort
    at: Pointer
    what: str

    @property
    def is_going(self) -> bool:
        """Whether it is a property as a whole that the value cannot keep."""
        return self.sort == "renamed" or (self.sort == "removed" and self.what in ("", NULL))


class Side(NamedTuple):
    """A schema, and the definitions to which it leads.

    ``same`` are those that are no other on the side with which this one is compared.
    """

    schema: _Schema
    definitions: _Schema
    same: frozenset[str] = frozenset()

    def below(self, schema: _Schema) -> "Side":
        """``schema``, which is a part of this one."""
        return Side(schema, self.definitions, self.same)


def same_definitions(old: _Schema, new: _Schema) -> frozenset[str]:
    """The names that lead to the same in the definitions ``old`` and ``new``, all the way down."""
    same = {name for name in old if old[name] == new.get(name)}
    leads = {name: frozenset(_referred(old[name])) for name in same}
    while others := {name for name in same if not leads[name] <= same}:
        same -= others
    return frozenset(same)


def _referred(schema: Any) -> Iterator[str]:
    """The definitions to which ``schema`` leads at once."""
    if isinstance(schema, Mapping) and "$ref" in schema:
        yield referred(schema)
        return
    inner = schema.values() if isinstance(schema, Mapping) else schema
    if isinstance(inner, Iterable) and not isinstance(inner, str):
        for one in inner:
            yield from _referred(one)


def differences(value: Any, old: Side, new: Side, at: Pointer = ()) -> Iterator[Difference]:
    """What is different for ``value`` by ``new``, where ``old`` has held so far."""
    if value is None or _is_same(old, new):
        return
    before, after = _chosen(value, old), _chosen(value, new)
    if before is None:
        return
    if after is None:
        key = _plain(new)["x-discriminator"]
        yield Difference("removed", (*at, key), f'variant "{value[key]}"')
        return
    types = [one.get("type", "any") for one in (before, after)]
    if types[0] != types[1]:
        sort: Sort = "relaxed" if types[1] == "any" else "tightened"
        yield Difference(sort, at, _told("type", *types))
    elif isinstance(value, dict):
        yield from _of_variants(old, new, at)
        yield from _of_object(value, old.below(before), new.below(after), at)
    else:
        yield from _of_bounds(before, after, at)
        yield from _of_items(value, old.below(before), new.below(after), at)


def _is_same(old: Side, new: Side) -> bool:
    """Whether one definition is named that is the same; most are, and need no further look."""
    one, other = old.schema.get("$ref"), new.schema.get("$ref")
    return one is not None and one == other and referred(old.schema) in old.same


def _plain(side: Side) -> Any:
    return resolved(side.schema, side.definitions)


def _chosen(value: Any, side: Side) -> Any:
    """The schema of ``value``, that of its variant in a union; ``None`` if there is no such one."""
    plain = _plain(side)
    key = plain.get("x-discriminator")
    if key is None or not isinstance(value, dict):
        return plain
    chosen, known = str(value.get(key)), variants(plain, side.definitions)
    if chosen in plain.get("x-described", ()):
        return {}
    name = variant_name(chosen, known)
    return known[name] if name is not None else None


def _of_variants(old: Side, new: Side, at: Pointer) -> Iterator[Difference]:
    """Which variants could be chosen in place of the one that is, in a union."""
    before, after = _plain(old), _plain(new)
    key = before.get("x-discriminator")
    if key is not None and after.get("x-discriminator") == key:
        names = list(variants(before, old.definitions)), list(variants(after, new.definitions))
        yield from _of_lists(*names, (*at, key))


def _of_object(value: Mapping[str, Any], old: Side, new: Side, at: Pointer) -> Iterator[Difference]:
    before, after = _writable(old.schema), _writable(new.schema)
    for key, child in value.items():
        place = (*at, key)
        was, now = (_member(one, key) for one in (old, new))
        if was is not None and now is not None:
            yield from differences(child, old.below(was), new.below(now), place)
        elif was is not None and "properties" in new.schema:
            yield Difference("removed", place, NULL if child is None else "")
    needed, needs = (set(one.schema.get("required", ())) for one in (old, new))
    for key in sorted(after.keys() - before.keys() - value.keys()):
        yield Difference("added", (*at, key), "required" if key in needs else "optional")
    for key in sorted(before.keys() & after.keys() & (needs ^ needed)):
        is_needed = key in needs
        sort: Sort = "tightened" if is_needed else "relaxed"
        yield Difference(sort, (*at, key), "required now" if is_needed else "optional now")


def _of_items(value: Any, old: Side, new: Side, at: Pointer) -> Iterator[Difference]:
    if isinstance(value, list) and {"items"} <= old.schema.keys() & new.schema.keys():
        of_old, of_new = old.below(old.schema["items"]), new.below(new.schema["items"])
        for index, item in enumerate(value):
            yield from differences(item, of_old, of_new, (*at, index))


def _member(side: Side, key: str) -> _Schema | None:
    """The schema of the member ``key`` of what ``side`` is for, if it may be written there."""
    others = side.schema.get("additionalProperties")
    return _writable(side.schema).get(key, others if isinstance(others, Mapping) else None)


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
    yield from _of_lists(_listed(before), _listed(after), at)


def _of_lists(before: Sequence[str], after: Sequence[str], at: Pointer) -> Iterator[Difference]:
    gone = [one for one in before if one not in after]
    come = [one for one in after if one not in before]
    if gone:
        yield Difference("tightened", at, f"without {', '.join(gone)}")
    if come and before:
        yield Difference("relaxed", at, f"with {', '.join(come)}")


def _told(key: str, old: object, new: object) -> str:
    shown = ["none" if one is None else str(one) for one in (old, new)]
    return f"{key} {' → '.join(shown)}"


def _listed(schema: _Schema) -> Sequence[str]:
    values: Sequence[str] = schema.get("enum", schema.get("x-known", ()))
    return values
