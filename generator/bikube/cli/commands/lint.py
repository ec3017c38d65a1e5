"""``bikube lint``."""

import click

from bikube.app.lint import lint_inputs
from bikube.app.specs import select
from bikube.cli.options import colour_option, config_option, specs_argument, stdin_option
from bikube.cli.output import progress_line, summarise, write_findings
from bikube.config import Config
from bikube.diagnostics import Severity
from bikube.reporting import Run, report_names
from bikube.ruleset import builtin_rules


@click.command("lint", short_help="Find what is wrong in specs.")
@specs_argument
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
@stdin_option
@config_option
@colour_option
def lint(  # noqa: PLR0913 - one parameter an option
    *,
    specs: tuple[str, ...],
    format_: str,
    fail_level: str,
    stdin_filename: str | None,
    config: Config | None,
    colour: bool | None,
) -> int:
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
    rules = builtin_rules()
    selection = select(specs, stdin_name=stdin_filename, config=config)
    outcome = lint_inputs(selection.inputs, rules, progress=progress_line("linted"))
    run = Run(outcome.linted, rules)
    write_findings(run, format_, colour=colour)
    summarise(run, outcome)
    if outcome.unreadable:
        return 2
    return int(run.has(Severity[fail_level.upper()]))


COMMAND = lint
