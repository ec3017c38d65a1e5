"""--bicep-cli and --timeout: which Bicep CLI evaluates Bicep, and for how long."""

from functools import wraps
from pathlib import Path
from typing import Any

import click

from bikube.app.requests import CompilerChoice
from bikube.cli.options import Command, with_options

_COMPILER = (
    click.option(
        "--bicep-cli",
        type=click.Path(path_type=Path),
        metavar="PROGRAM",
        help="The Bicep CLI; else BIKUBE_BICEP, else the one on PATH, else that of az.",
    ),
    click.option(
        "--timeout",
        type=click.FloatRange(min=0, min_open=True),
        metavar="SECONDS",
        default=CompilerChoice().seconds,
        show_default=True,
        help="How long the Bicep CLI may take for one answer.",
    ),
)


def compiler_options(command: Command) -> Command:
    """Adds what chooses the compiler; ``command`` gets it as ``compiler``, a ``CompilerChoice``."""

    @wraps(command)
    def build(*, bicep_cli: Path | None, timeout: float, **others: Any) -> int:
        return command(compiler=CompilerChoice(bicep_cli, timeout), **others)

    return with_options(_COMPILER, build)
