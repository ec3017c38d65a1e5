"""``bikube lint``."""

from typing import Any

import click

from bikube.app.lint import lint_inputs
from bikube.app.specs import select
from bikube.cli.options import choice, colour_option, rule_options, spec_options, wanted
from bikube.cli.output import exit_code, progress_line, summarise, write_findings
from bikube.diagnostics import Severity
from bikube.reporting import Run, report_names


@click.command("lint", short_help="Find what is wrong in specs.")
@spec_options
@rule_options
@click.option(
    "--format",
    "format_",
    type=click.Choice(report_names()),
    default="text",
    show_default=True,
    help="How findings are written.",
)
@click.option(
    "--fail-level",
    type=click.Choice([severity.label for severity in sorted(Severity, reverse=True)]),
    default=Severity.ERROR.label,
    show_default=True,
    help="The least severity that makes the exit code 1.",
)
@colour_option
def lint(*, format_: str, fail_level: str, colour: bool | None, **options: Any) -> int:
    r"""Find what is wrong in specs, and say where and how to fix it.

    SPEC is a file, a folder, a quoted glob, or "-" for standard input. Without one, the specs of
    the nearest bikube.config.yaml are linted, else bikube.yaml.

    \b
    Examples:
      bikube lint
      bikube lint plants/ --format json
      cat bikube.yaml | bikube lint - --stdin-filename bikube.yaml

    Exit codes: 0 clean, 1 findings, 2 wrong usage or unreadable files, 3 a fault in bikube.
    """
    selection = select(wanted(options))
    outcome = lint_inputs(selection.inputs, choice(options), progress=progress_line("linted"))
    run = Run(outcome.linted, outcome.rules)
    write_findings(run, format_, colour=colour)
    summarise(run, outcome)
    return exit_code(outcome, found=run.has(Severity[fail_level.upper()]))


COMMAND = lint
