"""Derives JSON Schemas from the types of one API version, in the form of Azure/bicep-types-az.

A schema describes a resource's ``properties`` object, in JSON Schema 2020-12 with a small set of
keywords and three annotations:

* ``x-known``: the values that Azure lists for a string that may hold others too;
* ``x-discriminator``: the property that selects a variant of a union;
* ``x-implied``: members that Azure requires but accepts empty, so that a spec may leave them out;
* ``x-described``: values of a discriminator that its description lists and its type lacks.
"""

import re
from typing import Any, NamedTuple

from scripts.schemas.constructs import READ_ONLY, REQUIRED, check
from scripts.schemas.errors import Unusable

Schema = dict[str, Any]

_QUOTED = re.compile(r"'(\w+)'")

_COMMENT = "Derived from Azure's types by `make schemas`; MIT, see THIRD_PARTY_NOTICES"


class Definition(NamedTuple):
    """A named Azure type: its place in the type list and, for a variant, that of its union."""

    place: int
    union: int | None = None


class Derivation:
    """Turns one API version's list of Azure types into schema definitions, on demand."""

    def __init__(self, types: list[dict[str, Any]]) -> None:
        """Start without definitions; `types` is the parsed ``types.json``."""
        self._types = types
        self._names: dict[Definition, str] = {}
        self.defs: dict[str, Schema] = {}

    def resources(self) -> dict[str, Schema]:
        """Give each resource type that has properties the schema of its `properties` object."""
        found = {}
        for resource in self._types:
            if resource["$type"] == "ResourceType":
                body = self._types[_index(resource["body"])]
                if body["$type"] != "ObjectType":
                    raise Unusable(f"{resource['name']}: its body is of the kind {body['$type']}")
                members = body["properties"]
                if "properties" in members:
                    name = resource["name"].partition("@")[0]
                    found[name] = self._schema(_index(members["properties"]["type"]))
        return found

    def _schema(self, index: int) -> Schema:  # noqa: C901 - one case a kind of type
        """Translate the type at `index`, which is not a resource's."""
        source = self._types[index]
        match source["$type"]:
            case "AnyType":
                return {}
            case "BooleanType":
                return {"type": "boolean"}
            case "StringLiteralType":
                return {"type": "string", "const": source["value"]}
            case "StringType":
                return {"type": "string"} | _pick(source, "minLength", "maxLength", "pattern")
            case "IntegerType":
                limits = _pick(source, minimum="minValue", maximum="maxValue")
                return {"type": "integer"} | limits
            case "ArrayType":
                items = {"type": "array", "items": self._schema(_index(source["itemType"]))}
                return items | _pick(source, minItems="minLength", maxItems="maxLength")
            case "UnionType":
                return self._string_union([self._types[_index(e)] for e in source["elements"]])
            case "ObjectType" | "DiscriminatedObjectType":
                return self._reference(Definition(index))
            case unknown:
                raise Unusable(f"type {index}: {unknown} is the type of a value")

    def _string_union(self, elements: list[dict[str, Any]]) -> Schema:
        """Translate a union of string literals, open when a plain string is among them."""
        values = [e["value"] for e in elements if e["$type"] == "StringLiteralType"]
        others = [e for e in elements if e["$type"] != "StringLiteralType"]
        if others not in ([], [{"$type": "StringType"}]):
            kinds = ", ".join(sorted({e["$type"] for e in others}))
            raise Unusable(f"a union of other than strings: {kinds}")
        return {"type": "string", "x-known" if others else "enum": values}

    def _reference(self, key: Definition) -> Schema:
        """Refer to a definition, and make it when it is new; its name is unique in the file."""
        if key not in self._names:
            source = self._types[key.place]
            title = source["name"]
            name, number = title, 1
            while name in self._names.values():
                number += 1
                name = f"{title}{number}"
            self._names[key] = name
            if source["$type"] == "ObjectType":
                self.defs[name] = self._object(source, key.union)
            else:
                self.defs[name] = self._discriminated(key.place)
        return {"$ref": f"#/$defs/{self._names[key]}"}

    def _object(self, source: dict[str, Any], union: int | None) -> Schema:
        """Translate an object; as a variant of `union` it takes that union's base properties in."""
        base = {} if union is None else self._types[union]["baseProperties"]
        members = {**base, **source["properties"]}
        required = {name for name, member in members.items() if _is_required(member)}
        implied = set() if union is None else {n for n in required if self._is_empty(members[n])}
        properties = {name: self._member(member) for name, member in members.items()}
        for name in implied:
            # Azure says "any" for settings without members; only an object makes sense there.
            properties[name] = properties[name] or {"type": "object"}
        schema = {"title": source["name"], "type": "object", "properties": properties}
        if required - implied:
            schema["required"] = sorted(required - implied)
        if implied:
            schema["x-implied"] = sorted(implied)
        extra = source.get("additionalProperties")
        schema["additionalProperties"] = self._schema(_index(extra)) if extra else False
        return schema

    def _member(self, member: dict[str, Any]) -> Schema:
        """Translate a property; what Azure sets itself takes any value."""
        if member["flags"] & READ_ONLY:
            return {"readOnly": True}
        return self._schema(_index(member["type"]))

    def _is_empty(self, member: dict[str, Any]) -> bool:
        """Tell whether an empty object is a valid value of the property."""
        source = self._types[_index(member["type"])]
        if source["$type"] == "ObjectType":
            return not any(_is_required(inner) for inner in source["properties"].values())
        return bool(source["$type"] == "AnyType")

    def _discriminated(self, index: int) -> Schema:
        """Translate a union so that every error lies in the variant that the value names."""
        source = self._types[index]
        key = source["discriminator"]
        variants = [
            {
                "if": {"properties": {key: {"const": value}}, "required": [key]},
                "then": self._reference(Definition(_index(variant), index)),
            }
            for value, variant in sorted(source["elements"].items())
        ]
        described = self._described(source)
        return {
            "title": source["name"],
            "type": "object",
            **({"x-described": described} if described else {}),
            "x-discriminator": key,
            "properties": {key: {"type": "string", "enum": sorted(source["elements"])}},
            "required": [key],
            "allOf": variants,
        }

    def _described(self, source: dict[str, Any]) -> list[str]:
        """List the values that descriptions name among those of a union's discriminator."""
        values = source["elements"]
        members = [self._types[_index(one)]["properties"] for one in values.values()]
        texts = [one.get(source["discriminator"], {}).get("description", "") for one in members]
        named = {word for text in texts for word in _QUOTED.findall(text)}
        # Only where the known ones are quoted as well, it is a list of values.
        return sorted(named - values.keys()) if named >= values.keys() else []


def _index(reference: dict[str, str]) -> int:
    """Read the list index out of ``{"$ref": "#/7"}``."""
    return int(reference["$ref"].removeprefix("#/"))


def _is_required(member: dict[str, Any]) -> bool:
    """Tell whether the user has to give the property: required and not read-only."""
    flags: int = member["flags"]
    return flags & (REQUIRED | READ_ONLY) == REQUIRED


def _pick(source: dict[str, Any], *same: str, **renamed: str) -> Schema:
    """Take the named limits that a type has, under their JSON Schema names."""
    names = {name: name for name in same} | renamed
    return {new: source[old] for new, old in names.items() if old in source}


def derive(types: list[dict[str, Any]], version: str) -> Schema:
    """Derive the schema file of one API version from its types.

    Raises:
        Unusable: the types have something that is not understood.
    """
    check(types)
    derivation = Derivation(types)
    resources = derivation.resources()
    return {
        "$comment": _COMMENT,
        "apiVersion": version,
        "resources": resources,
        "$defs": derivation.defs,
    }
