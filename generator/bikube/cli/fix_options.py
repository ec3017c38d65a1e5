"""``--fix``, ``--unsafe-fixes``, ``--add-ignores`` and ``--diff``."""

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, redirect_stdout
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from bikube.app.lint import Outcome, lint_inputs
from bikube.app.specs import Selection
from bikube.cli.baseline_options import Against
from bikube.cli.summary import progress_line, wants_colour
from bikube.errors import UsageError

if TYPE_CHECKING:
    from bikube.fix.ignores import Excuse


def _read_excuse(
    _context: click.Context, _option: click.Parameter, text: str | None
) -> "Excuse | None":
    if text is None:
        return None
    # Imported here because most runs write no comments.
    from bikube.fix.ignores import Excuse
    from bikube.lint.directives import read_tail

    try:
        return Excuse(*read_tail(text))
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


_OPTIONS = (
    click.option(
        "--fix", is_flag=True, help="Mend what can be mended safely, and report what is left."
    ),
    click.option(
        "--unsafe-fixes",
        is_flag=True,
        help="With --fix or --diff: also mend what may change the meaning.",
    ),
    click.option(
        "--add-ignores",
        "excuse",
        metavar="REASON",
        callback=_read_excuse,
        help="Write comments into the specs that silence what is found, for this reason.",
    ),
    click.option(
        "--diff",
        is_flag=True,
        help="Show what --fix or --add-ignores would change, and write no file; exit code 1 if"
        " there is anything.",
    ),
)


class FixWish(NamedTuple):
    """What the command line says about changes to specs."""

    fix: bool
    unsafe: bool
    excuse: "Excuse | None"
    diff: bool

    @property
    def mends(self) -> bool:
        """Whether findings are fixed, or a diff shows how; ``--diff`` alone is about fixes."""
        return self.fix or (self.diff and self.excuse is None)


def fix_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options about changes to specs; see ``wished_fixes``."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def wished_fixes(options: dict[str, Any]) -> FixWish:
    """What the ``options`` of a command say about changes; takes its part out of them.

    Raises:
        UsageError: unsafe fixes are wanted, but nothing is to be done with them; or a baseline is
            to hold what these changes would do away with.
    """
    fix, unsafe, diff = (options.pop(name) for name in ("fix", "unsafe_fixes", "diff"))
    wish = FixWish(fix, unsafe, options.pop("excuse"), diff)
    if wish.unsafe and not wish.mends:
        raise UsageError('"--unsafe-fixes" alone changes nothing; add "--fix" or "--diff"')
    if wish.diff and (options["write_baseline"] or options["prune_baseline"]):
        raise UsageError('"--diff" writes no file; leave it out to write or prune a baseline')
    if wish.excuse is not None and options["write_baseline"]:
        raise UsageError(
            '"--add-ignores" silences what "--write-baseline" would note; leave out one of the two'
        )
    return wish


def lint_or_fix(
    selection: Selection, known: Against, wish: FixWish, *, colour: bool | None
) -> tuple[Outcome, bool]:
    """What is found in the specs, after the changes that are wished; and whether a diff was shown.

    Raises:
        UsageError: the run's choice names a rule that there is not, or ignores a structural one; or
            the day of the excuse has passed.
    """
    inputs = selection.inputs
    if not (wish.mends or wish.excuse is not None):
        return lint_inputs(inputs, known.choice, progress=progress_line("linted")), False
    # Imported here because a run that changes nothing need not pay for it.
    from bikube.app.fix import Wish, fix_inputs
    from bikube.cli.fix_summary import say_what_was_done, show_diffs, write_to_stdout

    full = Wish(wish.mends, wish.unsafe, wish.excuse, known.hide_in, write=not wish.diff)
    fixed = fix_inputs(inputs, known.choice, full, progress=progress_line("fixed"))
    if wish.diff:
        show_diffs(fixed, colour=wants_colour(colour))
    else:
        write_to_stdout(fixed, untouched=selection.spares_stdin)
    say_what_was_done(fixed, full)
    return fixed.outcome, wish.diff and any(spec.is_change for spec in fixed.specs)


def apart_from_specs(selection: Selection, wish: FixWish) -> AbstractContextManager[Any]:
    """Sends reports to standard error while standard output has a changed spec."""
    is_stdin = selection.spares_stdin or any(one.path is None for one in selection.inputs)
    has_spec = (wish.fix or wish.excuse is not None) and is_stdin
    return redirect_stdout(sys.stderr) if has_spec else nullcontext()


def hint(outcome: Outcome, wish: FixWish) -> None:
    """Says how many of the findings that are left a fix could mend."""
    found = [one.fix for linted in outcome.linted for one in linted.diagnostics]
    safe = sum(fix is not None and fix.safe for fix in found)
    unsafe = sum(fix is not None for fix in found) - safe
    if wish.mends:
        safe = 0
    if wish.unsafe:
        unsafe = 0
    if safe:
        more = f", {unsafe:,} more with --unsafe-fixes" if unsafe else ""
        click.echo(f"{safe:,} of these can be fixed with --fix{more}", err=True)
    elif unsafe:
        click.echo(f"{unsafe:,} of these can be fixed with --fix --unsafe-fixes", err=True)
