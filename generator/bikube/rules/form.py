"""The form of a rule file, as a JSON Schema."""

from collections.abc import Mapping
from typing import Any

from bikube.rules.check import PATH
from bikube.schema import REGEX

WAYS = ("lower", "remove", "replace", "write")
"""What a fix may do to the value at a finding's pointer."""

_TEXT = {"type": "string", "minLength": 1}
_CHECKS = {"type": "object"}
SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "required": ["id", "summary", "severity", "since", "rationale", "remediation", "references"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string", "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"},
        "summary": _TEXT,
        "severity": {"type": "string", "enum": ["error", "warning", "info"]},
        "since": _TEXT,
        "status": {"type": "string", "enum": ["preview", "stable", "deprecated"]},
        "structural": {"type": "boolean"},
        "once": {"type": "boolean"},
        "scope": {"type": "string", "enum": ["spec", "run"]},
        "check": {"type": "string", "const": "builtin"},
        "yields": {"type": "array", "minItems": 1, "items": _TEXT},
        "sections": {"type": "array", "minItems": 1, "items": _TEXT},
        "each": PATH,
        "target": _TEXT,
        "rationale": _TEXT,
        "remediation": _TEXT,
        "references": {"type": "array", "minItems": 1, "items": _TEXT},
        "where": _CHECKS,
        "when": _CHECKS,
        "unless": _CHECKS,
        "require": _CHECKS,
        "message": _TEXT,
        "help": _TEXT,
        "fix": {"$ref": "#/$defs/fix"},
        "examples": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/example"}},
        "valid": {"type": "array", "items": _TEXT},
        "invalid": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/invalid"}},
    },
}
DEFINITIONS: Mapping[str, Any] = {
    "fix": {
        "type": "object",
        "required": ["safe"],
        "additionalProperties": False,
        "properties": {
            "safe": {"type": "boolean"},
            "lower": {"type": "boolean"},
            "remove": {"type": "boolean"},
            "write": {},
            "replace": {
                "type": "object",
                "required": ["pattern", "by"],
                "additionalProperties": False,
                "properties": {"pattern": REGEX, "by": {"type": "string"}},
            },
        },
    },
    "example": {
        "type": "object",
        "additionalProperties": False,
        "properties": {"wrong": _TEXT, "right": _TEXT},
    },
    "invalid": {
        "type": "object",
        "required": ["spec", "expect"],
        "additionalProperties": False,
        "properties": {
            "spec": _TEXT,
            "expect": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/expectation"}},
            "fixed": _TEXT,
        },
    },
    "expectation": {
        "type": "object",
        "required": ["at", "text"],
        "additionalProperties": False,
        "properties": {
            "at": {"type": "string"},
            "text": {"type": "string"},
            "message": {"type": "string"},
        },
    },
}
