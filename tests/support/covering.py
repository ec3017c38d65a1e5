"""Valid values that between them hold every property, variant and listed value of a schema."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from bikube.schema.refs import resolved, variant_name, variants

Schema = Mapping[str, Any]
Place = tuple[str, ...]

OTHER = "Another"
"""A value that no open set lists."""

TEXTS = ("abc", "one\n  two: '${three}'\n", "x" * 63)
# One that fits for each pattern of Azure's types.
FITTING = {
    "^https://.*$": "https://auth.example.com/v1",
    r".+\..+\.kusto\.windows\.net": "https://plant.westeurope.kusto.windows.net",
    r".+\.blob\.core\.windows\.net": "plant.blob.core.windows.net",
    r".+\.fabric\.microsoft\.com": "onelake.dfs.fabric.microsoft.com",
    "^[0-9]+[KMGTPE]$": "10G",
    "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$": "a-1",
    r"^(?!/)(?!.*(?:^|/)\.\.(?:/|$)).*$": "a/b.json",
}


class Coverage(NamedTuple):
    """How to write what chooses a variant: below ``lower`` unions, lower camel case begins it.

    ``definitions`` are those of the schema.
    """

    definitions: Schema
    lower: int | None = None

    def values(self, schema: Schema, unions: int = 0) -> list[Any]:
        """Valid values that have all of ``schema`` between them; the last one has the least.

        ``unions`` is how many of them there are above.
        """
        plain = resolved(schema, self.definitions)
        if "x-discriminator" in plain:
            return list(self._of_union(plain, unions))
        match plain.get("type"):
            case "object":
                return list(self._of_object(plain, unions))
            case "array":
                return _lists(plain, self.values(plain["items"], unions))
            case "integer":
                return [plain.get("minimum", -1), plain.get("maximum", 70_000)]
            case "boolean":
                return [True, False]
            case "string":
                return _strings(plain)
        return [{"any": [1, None, {"thing": "abc"}]}, "any"]

    def _of_union(self, plain: Schema, unions: int) -> Iterator[Any]:
        key = plain["x-discriminator"]
        for name, body in variants(plain, self.definitions).items():
            values = self.values(body, unions + 1)
            if unions != self.lower:
                yield from values
            else:
                yield {**values[-1], key: name[0].lower() + name[1:]}
        for name in plain.get("x-described", ()) if unions == self.lower else ():
            yield {key: name}

    def _of_object(self, plain: Schema, unions: int) -> Iterator[Any]:
        members = {
            key: self.values(child, unions)
            for key, child in plain.get("properties", {}).items()
            if not child.get("readOnly")
        }
        extra = plain.get("additionalProperties")
        others = self.values(extra, unions) if isinstance(extra, Mapping) else []
        more = {f"key {number}": value for number, value in enumerate(others)}
        needed = {*plain.get("required", ()), *plain.get("x-implied", ())}
        least = {key: values[-1] for key, values in members.items() if key in needed}
        for number in range(max((len(values) for values in members.values()), default=1)):
            left = {key: values[number] for key, values in members.items() if number < len(values)}
            yield {**least, **left, **(more if not number else {})}
        yield least


def _lists(plain: Schema, items: list[Any]) -> list[Any]:
    low, high = plain.get("minItems", 0), plain.get("maxItems", len(items))
    chunks = [items[start : start + high] for start in range(0, len(items), high)]
    return [*chunks, items[-1:] * low]


def _strings(plain: Schema) -> list[Any]:
    if "const" in plain:
        return [plain["const"]]
    listed = [*plain.get("enum", ()), *plain.get("x-known", ())]
    if listed:
        return [*listed, OTHER] if "x-known" in plain else listed
    if "pattern" in plain:
        return [FITTING[plain["pattern"]]]
    low, high = plain.get("minLength", 0), plain.get("maxLength", 1000)
    return [text for text in TEXTS if low <= len(text) <= high] or ["x" * low]


def alternatives(schema: Schema, definitions: Schema, at: Place = ()) -> set[tuple[Place, str]]:
    """Every variant and every listed value of ``schema``, each with its place."""
    plain = resolved(schema, definitions)
    found = {(at, value) for value in (*plain.get("enum", ()), *plain.get("x-known", ()))}
    found |= {(at, plain["const"])} if "const" in plain else set()
    inner = [((*at, key), child) for key, child in plain.get("properties", {}).items()]
    others = [plain.get(keyword) for keyword in ("items", "additionalProperties")]
    inner += [((*at, "*"), child) for child in others if isinstance(child, Mapping)]
    if "x-discriminator" in plain:
        inner += [(at, body) for body in variants(plain, definitions).values()]
    return found.union(*(alternatives(child, definitions, place) for place, child in inner))


def taken(value: Any, schema: Schema, definitions: Schema, at: Place = ()) -> Iterator[Any]:
    """Every string in ``value``, each with its place as ``alternatives`` has it."""
    plain = resolved(schema, definitions)
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, list):
        for one in value:
            yield from taken(one, plain.get("items", {}), definitions, (*at, "*"))
    elif isinstance(value, Mapping):
        members = dict(plain.get("properties", {}))
        if "x-discriminator" in plain:
            chosen = variant_name(value[plain["x-discriminator"]], variants(plain, definitions))
            members |= variants(plain, definitions)[chosen]["properties"] if chosen else {}
        for key, child in value.items():
            place = (*at, key if key in members else "*")
            inner = members.get(key, plain.get("additionalProperties"))
            yield from taken(child, inner or {}, definitions, place)
