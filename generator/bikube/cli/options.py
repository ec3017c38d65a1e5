"""Options that several commands share; each group of them makes one part of a request."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any

import click

from bikube.app.requests import STDIN, RuleChoice, SpecChoice
from bikube.cli.completion import a_path, a_rule
from bikube.errors import UsageError
from bikube.text import printable

Command = Callable[..., int]
Option = Callable[[Command], Command]


def _split(_context: click.Context, _option: click.Parameter, values: Any) -> tuple[str, ...]:
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


outside_option = click.option(
    "--allow-outside",
    "outside",
    is_flag=True,
    help="Let a configuration name files outside of its repository.",
)
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
        help="Use this configuration for every spec, instead of the nearest bikube.config.yaml.",
    ),
    outside_option,
)
_RULES = (
    click.option(
        "--select",
        multiple=True,
        metavar="RULES",
        callback=_split,
        shell_complete=a_rule,
        help="Only these rules, and the structural ones; ids, the words that they begin with, or"
        " quoted globs, with commas.",
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


def with_options(options: Sequence[Option], command: Command) -> Command:
    """``command`` with ``options``, in the order in which help shows them."""
    for option in reversed(options):
        command = option(command)
    return command


def today() -> date:
    """The day on the user's own calendar, which is the one that a suppression means."""
    return date.today()  # noqa: DTZ011


def spec_options(command: Command) -> Command:
    """Adds what chooses specs; ``command`` gets it as ``specs``, a ``SpecChoice``.

    Raises, when it is called:
        UsageError: standard input has a name, and is no spec of the run.
    """

    @wraps(command)
    def build(
        *,
        specs: tuple[str, ...],
        stdin_filename: str | None,
        exclude: tuple[str, ...],
        config: Path | None,
        outside: bool,
        **others: Any,
    ) -> int:
        if stdin_filename is not None and STDIN not in specs:
            raise UsageError(
                '"--stdin-filename" goes with "-"; add "-", which reads standard input, or leave'
                " the option out"
            )
        choice = SpecChoice(specs, stdin_filename, config, exclude, outside)
        return command(specs=choice, **others)

    return with_options(_SPECS, build)


def show_files_option(command: Command) -> Command:
    """Adds what lists the specs that ``command``, which takes a ``SpecChoice``, is about."""

    @wraps(command)
    def build(*, show_files: bool, specs: SpecChoice, **others: Any) -> int:
        if not show_files:
            return command(specs=specs, **others)
        # Imported here because an ordinary run shows no names.
        from bikube.app.specs import select
        from bikube.cli.summary import name_passed_over

        selection = select(specs)
        for name in sorted(printable(one.name) for one in selection.inputs):
            click.echo(name)
        name_passed_over(selection.passed_over)
        return 0

    option = click.option("--show-files", is_flag=True, help="List the specs, and lint none.")
    return with_options((option,), build)


def rule_options(command: Command) -> Command:
    """Adds what chooses rules; ``command`` gets it as ``rules``, a ``RuleChoice``."""

    @wraps(command)
    def build(*, select: tuple[str, ...], ignore: tuple[str, ...], **others: Any) -> int:
        return command(rules=RuleChoice(today(), select, ignore), **others)

    return with_options(_RULES, build)


colour_option = click.option(
    "--colour/--no-colour",
    "--color/--no-color",
    default=None,
    help="Write colours, or none; without it they are written to terminals, unless NO_COLOR is"
    " set, and with FORCE_COLOR everywhere.",
)


def page_format(what: str) -> Option:
    """The option that gives a page as JSON; ``what`` names the page for its help: "the list is"."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help=f"How {what} written.",
    )
