"""``--fix``, ``--unsafe-fixes`` and ``--diff``."""

import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext, redirect_stdout
from typing import Any, NamedTuple

import click

from bikube.app.lint import Choice, Outcome, lint_inputs
from bikube.app.specs import Input
from bikube.cli.output import progress_line, wants_colour
from bikube.errors import UsageError

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
        "--diff",
        is_flag=True,
        help="Show what --fix would change, and write no file; exit code 1 if there is anything.",
    ),
)


class FixWish(NamedTuple):
    """What the command line says about fixes."""

    fix: bool
    unsafe: bool
    diff: bool


def fix_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options about fixes; see ``wished_fixes``."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def wished_fixes(options: dict[str, Any]) -> FixWish:
    """What the ``options`` of a command say about fixes; takes its part out of them.

    Raises:
        UsageError: unsafe fixes are wanted, but nothing is to be done with them.
    """
    wish = FixWish(options.pop("fix"), options.pop("unsafe_fixes"), options.pop("diff"))
    if wish.unsafe and not (wish.fix or wish.diff):
        raise UsageError('"--unsafe-fixes" alone changes nothing; add "--fix" or "--diff"')
    return wish


def lint_or_fix(
    inputs: Sequence[Input], choice: Choice, wish: FixWish, *, colour: bool | None
) -> tuple[Outcome, bool]:
    """What is found in the specs, after fixes if they are wanted; and whether a diff was shown.

    Raises:
        UsageError: ``choice`` names a rule that there is not, or ignores a structural one.
    """
    if not (wish.fix or wish.diff):
        return lint_inputs(inputs, choice, progress=progress_line("linted")), False
    # Imported here because a run that fixes nothing need not pay for it.
    from bikube.app.fix import fix_inputs
    from bikube.cli.fixed import say_what_was_fixed, show_diffs, write_to_stdout

    progress = progress_line("fixed")
    fixed = fix_inputs(inputs, choice, unsafe=wish.unsafe, write=not wish.diff, progress=progress)
    if wish.diff:
        show_diffs(fixed, colour=wants_colour(colour))
    else:
        write_to_stdout(fixed)
    say_what_was_fixed(fixed, "would fix" if wish.diff else "fixed")
    return fixed.outcome, wish.diff and any(spec.is_change for spec in fixed.specs)


def apart_from_specs(inputs: Sequence[Input], wish: FixWish) -> AbstractContextManager[Any]:
    """Sends reports to standard error while standard output has a mended spec."""
    has_spec = wish.fix and any(one.path is None for one in inputs)
    return redirect_stdout(sys.stderr) if has_spec else nullcontext()


def hint(outcome: Outcome, wish: FixWish) -> None:
    """Says how many of the findings that are left a fix could mend."""
    found = [one.problem.fix for linted in outcome.linted for one in linted.diagnostics]
    safe = sum(fix is not None and fix.safe for fix in found)
    unsafe = sum(fix is not None for fix in found) - safe
    if wish.fix or wish.diff:
        safe = 0
    if wish.unsafe:
        unsafe = 0
    if safe:
        more = f", {unsafe:,} more with --unsafe-fixes" if unsafe else ""
        click.echo(f"{safe:,} of these can be fixed with --fix{more}", err=True)
    elif unsafe:
        click.echo(f"{unsafe:,} of these can be fixed with --fix --unsafe-fixes", err=True)
