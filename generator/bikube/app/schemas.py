"""The JSON Schemas that bikube gives to editors and other programs."""

import json

from bikube.config import config_schema
from bikube.ruleset import builtin_rules
from bikube.specschema import spec_schema


def spec_schema_text(version: str | None = None) -> str:
    """The schema of a spec, whose sections are of the API ``version``, else the default."""
    return _text(spec_schema(version))


def config_schema_text() -> str:
    """The schema of ``bikube.config.yaml``."""
    return _text(config_schema(builtin_rules()))


def _text(schema: dict[str, object]) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
