"""``--add-ignores``."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from bikube.app.lint import Choice, Outcome, lint_inputs
from bikube.app.specs import Input
from bikube.cli.output import counted, progress_line
from bikube.errors import UsageError

if TYPE_CHECKING:
    from bikube.ignoring import Excuse


def _read_excuse(
    _context: click.Context, _option: click.Parameter, text: str | None
) -> "Excuse | None":
    if text is None:
        return None
    # Imported here because most runs write no comments.
    from bikube.directives import read_tail
    from bikube.ignoring import Excuse

    try:
        return Excuse(*read_tail(text))
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


ignores_option = click.option(
    "--add-ignores",
    "excuse",
    metavar="REASON",
    callback=_read_excuse,
    help="Write comments into the specs that silence what is found, for this reason.",
)


def wished_excuse(options: dict[str, Any]) -> "Excuse | None":
    """Why findings are to be ignored, if they are; takes its part out of ``options``.

    Raises:
        UsageError: another option wants something else to be done with these findings.
    """
    excuse: Excuse | None = options.pop("excuse")
    if excuse is not None and (options.get("diff") or options.get("write_baseline")):
        raise UsageError(
            '"--add-ignores" writes comments; leave out "--diff" and "--write-baseline"'
        )
    return excuse


def with_ignores(
    inputs: Sequence[Input], outcome: Outcome, choice: Choice, excuse: "Excuse"
) -> Outcome:
    """What is found in ``inputs`` after comments silence what ``outcome`` shows.

    Raises:
        UsageError: a spec comes from standard input, or the day of ``excuse`` has passed.
    """
    from bikube.app.ignores import write_ignores

    written = write_ignores(inputs, outcome, choice, excuse)
    click.echo(
        f"ignored {counted(written.findings, 'finding')} in {counted(written.specs, 'spec')}",
        err=True,
    )
    after = lint_inputs(inputs, choice, progress=progress_line("linted"))
    return after._replace(unreadable=(*after.unreadable, *written.unwritable))
