"""Types in the form of Azure/bicep-types-az become schemas, and what is not understood stops it."""

from typing import Any

import pytest
from scripts.schemas.derivation import derive
from scripts.schemas.errors import Unusable

STRING = {"$type": "StringType"}


def derive_properties(*types: dict[str, Any]) -> dict[str, Any]:
    """Derive a resource whose `properties` is type 2 of the list; types 0 and 1 are its frame."""
    frame: list[dict[str, Any]] = [
        {"$type": "ResourceType", "name": "A/b@2000-01-01", "body": {"$ref": "#/1"}},
        {
            "$type": "ObjectType",
            "name": "Body",
            "properties": {"properties": {"type": {"$ref": "#/2"}, "flags": 0}},
        },
    ]
    definitions: dict[str, Any] = derive([*frame, *types], "2000-01-01")["$defs"]
    return definitions


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("'All' to keep all, 'None' to keep none, 'One' for some.", ["All", "None"]),
        ("'One' for some.", None),
        ("Not the same as 'Two'.", None),
        ("", None),
    ],
)
def test_values_that_only_a_description_lists_are_kept(
    text: str, described: list[str] | None
) -> None:
    """It is a list of a discriminator's values if it has those that the type has as well."""
    found = derive_properties(
        {
            "$type": "DiscriminatedObjectType",
            "name": "Union",
            "discriminator": "kind",
            "baseProperties": {},
            "elements": {"One": {"$ref": "#/3"}},
        },
        {
            "$type": "ObjectType",
            "name": "One",
            "properties": {"kind": {"type": {"$ref": "#/4"}, "flags": 1, "description": text}},
        },
        {"$type": "StringLiteralType", "value": "One"},
    )
    assert found["Union"].get("x-described") == described


def test_base_properties_join_each_variant() -> None:
    """A variant is complete: base properties, read-only ones, limits and its discriminator."""
    assert derive_properties(
        {
            "$type": "DiscriminatedObjectType",
            "name": "Union",
            "discriminator": "kind",
            "baseProperties": {"size": {"type": {"$ref": "#/4"}, "flags": 1}},
            "elements": {"One": {"$ref": "#/3"}},
        },
        {
            "$type": "ObjectType",
            "name": "One",
            "properties": {
                "kind": {"type": {"$ref": "#/5"}, "flags": 1},
                "state": {"type": {"$ref": "#/6"}, "flags": 3},
                "names": {"type": {"$ref": "#/7"}, "flags": 0},
            },
        },
        {"$type": "IntegerType", "minValue": 1, "maxValue": 9},
        {"$type": "StringLiteralType", "value": "One"},
        STRING,
        {"$type": "ArrayType", "itemType": {"$ref": "#/8"}, "minLength": 1, "maxLength": 2},
        {"$type": "UnionType", "elements": [{"$ref": "#/5"}]},
    )["One"] == {
        "title": "One",
        "type": "object",
        "properties": {
            "kind": {"type": "string", "const": "One"},
            "names": {
                "type": "array",
                "items": {"type": "string", "enum": ["One"]},
                "minItems": 1,
                "maxItems": 2,
            },
            "size": {"type": "integer", "minimum": 1, "maximum": 9},
            "state": {"readOnly": True},
        },
        "required": ["kind", "size"],
        "additionalProperties": False,
    }


def test_types_of_one_name_get_two_definitions() -> None:
    """Azure's type names are not unique: the second one gets a number, and keeps its title."""
    inner = {"type": {"$ref": "#/3"}, "flags": 0}
    assert derive_properties(
        {"$type": "ObjectType", "name": "Same", "properties": {"inner": inner}},
        {"$type": "ObjectType", "name": "Same", "properties": {}},
    ) == {
        "Same": {
            "title": "Same",
            "type": "object",
            "properties": {"inner": {"$ref": "#/$defs/Same2"}},
            "additionalProperties": False,
        },
        "Same2": {
            "title": "Same",
            "type": "object",
            "properties": {},
            "additionalProperties": False,
        },
    }


def member(**changed: Any) -> dict[str, Any]:
    """An object with one property, which is a string but for what is ``changed``."""
    return {"$type": "ObjectType", "name": "Box", "properties": {"lid": changed}}


HERE = {"$ref": "#/2"}
"""A reference to the very type that has it."""


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ({"$type": "NullType"}, 'type 2: unknown kind "NullType"'),
        ({}, 'type 2: unknown kind ""'),
        (STRING | {"sensitive": True}, 'type 2: unknown key "sensitive" in StringType'),
        ({"$type": "ArrayType"}, 'type 2: no "itemType" in ArrayType'),
        (
            {"$type": "ArrayType", "itemType": {"$ref": "../common.json#/1"}},
            'type 2: "../common.json#/1" leads to none of the types',
        ),
        (
            {"$type": "ArrayType", "itemType": {"$ref": "#/3"}},
            'type 2: "#/3" leads to none of the types',
        ),
        (
            member(type=HERE, flags=64),
            'type 2 ("Box"): unknown flags 64 of the property "lid"',
        ),
        (
            member(type=HERE, flags=0, default=1),
            'type 2 ("Box"): unknown or missing keys in the property "lid"',
        ),
        (member(type=HERE), 'type 2 ("Box"): unknown or missing keys in the property "lid"'),
        (
            STRING | {"pattern": "(?<=a)b"},
            'type 2: unknown words in the pattern "(?<=a)b"',
        ),
        (STRING | {"pattern": r"\w"}, r'type 2: unknown words in the pattern "\\w"'),
        (STRING | {"pattern": r"[\d]"}, r'type 2: unknown words in the pattern "[\\d]"'),
        (STRING | {"pattern": "(?i)a"}, 'type 2: unknown words in the pattern "(?i)a"'),
        (STRING | {"pattern": "(a"}, 'type 2: unknown words in the pattern "(a"'),
        ({"$type": "UnionType", "elements": [{"$ref": "#/1"}]}, "ObjectType"),
        (
            {"$type": "ResourceType", "name": "A/c@1", "body": HERE},
            "type 2: ResourceType is the type of a value",
        ),
    ],
)
def test_what_is_not_understood_stops_the_derivation(source: dict[str, Any], message: str) -> None:
    """Whatever the script does not know is named, so that nothing is dropped in silence."""
    with pytest.raises(Unusable) as caught:
        derive_properties(source)
    assert message in str(caught.value)


def test_a_resource_without_an_object_for_a_body_is_refused() -> None:
    """Only of an object it can be said what its properties are."""
    resource = {"$type": "ResourceType", "name": "A/b@1", "body": {"$ref": "#/1"}}
    with pytest.raises(Unusable, match=r"^A/b@1: its body is of the kind StringType$"):
        derive([resource, STRING], "1")


@pytest.mark.parametrize(
    "pattern",
    [
        r"^(?!/)(?!.*(?:^|/)\.\.(?:/|$)).*$",
        r"^\d{4}-\d{2}-\d{2}$",
        r"^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$",
        r"(?=a)[^\]]+",
    ],
)
def test_a_known_pattern_is_kept(pattern: str) -> None:
    """A pattern whose words are known, look-ahead among them, goes into the schema as it is."""
    object_type = member(type={"$ref": "#/3"}, flags=0)
    derived = derive_properties(object_type, STRING | {"pattern": pattern})
    assert derived["Box"]["properties"]["lid"] == {"type": "string", "pattern": pattern}
