"""Azure's schemas in the part of OpenAPI that a definition of custom resources may use."""

from typing import Any

import pytest

from bikube.crd.structural import structural

OPEN = {"x-kubernetes-preserve-unknown-fields": True}


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "boolean"}, {"type": "boolean"}),
        (
            {"type": "integer", "minimum": 1, "maximum": 5},
            {"type": "integer", "minimum": 1, "maximum": 5},
        ),
        ({"type": "string", "const": "A"}, {"type": "string", "enum": ["A"]}),
        ({"type": "string", "enum": ["A", "B"]}, {"type": "string", "enum": ["A", "B"]}),
        ({"type": "string", "x-known": ["A"]}, {"type": "string"}),
        (
            {"type": "string", "minLength": 1, "maxLength": 3, "pattern": "^a"},
            {"type": "string", "minLength": 1, "maxLength": 3, "pattern": "^a"},
        ),
        ({"type": "string", "pattern": "^(?!/)(?:a|b)$"}, {"type": "string"}),
        ({"type": "string", "pattern": "(?<=a)b"}, {"type": "string"}),
        ({"type": "string", "pattern": "(?:a|b)"}, {"type": "string", "pattern": "(?:a|b)"}),
        (
            {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 2},
            {"type": "array", "minItems": 1, "maxItems": 2, "items": {"type": "string"}},
        ),
        ({}, OPEN),
        ({"type": "object"}, {"type": "object", **OPEN}),
        ({"type": "object", "additionalProperties": {}}, {"type": "object", **OPEN}),
        ({"type": "object", "additionalProperties": True}, {"type": "object", **OPEN}),
        ({"type": "object", "additionalProperties": False}, {"type": "object"}),
        (
            {"type": "object", "additionalProperties": {"type": "string"}},
            {"type": "object", "additionalProperties": {"type": "string"}},
        ),
        (
            {"type": "object", "properties": {}, "additionalProperties": {"type": "string"}},
            {"type": "object", "additionalProperties": {"type": "string"}},
        ),
        (
            {"type": "object", "properties": {"a": {"readOnly": True}}},
            {"type": "object", "properties": {}},
        ),
        (
            {
                "type": "object",
                "properties": {"a": {"type": "string"}, "b": {"type": "object"}},
                "required": ["a"],
                "x-implied": ["b"],
                "additionalProperties": False,
            },
            {
                "type": "object",
                "required": ["a", "b"],
                "properties": {"a": {"type": "string"}, "b": {"type": "object", **OPEN}},
            },
        ),
    ],
)
def test_a_schema_says_the_same_in_the_words_of_kubernetes(
    schema: dict[str, Any], expected: dict[str, Any]
) -> None:
    """What the API server can check is there; look-around, open lists and status are not."""
    assert structural(schema, {}) == expected


def test_references_are_led_to_where_they_lead() -> None:
    """A structural schema has no references; a union is one object."""
    definitions = {
        "One": {"type": "object", "properties": {"kind": {"const": "A", "type": "string"}}},
        "Union": {
            "x-discriminator": "kind",
            "allOf": [
                {"if": {"properties": {"kind": {"const": "A"}}}, "then": {"$ref": "#/$defs/One"}}
            ],
        },
    }

    assert structural({"$ref": "#/$defs/Union"}, definitions) == {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"type": "string", "enum": ["A"]}},
    }


def test_a_value_that_only_a_description_lists_stands_alone() -> None:
    """The outputs may have it, since Azure's text says so; it has no settings."""
    only = {"type": "object", "required": ["mode", "x"], "properties": {"x": {"type": "string"}}}
    policy = {
        "x-discriminator": "mode",
        "x-described": ["None"],
        "allOf": [{"if": {"properties": {"mode": {"const": "Custom"}}}, "then": only}],
    }

    found = structural(policy, {})

    assert found["required"] == ["mode"]
    assert found["properties"]["mode"]["enum"] == ["Custom", "None"]
    assert [rule["message"] for rule in found["x-kubernetes-validations"]] == [
        "x is for mode Custom",
        "mode Custom needs x",
    ]
