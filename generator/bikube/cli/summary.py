"""What all commands say: findings, counts, progress."""

import os
import sys
from collections.abc import Callable, Sequence
from time import monotonic
from typing import TYPE_CHECKING

import click

from bikube.app.requests import Changes
from bikube.cli.codes import FAULT, WRONG_USAGE
from bikube.diagnostics import Severity
from bikube.report import Run, load_report
from bikube.text import printable

if TYPE_CHECKING:
    from bikube.app.specs import PassedOver

PATIENCE = 1.0
"""Seconds of silence after which a terminal sees progress."""


def wants_colour(chosen: bool | None, *, err: bool = False) -> bool:
    """Whether to write colours: as chosen, else as the environment says, else on a terminal.

    ``NO_COLOR`` goes before ``FORCE_COLOR``; a terminal that calls itself dumb has no colours.
    """
    if chosen is not None or os.environ.get("NO_COLOR"):
        return bool(chosen)
    if os.environ.get("FORCE_COLOR", "0") not in {"", "0"}:
        return True
    stream = sys.stderr if err else sys.stdout
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def wants_links(chosen: bool | None) -> bool:
    """Whether standard output is a terminal that may follow links: where colours are, but for one.

    Terminals that do not know links pass over them; the console of Linux shows parts of them, a
    dumb one all.
    """
    knows = os.environ.get("TERM") not in {"dumb", "linux"}
    return wants_colour(chosen) and sys.stdout.isatty() and knows


def counted(number: int, noun: str) -> str:
    """``number`` with ``noun`` in its right form."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def write_findings(run: Run, format_: str, *, colour: bool | None, err: bool = False) -> None:
    """Writes the report ``format_`` of ``run`` to standard output, or to standard error."""
    stream = sys.stderr if err else sys.stdout
    report = load_report(format_)
    stream.writelines(report(run, colour=wants_colour(colour, err=err)))


def name_passed_over(passed_over: "Sequence[PassedOver]") -> None:
    """Says on standard error what could have been meant as a spec too."""
    if not passed_over:
        return
    # Imported here because most runs pass over nothing.
    from bikube.cli.passed_over import tell_passed_over

    tell_passed_over(passed_over)


def summarise(run: Run, more: str = "", *, listed: Run | None = None) -> None:
    """Says on standard error what could not be read, how much was found, and ``more`` of that.

    ``listed`` is the run that people have read the findings of, if it is another one.
    """
    for message in run.context.unreadable:
        click.echo(f"bikube: {printable(message)}", err=True)
    for fault in run.faults:
        advice = "please report it, or switch the rule off"
        if fault.kind == "TooSlow":
            advice = "a pattern of it tries too many ways; write it without repeating repetitions"
        click.echo(
            f'bikube: rule "{fault.rule}" failed on {printable(fault.file)} ({fault.kind}); its'
            f" findings are missing here; {advice}",
            err=True,
        )
    left_out = (run if listed is None else listed).left_out
    if left_out:
        others = counted(left_out, "more finding")
        click.echo(f'{others}; "bikube lint --max-findings 0" lists all', err=True)
    found = [
        counted(run.count(severity), severity.label)
        for severity in sorted(Severity, reverse=True)
        if run.count(severity) and severity >= run.context.least
    ]
    nothing = "no errors or warnings" if run.unlisted else "no findings"
    hidden = f" ({run.suppressed:,} suppressed)" if run.suppressed else ""
    total = f"{', '.join(found) or nothing} in {counted(run.files, 'spec')}{hidden}{more}"
    click.echo(total, err=True)


def summarise_found(run: Run, *, listed: Run | None = None) -> None:
    """As ``summarise``, for a command that says of specs without a finding that it is done."""
    if any(run.count(severity) for severity in Severity if severity >= run.context.least):
        summarise(run, listed=listed)


def fixable(run: Run, changes: Changes) -> str:
    """How many of the findings that are left a fix could mend, for the end of a summary."""
    safe = 0 if changes.fixes else run.fixable(safe=True)
    unsafe = 0 if changes.unsafe else run.fixable(safe=False)
    if safe:
        more = f", {unsafe:,} more with --unsafe-fixes" if unsafe else ""
        return f"; {safe:,} fixable with --fix{more}"
    return f"; {unsafe:,} fixable with --fix --unsafe-fixes" if unsafe else ""


def tell_unlisted(run: Run) -> None:
    """Says on standard error how many findings were only counted."""
    if run.unlisted:
        them = "it" if run.unlisted == 1 else "them"
        click.echo(f"{counted(run.unlisted, 'hint')}; --show info lists {them}", err=True)


def exit_code(run: Run, *, found: bool) -> int:
    """The exit code of a run that linted: of several that fit, the highest."""
    if run.faults:
        return FAULT
    return WRONG_USAGE if run.context.unreadable else int(found)


def progress_line(verb: str) -> Callable[[int, int], None]:
    """Shows on a terminal how far long work is; elsewhere, and on a dumb one, says nothing."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return lambda _done, _of: None
    began = monotonic()

    def show(done: int, of: int) -> None:
        if monotonic() - began > PATIENCE:
            end = "\r\x1b[K" if done == of else ""
            click.echo(f"\r{verb} {done:,} of {of:,}{end}", err=True, nl=False)

    return show


def say_waiting(path: str) -> None:
    """Says on standard error that another run writes to ``path``, for which this one waits."""
    click.echo(f"bikube: {printable(path)}: another run is writing here; waiting for it", err=True)
