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


def report_schema_text() -> str:
    """The schema of the JSON report."""
    # Imported here because the other schemas need no report.
    from bikube.reports.json import report_schema

    return _text(report_schema())


def _text(schema: dict[str, object]) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
