"""``bikube init``."""

import shlex
import sys
from pathlib import Path

import click

from bikube.app.init import Started, start
from bikube.cli.options import outside_option
from bikube.text import printable

_DEPLOY = "az deployment group create --resource-group GROUP --template-file"


@click.command("init", short_help="Write a commented starter spec.")
@click.argument("place", type=click.Path(path_type=Path), default=Path(), metavar="[FOLDER|SPEC]")
@click.option("--name", metavar="NAME", help="The name of the instance.")
@click.option("--custom-location", metavar="NAME", help="Its custom location: a name or an id.")
@outside_option
def init(*, place: Path, name: str | None, custom_location: str | None, outside: bool) -> int:
    """Write a commented spec, and the schema that lets editors complete and check it.

    The spec is bikube.yaml in FOLDER, or the file SPEC; without either it goes to the working
    directory. All specs of a repository share one schema, bikube.schema.json: beside the
    configuration, else at the root of the repository. Nothing is overwritten.

    \b
    Example:
      bikube init
      bikube init plants/plant-7 --name aio-plant-7
      bikube init plants/plant-8.bikube.yaml --name aio-plant-8 --custom-location cl-plant-8
    """
    given = {"name": name, "location": custom_location}
    chosen = {key: value for key, value in given.items() if value is not None}
    started = start(place, **chosen, outside=outside)
    for path in started.written:
        sys.stdout.write(f"{printable(str(path))}\n")
    if started.other_schema is not None:
        other = printable(str(started.other_schema))
        said = f'{other} is there already and not that of this bikube; "bikube schema" prints it'
        click.echo(said, err=True)
    click.echo(_next(started, name, custom_location), err=True)
    return 0


def _next(started: Started, name: str | None, location: str | None) -> str:
    """What to do with a new spec, one line a step."""
    spec = printable(str(started.spec))
    examples = [
        *(["the instance's name"] if name is None else []),
        *(["its custom location"] if location is None else []),
        "the registries",
    ]
    *others, last = examples
    wanted = f"{', '.join(others)} and {last}" if others else last
    steps = [
        f"edit {spec}: {wanted}",
        f"bikube lint {shlex.quote(spec)}",
        f"bikube generate {shlex.quote(spec)}",
    ]
    if started.out is not None:
        template = started.out / (name or "INSTANCE") / "bicep" / "main.bicep"
        steps.append(f"{_DEPLOY} {shlex.quote(printable(str(template)))}")
    return "\n".join(["Next:", *(f"  {number}. {step}" for number, step in enumerate(steps, 1))])


COMMAND = init
