"""Options that several commands share."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from bikube.app.lint import Choice
from bikube.app.specs import Wanted
from bikube.cli.completion import a_path, a_rule
from bikube.config.loading import load_config
from bikube.config.model import Config

Command = TypeVar("Command", bound=Callable[..., Any])


def _load(_context: click.Context, _option: click.Parameter, path: Path | None) -> Config | None:
    return load_config(path) if path is not None else None


def _split(_context: click.Context, _option: click.Parameter, values: Any) -> tuple[str, ...]:
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


_SPECS = (
    click.argument("specs", nargs=-1, metavar="[SPEC]...", shell_complete=a_path),
    click.option(
        "--stdin-filename", metavar="NAME", help="What to call the spec on standard input."
    ),
    click.option(
        "--exclude",
        multiple=True,
        metavar="PATTERN",
        help="Leave out specs that match, as in .gitignore; may be given again.",
    ),
    click.option(
        "--config",
        type=click.Path(path_type=Path),
        metavar="FILE",
        callback=_load,
        help="Use this configuration for every spec, instead of the nearest bikube.config.yaml.",
    ),
)
_RULES = (
    click.option(
        "--select",
        multiple=True,
        metavar="RULES",
        callback=_split,
        shell_complete=a_rule,
        help="Only these rules, and the structural ones; ids with commas.",
    ),
    click.option(
        "--ignore",
        multiple=True,
        metavar="RULES",
        callback=_split,
        shell_complete=a_rule,
        help="Not these rules.",
    ),
)


def spec_options(command: Command) -> Command:
    """Adds what chooses specs; see ``wanted``."""
    for option in reversed(_SPECS):
        command = option(command)
    return command


def rule_options(command: Command) -> Command:
    """Adds what chooses rules; see ``choice``."""
    for option in reversed(_RULES):
        command = option(command)
    return command


def wanted(options: dict[str, Any]) -> Wanted:
    """The specs that the ``options`` of a command choose; takes its part out of them."""
    return Wanted(
        arguments=options.pop("specs"),
        stdin_name=options.pop("stdin_filename"),
        config=options.pop("config"),
        exclude=options.pop("exclude"),
    )


def choice(options: dict[str, Any]) -> Choice:
    """The rules that the ``options`` of a command choose; takes its part out of them."""
    select, ignore = options.pop("select", ()), options.pop("ignore", ())
    # The day on the user's own calendar is the one that a suppression means.
    return Choice(date.today(), frozenset(select), frozenset(ignore))  # noqa: DTZ011


colour_option = click.option(
    "--colour/--no-colour",
    "--color/--no-color",
    default=None,
    help="Write colours, or none; without it they are written to terminals, unless NO_COLOR is"
    " set, and with FORCE_COLOR everywhere.",
)


def page_format(what: str) -> Callable[[Command], Command]:
    """The option that gives a page as JSON; ``what`` names the page for its help: "the list is"."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help=f"How {what} written.",
    )
