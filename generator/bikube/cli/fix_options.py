"""``--fix``, ``--unsafe-fixes``, ``--add-ignores`` and ``--diff``."""

from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from bikube.app.requests import BaselineChoice, Changes
from bikube.cli.options import Command, with_options
from bikube.errors import UsageError

if TYPE_CHECKING:
    from bikube.app.requests import Reason


def _read_reason(
    _context: click.Context, _option: click.Parameter, text: str | None
) -> "Reason | None":
    if text is None:
        return None
    # Imported here because most runs write no comments.
    from bikube.app.fix import reason_from

    try:
        return reason_from(text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


_OPTIONS = (
    click.option(
        "--fix", is_flag=True, help="Fix what can be fixed safely, and report what is left."
    ),
    click.option(
        "--unsafe-fixes",
        is_flag=True,
        help="With --fix or --diff: also fix what may change the meaning.",
    ),
    click.option(
        "--add-ignores",
        "reason",
        metavar="REASON",
        callback=_read_reason,
        help="Write comments into the specs that silence what is found, for this reason.",
    ),
    click.option(
        "--diff",
        is_flag=True,
        help="Show what --fix or --add-ignores would change, and write no file; exit code 1 if"
        " there is anything.",
    ),
)


def fix_options(command: Command) -> Command:
    """Adds what changes specs; ``command`` gets it as ``changes``, a ``Changes``.

    Raises, when it is called:
        UsageError: unsafe fixes are wanted, but nothing is to be done with them.
    """

    @wraps(command)
    def build(
        *, fix: bool, unsafe_fixes: bool, reason: "Reason | None", diff: bool, **others: Any
    ) -> int:
        changes = Changes(fix, unsafe_fixes, reason, diff)
        if changes.unsafe and not changes.fixes:
            raise UsageError('"--unsafe-fixes" alone changes nothing; add "--fix" or "--diff"')
        return command(changes=changes, **others)

    return with_options(_OPTIONS, build)


def refuse_contradictions(changes: Changes, baseline: BaselineChoice) -> None:
    """Refuses a baseline that is to hold what ``changes`` do away with.

    Raises:
        UsageError: they contradict each other.
    """
    if changes.diff and (baseline.write or baseline.prune):
        raise UsageError('"--diff" writes no file; leave it out to write or prune a baseline')
    if changes.reason is not None and baseline.write:
        raise UsageError(
            '"--add-ignores" silences what "--write-baseline" would note; leave out one of the two'
        )
