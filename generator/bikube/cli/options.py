"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from bikube.app.settings import load_config
from bikube.config import Config

Command = TypeVar("Command", bound=Callable[..., Any])

specs_argument = click.argument("specs", nargs=-1, metavar="[SPEC]...")


def _load(_context: click.Context, _option: click.Parameter, path: Path | None) -> Config | None:
    return load_config(path) if path is not None else None


config_option = click.option(
    "--config",
    type=click.Path(path_type=Path),
    metavar="FILE",
    callback=_load,
    help="Use this configuration for every spec, instead of the nearest bikube.config.yaml.",
)
stdin_option = click.option(
    "--stdin-filename", metavar="NAME", help="What to call the spec on standard input."
)
colour_option = click.option(
    "--colour/--no-colour",
    "--color/--no-color",
    default=None,
    help="Write colours, or none; without it they are written to terminals only.",
)
