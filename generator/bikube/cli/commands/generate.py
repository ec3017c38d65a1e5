"""``bikube generate``."""

import sys
from collections import Counter
from pathlib import Path

import click

from bikube.app.generate import DEFAULT_OUT, Action, Generation, Output, generate, target_names
from bikube.app.requests import BaselineChoice, GenerateRequest, Mode, RuleChoice, SpecChoice
from bikube.cli.baseline_options import baseline_options
from bikube.cli.codes import WRONG_USAGE
from bikube.cli.options import colour_option, spec_options, today
from bikube.cli.report_options import ReportTo, drift_report_options, write_reports
from bikube.cli.summary import (
    counted,
    exit_code,
    name_passed_over,
    progress_line,
    say_waiting,
    summarise,
    summarise_found,
    write_findings,
)
from bikube.errors import UsageError
from bikube.report import Run
from bikube.text import printable


@click.command("generate", short_help="Write Bicep and Kubernetes manifests from specs.")
@spec_options
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help=f"The output folder; else that of each spec's configuration, else {DEFAULT_OUT}.",
)
@click.option("--check", is_flag=True, help="List what would change, write nothing.")
@click.option(
    "--tracked",
    is_flag=True,
    help="With --check or --diff: a generated file that git's index does not have is drift.",
)
@drift_report_options
@click.option("--diff", is_flag=True, help="Show how files would change, write nothing.")
@click.option(
    "--prune",
    is_flag=True,
    help="Also remove files of bikube's of instances that no spec describes, and of targets that"
    " are off.",
)
@click.option(
    "--target",
    "targets",
    multiple=True,
    type=click.Choice(target_names()),
    help="Render only this target; may be given again. Else those of each spec's configuration.",
)
@baseline_options
@colour_option
def command(
    *,
    specs: SpecChoice,
    out: Path | None,
    check: bool,
    reports: tuple[ReportTo, ...],
    diff: bool,
    tracked: bool,
    prune: bool,
    targets: tuple[str, ...],
    baseline: BaselineChoice,
    colour: bool | None,
) -> int:
    """Lint specs, then write Bicep and Kubernetes manifests that mean the same.

    Nothing is written if a spec has an error. Files that bikube did not write are never touched.

    \b
    Examples:
      bikube generate
      bikube generate plant-7.bikube.yaml --out deploy --target bicep
      bikube generate --check
      bikube generate --check --format github --format sarif=drift.sarif

    Exit codes: 0 done or up to date, 1 errors in a spec, drift, or a file in the way, 2 wrong
    usage or unreadable files, 3 a fault in bikube.
    """
    mode: Mode = "diff" if diff else "check" if check else "write"
    rules = RuleChoice(today(), targets=targets)
    if reports and mode != "check":
        raise UsageError('"--format" is for what a check finds; add "--check", without "--diff"')
    files = [one.file for one in reports if one.file is not None]
    request = GenerateRequest(specs, rules, baseline, out, mode, files, prune, tracked)
    generation = generate(request, progress=progress_line("linted"), waits=say_waiting)
    listed, written = _report(generation, reports, colour=colour)
    code = _show(generation, request, colour=colour, listed=listed)
    return code if written else max(code, WRONG_USAGE)


def _report(
    generation: Generation, reports: tuple[ReportTo, ...], *, colour: bool | None
) -> tuple[Run | None, bool]:
    """Writes the reports, if there are any.

    Gives back the run that one of them shows on standard output, as far as it shows that, and
    whether all could be written.
    """
    if not reports:
        return None, True
    # Imported here because most runs report to standard error alone.
    from bikube.app.drift import with_drift

    run = with_drift(generation)
    written = write_reports(run, reports, colour=colour)
    shown = [run if one.is_list else run.limited(0) for one in reports if one.file is None]
    return next(iter(shown), None), written


def _show(
    generation: Generation, request: GenerateRequest, *, colour: bool | None, listed: Run | None
) -> int:
    """Shows what came of ``request``, unless it is ``listed`` already, and gives the exit code."""
    if listed is None:
        write_findings(generation.run, "text", colour=colour, err=True)
    name_passed_over(generation.passed_over)
    _name_leftovers(generation, request)
    _sum_up(generation, listed)
    if generation.refusal:
        click.echo(f"bikube: {printable(generation.refusal)}", err=True)
        return WRONG_USAGE
    if generation.outputs is None:
        click.echo("nothing was written", err=True)
        return exit_code(generation.run, found=True)
    if generation.blocked:
        for folder, step in generation.blocked:
            click.echo(f"bikube: {printable(f'{folder / step.path}: {step.reason}')}", err=True)
        click.echo("nothing was written", err=True)
        return 1
    if request.mode != "write":
        # Imported here because a run that writes need not pay for it.
        from bikube.cli.drift import show_drift

        is_diff = request.mode == "diff"
        is_told = listed is not None
        return show_drift(generation.outputs, diff=is_diff, colour=colour, listed=not is_told)
    for output in generation.outputs:
        _tell(output, pruned=request.prune)
    return 0


def _sum_up(generation: Generation, listed: Run | None) -> None:
    """Says what was found: whatever that is if nothing comes of it, else if it is anything."""
    if generation.outputs is None and not generation.refusal:
        summarise(generation.run, listed=listed)
    else:
        summarise_found(generation.run, listed=listed)


def _name_leftovers(generation: Generation, request: GenerateRequest) -> None:
    if generation.missing is not None:
        # Imported here because it is rare that specs are gone.
        from bikube.credentials.redaction import tell

        click.echo(f"bikube: {printable(tell(generation.missing))}", err=True)
    if request.prune and request.mode == "write":
        return
    advice = '"bikube generate --prune" removes what is generated'
    for output in generation.outputs or ():
        for name, why in sorted({output.why_unwanted(one.path) for one in output.leftovers.steps}):
            place = printable(str(output.folder / name))
            click.echo(f"bikube: {place}: {printable(why)}; {advice}", err=True)


def _tell(output: Output, *, pruned: bool) -> None:
    for instance, spec in output.earlier:
        place = printable(str(output.folder / instance))
        click.echo(
            f"bikube: {place}: until now this was generated from {printable(spec)}", err=True
        )
    steps = (*output.plan.steps, *(output.leftovers.steps if pruned else ()))
    counts: dict[str, Counter[Action]] = {name: Counter() for name in output.specs}
    for step in steps:
        counts.setdefault(step.path.partition("/")[0], Counter())
        counts[step.path.partition("/")[0]][step.action] += 1
    if len(counts) > _MOST:
        together = sum(counts.values(), Counter())
        _tell_counts(output.folder, f"{counted(len(counts), 'instance')}, ", together)
        return
    for instance, count in counts.items():
        _tell_counts(output.folder / instance, "", count)


def _tell_counts(folder: Path, what: str, count: Counter[Action]) -> None:
    shown = [f"{count[action]:,} {word}" for action, word in _WORDS.items() if count[action]]
    there = count.total() - count[Action.DELETE]
    detail = ", ".join(shown) or "no resources"
    name = printable(str(folder))
    sys.stdout.write(f"{name}: {what}{counted(there, 'file')} ({detail})\n")


_MOST = 3
"""How many instances of one folder have a line of their own."""
_WORDS = {
    Action.CREATE: "created",
    Action.UPDATE: "updated",
    Action.DELETE: "removed",
    Action.UNCHANGED: "unchanged",
}

COMMAND = command
