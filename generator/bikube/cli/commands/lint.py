"""``bikube lint``."""

from typing import Any

import click

from bikube.app.reports import rule_files
from bikube.app.specs import select
from bikube.cli.baseline_options import against, baseline_writing_options, wished_baseline
from bikube.cli.codes import WRONG_USAGE
from bikube.cli.fix_options import apart_from_specs, fix_options, hint, lint_or_fix, wished_fixes
from bikube.cli.options import choice, colour_option, rule_options, spec_options, wanted
from bikube.cli.report_options import Wish, format_option, write_reports
from bikube.cli.summary import exit_code, summarise
from bikube.diagnostics import Severity
from bikube.report.run import Context, Run


@click.command("lint", short_help="Find what is wrong in specs.")
@spec_options
@rule_options
@format_option
@click.option(
    "--fail-level",
    type=click.Choice([severity.label for severity in sorted(Severity, reverse=True)]),
    default=Severity.ERROR.label,
    show_default=True,
    help="The least severity that makes the exit code 1.",
)
@baseline_writing_options
@fix_options
@colour_option
def lint(*, wishes: tuple[Wish, ...], fail_level: str, colour: bool | None, **options: Any) -> int:
    """Find what is wrong in specs, and say where and how to fix it.

    SPEC is a file, a folder, a quoted glob, or "-" for standard input. Without one, the specs of
    the nearest bikube.config.yaml are linted, else bikube.yaml.

    \b
    Examples:
      bikube lint
      bikube lint plants/ --format json
      bikube lint --format text --format sarif=bikube.sarif --format junit=bikube.xml
      bikube lint --fix
      bikube lint --diff --unsafe-fixes
      bikube lint --baseline bikube.baseline.json
      bikube lint --add-ignores "until=2026-12-31 the new registry is on order"
      cat bikube.yaml | bikube lint - --stdin-filename bikube.yaml

    With --diff no report is written. With --fix or --add-ignores a spec from standard input goes
    to standard output, and the report to standard error.

    Exit codes: 0 clean, 1 findings, 2 wrong usage or unreadable files, 3 a fault in bikube.
    """
    fixes, baseline = wished_fixes(options), wished_baseline(options)
    selection, chosen = select(wanted(options)), choice(options)
    known = against(baseline, selection.config, chosen)
    outcome, drift = lint_or_fix(selection, known, fixes, colour=colour)
    outcome = known.hide(outcome) if fixes.diff else known.apply(outcome)
    context = Context(
        fail_level=Severity[fail_level.upper()],
        unreadable=outcome.unreadable,
        root=known.root(selection.config),
        rule_file=rule_files(selection.inputs),
    )
    run = Run(outcome.linted, outcome.rules, context=context)
    with apart_from_specs(selection, fixes):
        written = fixes.diff or write_reports(run, wishes, colour=colour)
    summarise(run, outcome)
    hint(outcome, fixes)
    code = exit_code(outcome, found=drift or run.has(context.fail_level))
    return code if written else max(code, WRONG_USAGE)


COMMAND = lint
