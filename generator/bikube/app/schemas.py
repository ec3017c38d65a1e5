"""The JSON Schemas that bikube gives to editors and other programs."""

import json
from pathlib import Path
from typing import Any

from bikube.azure import DEFAULT_VERSION, known_versions, record
from bikube.errors import UserError
from bikube.render import target_apis
from bikube.rules import builtin_rules
from bikube.spec.editor import editor_schema

__all__ = [
    "DEFAULT_VERSION",
    "compiler_version",
    "config_schema_text",
    "known_versions",
    "report_schema_text",
    "rule_schema_text",
    "spec_schema_text",
]


def compiler_version() -> str:
    """The version of the Bicep CLI whose API versions the schemas know."""
    return record().bicep


def spec_schema_text(version: str | None = None) -> str:
    """The schema of a spec, whose sections are of the API ``version``, else the default."""
    return _text(editor_schema(target_apis(), version))


def config_schema_text() -> str:
    """The schema of ``bikube.config.yaml``, which knows the rules of the nearest one too."""
    # Imported here because the other schemas need none of it.
    from bikube.config import nearest_config
    from bikube.config.editor import editor_schema as config_schema

    try:
        config = nearest_config(Path())
    except UserError:
        # Whoever mends a configuration needs the schema most.
        config = None
    rules = config.rules if config is not None else builtin_rules()
    return _text(config_schema(rules))


def rule_schema_text() -> str:
    """The schema of a rule file."""
    # Imported here because the other schemas need no checks.
    from bikube.rules.editor import editor_schema as rule_schema

    return _text(rule_schema())


def report_schema_text() -> str:
    """The schema of the JSON report."""
    # Imported here because the other schemas need no report.
    from bikube.report.formats.json import report_schema

    return _text(report_schema())


def _text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
