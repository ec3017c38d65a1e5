"""Unions, which structural schemas have not: an object with the members of all variants, and rules.

The rules are in CEL, the language in which a custom resource is held to more than its schema.
"""

from collections.abc import Iterator, Mapping, Sequence

from bikube.azure import Schema


def merge(key: str, variants: Mapping[str, Schema]) -> Schema:
    """The structural schema of the union of ``variants``, by the values of the member ``key``."""
    members: dict[str, Schema] = {}
    for variant in variants.values():
        members |= variant.get("properties", {})
    members[key] = {"type": "string", "enum": list(variants)}
    always = set.intersection(*({*one.get("required", ())} for one in variants.values()))
    rules = [rule for name in members if name != key for rule in _rules(key, name, variants)]
    return {
        "type": "object",
        "required": sorted({key, *always}),
        "properties": members,
        **({"x-kubernetes-validations": rules} if rules else {}),
    }


def _rules(key: str, name: str, variants: Mapping[str, Schema]) -> Iterator[Schema]:
    """What binds the member ``name`` to the value of ``key``."""
    having = [value for value, one in variants.items() if name in one.get("properties", {})]
    needing = [value for value in having if name in variants[value].get("required", ())]
    if len(having) < len(variants):
        there = f"!has(self.{name}) || {_is(key, having)}"
        yield {"rule": there, "message": f"{name} is for {key} {' or '.join(having)}"}
    if 0 < len(needing) < len(variants):
        needed = f"has(self.{name}) || !({_is(key, needing)})"
        yield {"rule": needed, "message": f"{key} {' or '.join(needing)} needs {name}"}


def _is(key: str, values: Sequence[str]) -> str:
    """The condition that ``key`` has one of ``values``."""
    return " || ".join(f"self.{key} == '{value}'" for value in values)
