"""``bikube init``."""

import sys
from pathlib import Path

import click

from bikube.app.init import start
from bikube.text import printable


@click.command("init", short_help="Write a commented starter spec.")
@click.argument("folder", type=click.Path(path_type=Path), default=Path(), metavar="[FOLDER]")
def init(*, folder: Path) -> int:
    """Write a commented bikube.yaml, and the schema that lets editors complete and check it.

    FOLDER is made if it is not there; without it the files go to the working directory. Nothing
    is overwritten.

    \b
    Example:
      bikube init plants/plant-7
    """
    for path in start(folder):
        sys.stdout.write(f"{printable(str(path))}\n")
    return 0


COMMAND = init
