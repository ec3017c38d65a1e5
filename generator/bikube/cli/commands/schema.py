"""``bikube schema``."""

import sys

import click

from bikube.app.schemas import (
    DEFAULT_VERSION,
    config_schema_text,
    known_versions,
    report_schema_text,
    rule_schema_text,
    spec_schema_text,
)


@click.command("schema", short_help="Print the JSON Schema of specs and of what is beside them.")
@click.argument("subject", type=click.Choice(["spec", "config", "rule", "report"]), default="spec")
@click.option(
    "--api-version",
    type=click.Choice(known_versions()),
    default=DEFAULT_VERSION,
    show_default=True,
    help="The API version whose properties the sections of a spec have.",
)
def schema(*, subject: str, api_version: str) -> int:
    """Print the JSON Schema of specs, bikube.config.yaml, rule files or the JSON report.

    Editors complete, check and explain files by the first three.

    \b
    Examples:
      bikube schema --api-version 2026-07-01 > bikube.schema.json
      bikube schema config > bikube.config.schema.json
    """
    texts = {
        "config": config_schema_text,
        "rule": rule_schema_text,
        "report": report_schema_text,
    }
    text = texts[subject]() if subject in texts else spec_schema_text(api_version)
    sys.stdout.write(text)
    return 0


COMMAND = schema
