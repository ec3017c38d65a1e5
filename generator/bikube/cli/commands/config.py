"""``bikube config``."""

import sys
from pathlib import Path

import click

from bikube.app.config import effective
from bikube.cli.completion import a_path
from bikube.cli.options import outside_option, page_format
from bikube.text import printable
from bikube.text.data import as_json


@click.command("config", short_help="Show the effective settings and where each comes from.")
@click.argument("spec", required=False, metavar="[SPEC]", shell_complete=a_path)
@click.option(
    "--config",
    "path",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="This configuration instead of the nearest bikube.config.yaml.",
)
@outside_option
@page_format("the settings are")
def config(*, spec: str | None, path: Path | None, outside: bool, format_: str) -> int:
    """Show the effective settings and where each comes from; with SPEC, as they are for it.

    \b
    Examples:
      bikube config
      bikube config lab/plant-9.bikube.yaml
    """
    file, *parts = effective(spec, path, outside=outside)
    titled = dict(zip(("settings", "parameters", "rules", "resources"), parts, strict=True))
    if format_ == "json":
        shown = {
            "file": str(file) if file is not None else None,
            **{name: [one._asdict() for one in part] for name, part in titled.items()},
        }
        sys.stdout.write(as_json(shown, indent=2) + "\n")
        return 0
    name = printable(str(file)) if file is not None else "none"
    sys.stdout.write(f"configuration: {name}\n")
    for title, part in titled.items():
        if not part:
            continue
        sys.stdout.write(f"\n{title}:\n")
        rows = [tuple(map(printable, one)) for one in part]
        wide, long = (max(len(row[column]) for row in rows) for column in (0, 1))
        for name, value, origin in rows:
            sys.stdout.write(f"  {name:{wide}}  {value:{long}}  ({origin})\n")
    return 0


COMMAND = config
