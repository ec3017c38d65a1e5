"""Unions for editors: what the linter only warns of is neither underlined nor offered."""

from typing import Any

from bikube.schema.tolerating import tolerant

PLAN: dict[str, Any] = {
    "type": "object",
    "x-discriminator": "mode",
    "x-described": ["All"],
    "properties": {"mode": {"type": "string", "enum": ["None", "OnlyNew"]}},
    "required": ["mode"],
    "allOf": [
        {
            "if": {"properties": {"mode": {"const": "None"}}, "required": ["mode"]},
            "then": {"$ref": "#/$defs/None"},
        },
        {
            "if": {"properties": {"mode": {"const": "OnlyNew"}}, "required": ["mode"]},
            "then": {"$ref": "#/$defs/OnlyNew"},
        },
    ],
}
DEFINITIONS: dict[str, Any] = {
    "Plan": PLAN,
    "None": {"type": "object", "properties": {"mode": {"type": "string", "const": "None"}}},
    "OnlyNew": {
        "type": "object",
        "properties": {
            "mode": {"type": "string", "const": "OnlyNew"},
            "then": {"type": "array", "items": [{"$ref": "#/$defs/Plan"}]},
        },
    },
}


def test_a_union_takes_lower_camel_case_and_what_is_described() -> None:
    """Its discriminator has a pattern, and so has the choice of each variant."""
    assert tolerant(DEFINITIONS, DEFINITIONS)["Plan"] == {
        **PLAN,
        "properties": {
            "mode": {
                "type": "string",
                "pattern": "^([nN]one|[oO]nlyNew|All)$",
                "patternErrorMessage": "Valid values: None, OnlyNew.",
                "x-variants": ["None", "OnlyNew"],
            }
        },
        "allOf": [
            {
                "if": {
                    "properties": {"mode": {"type": "string", "pattern": "^[nN]one$"}},
                    "required": ["mode"],
                },
                "then": {
                    "type": "object",
                    "properties": {"mode": {"type": "string", "x-variant": "None"}},
                },
            },
            {
                "if": {
                    "properties": {"mode": {"type": "string", "pattern": "^[oO]nlyNew$"}},
                    "required": ["mode"],
                },
                "then": {
                    "type": "object",
                    "properties": {
                        "mode": {"type": "string", "x-variant": "OnlyNew"},
                        "then": {"type": "array", "items": [{"$ref": "#/$defs/Plan"}]},
                    },
                },
            },
        ],
    }
