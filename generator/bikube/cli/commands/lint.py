"""``bikube lint``."""

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, redirect_stdout
from typing import Any

import click

from bikube.app.lint import LintResult, lint_specs
from bikube.app.requests import (
    MOST,
    BaselineChoice,
    Changes,
    LintRequest,
    RuleChoice,
    SpecChoice,
)
from bikube.cli.baseline_options import baseline_writing_options, tell_baseline
from bikube.cli.codes import WRONG_USAGE
from bikube.cli.fix_options import fix_options, refuse_contradictions
from bikube.cli.options import colour_option, rule_options, show_files_option, spec_options
from bikube.cli.report_options import ReportTo, report_options, write_reports
from bikube.cli.summary import (
    exit_code,
    fixable,
    name_passed_over,
    progress_line,
    say_waiting,
    summarise,
    tell_unlisted,
)
from bikube.diagnostics import Severity


def _severity(
    _context: click.Context, _option: click.Parameter, label: str | None
) -> Severity | None:
    return Severity[label.upper()] if label is not None else None


@click.command("lint", short_help="Find what is wrong in specs.")
@spec_options
@show_files_option
@rule_options
@report_options
@click.option(
    "--fail-level",
    type=click.Choice([severity.label for severity in sorted(Severity, reverse=True)]),
    default=Severity.ERROR.label,
    show_default=True,
    callback=_severity,
    help="The least severity that makes the exit code 1.",
)
@click.option(
    "--show",
    type=click.Choice([Severity.WARNING.label, Severity.INFO.label]),
    callback=_severity,
    help="The least severity that is listed for people; else the configuration's, else warning."
    " What fails the run is listed in any case.",
)
@click.option(
    "--max-findings",
    "most",
    type=click.IntRange(min=0),
    metavar="NUMBER",
    default=MOST,
    show_default=True,
    help="How many findings are listed for people; with 0 all. Other reports have every finding.",
)
@baseline_writing_options
@fix_options
@colour_option
def lint(
    *,
    specs: SpecChoice,
    rules: RuleChoice,
    reports: tuple[ReportTo, ...],
    fail_level: Severity,
    show: Severity | None,
    most: int,
    baseline: BaselineChoice,
    changes: Changes,
    colour: bool | None,
) -> int:
    """Find what is wrong in specs, and say where and how to fix it.

    SPEC is a file, a folder, a quoted glob, or "-" for standard input. Without one, the specs of
    the nearest bikube.config.yaml are linted, else bikube.yaml.

    \b
    Examples:
      bikube lint
      bikube lint plants/ --format json
      bikube lint --format text --format sarif=bikube.sarif --format junit=bikube.xml
      bikube lint --select "registry-host-*" --show info
      bikube lint --fix
      bikube lint --diff --unsafe-fixes
      bikube lint --baseline bikube.baseline.json
      bikube lint --add-ignores "until=2026-12-31 the new registry is on order"
      cat bikube.yaml | bikube lint - --stdin-filename bikube.yaml

    With --diff no report is written. With --fix or --add-ignores a spec from standard input goes
    to standard output, and the report to standard error.

    Exit codes: 0 clean, 1 findings, 2 wrong usage or unreadable files, 3 a fault in bikube.
    """
    refuse_contradictions(changes, baseline)
    files = [one.file for one in reports if one.file is not None]
    shown, most = (show, most) if any(one.is_list for one in reports) else (Severity.INFO, 0)
    request = LintRequest(specs, rules, baseline, changes, fail_level, shown, most, files)
    result = lint_specs(request, progress=_progress(changes), waits=say_waiting)
    return _show(result, request, reports, colour=colour)


def _progress(changes: Changes) -> Callable[[int, int], None]:
    return progress_line("fixed" if changes.any else "linted")


def _show(
    result: LintResult, request: LintRequest, reports: tuple[ReportTo, ...], *, colour: bool | None
) -> int:
    """Shows what came of ``request``, and gives the exit code."""
    run, changes = result.run, request.changes
    if changes.any:
        # Imported here because a run that changes nothing need not pay for it.
        from bikube.cli.fix_summary import show_changes

        show_changes(result, changes, colour=colour)
    if result.baseline is not None and not changes.diff:
        tell_baseline(result.baseline)
    with _apart_from_specs(result, changes):
        written = changes.diff or write_reports(run, reports, colour=colour)
    name_passed_over(result.passed_over)
    summarise(run if not changes.diff else run.limited(0), fixable(run, changes))
    if not changes.diff:
        tell_unlisted(run)
    drift = changes.diff and any(file.is_change for file in result.fixed)
    code = exit_code(run, found=drift or run.has(request.fail_level))
    all_written = written and not (result.baseline is not None and result.baseline.refusal)
    return code if all_written else max(code, WRONG_USAGE)


def _apart_from_specs(result: LintResult, changes: Changes) -> AbstractContextManager[Any]:
    """Sends reports to standard error while standard output has a changed spec."""
    has_spec = (changes.fix or changes.reason is not None) and result.has_stdin
    return redirect_stdout(sys.stderr) if has_spec else nullcontext()


COMMAND = lint
