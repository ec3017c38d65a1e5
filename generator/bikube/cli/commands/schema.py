"""``bikube schema``."""

import sys

import click

from bikube.app.init import schema_text
from bikube.kinds.versions import DEFAULT_VERSION, known_versions


@click.command("schema", short_help="Print the JSON Schema of specs.")
@click.option(
    "--api-version",
    type=click.Choice(known_versions()),
    default=DEFAULT_VERSION,
    show_default=True,
    help="The API version whose properties the sections have.",
)
def schema(*, api_version: str) -> int:
    r"""Print the JSON Schema of specs, for editors and other programs.

    \b
    Example:
      bikube schema --api-version 2026-07-01 > bikube.schema.json
    """
    sys.stdout.write(schema_text(api_version))
    return 0


COMMAND = schema
