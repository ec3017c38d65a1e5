"""Derive bikube's JSON Schemas from Azure's Bicep type data.

Usage: derive_schemas.py TYPES_DIR OUT_DIR --commit COMMIT

Reads TYPES_DIR/iotoperations/<api-version>.json (the ``types.json`` format of Azure/bicep-types-az)
and writes OUT_DIR/<api-version>.json for every version there.
A schema describes a resource's ``properties`` object, in JSON Schema 2020-12 with a small set of
keywords and three annotations:

* ``x-known``: the values that Azure lists for a string that may hold others too;
* ``x-discriminator``: the property that selects a variant of a union;
* ``x-implied``: members that Azure requires but accepts empty, so that a spec may leave them out.

The same type data and commit give the same bytes.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any, NamedTuple

# Bits of a property's `flags` (bicep-types, ObjectTypePropertyFlags).
REQUIRED = 1
READ_ONLY = 2

# Objects down to this depth are written with one member a line: root, `$defs`, a definition, its
# `properties`. What lies deeper takes one line, so that a diff shows whole properties.
EXPANDED_DEPTH = 4

Schema = dict[str, Any]


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
                members = self._types[_index(resource["body"])]["properties"]
                if "properties" in members:
                    name = resource["name"].partition("@")[0]
                    found[name] = self._schema(_index(members["properties"]["type"]))
        return found

    def _schema(self, index: int) -> Schema:  # noqa: C901 - one case a kind of type
        """Translate the type at `index`; raises ValueError for a kind of type it does not know."""
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
                raise ValueError(f"type {index}: unknown kind {unknown!r}")

    def _string_union(self, elements: list[dict[str, Any]]) -> Schema:
        """Translate a union of string literals, open when a plain string is among them."""
        values = [e["value"] for e in elements if e["$type"] == "StringLiteralType"]
        others = [e for e in elements if e["$type"] != "StringLiteralType"]
        if others not in ([], [{"$type": "StringType"}]):
            raise ValueError(f"a union of other than strings: {others}")
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
        return {
            "title": source["name"],
            "type": "object",
            "x-discriminator": key,
            "properties": {key: {"type": "string", "enum": sorted(source["elements"])}},
            "required": [key],
            "allOf": variants,
        }


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


def format_json(value: object, depth: int = 0) -> str:
    """Write JSON with sorted keys, the upper levels one member a line, indented by one space."""
    if depth < EXPANDED_DEPTH and isinstance(value, dict) and len(value) > 1:
        lines = [
            f"{json.dumps(key)}: {format_json(value[key], depth + 1)}" for key in sorted(value)
        ]
        return _block("{}", lines, depth)
    if (
        depth < EXPANDED_DEPTH
        and isinstance(value, list)
        and any(isinstance(v, dict) for v in value)
    ):
        return _block("[]", [format_json(item, EXPANDED_DEPTH) for item in value], depth)
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _block(brackets: str, lines: list[str], depth: int) -> str:
    """Set lines between brackets, one level further in than `depth`."""
    pad = " " * depth
    return (
        brackets[0] + "\n" + ",\n".join(f"{pad} {line}" for line in lines) + f"\n{pad}{brackets[1]}"
    )


def derive(types: list[dict[str, Any]], *, version: str, commit: str) -> Schema:
    """Derive the schema file of one API version from its types at an upstream commit."""
    derivation = Derivation(types)
    resources = derivation.resources()
    return {
        "$comment": f"Derived from Azure/bicep-types-az commit {commit} by "
        "scripts/derive_schemas.py; MIT, see THIRD_PARTY_NOTICES",
        "apiVersion": version,
        "resources": resources,
        "$defs": derivation.defs,
    }


def main(argv: list[str]) -> int:
    """Derive every version under the folder of types and name the files written."""
    parser = argparse.ArgumentParser(description="Derive bikube's schemas from Azure's type data.")
    parser.add_argument("types", type=Path, metavar="TYPES_DIR")
    parser.add_argument("out", type=Path, metavar="OUT_DIR")
    parser.add_argument("--commit", required=True, help="commit of Azure/bicep-types-az")
    arguments = parser.parse_args(argv)
    files = sorted((arguments.types / "iotoperations").glob("*.json"))
    if not files:
        parser.error(f"no types in {arguments.types / 'iotoperations'}")
    for file in files:
        types = json.loads(file.read_text(encoding="utf-8"))
        schema = derive(types, version=file.stem, commit=arguments.commit)
        target = arguments.out / file.name
        target.write_text(format_json(schema) + "\n", encoding="utf-8", newline="\n")
        print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
