"""``bikube lint``."""

import sys

import click

from bikube.app.lint import lint_files
from bikube.app.specs import find_inputs
from bikube.cli.output import summarise, wants_colour
from bikube.diagnostics import Severity
from bikube.reporting import Run, load_report, report_names
from bikube.ruleset import builtin_rules


@click.command("lint", short_help="Find what is wrong in specs.")
@click.argument("specs", nargs=-1, metavar="[SPEC]...")
@click.option("--format", "format_", type=click.Choice(report_names()), default="text")
@click.option("--fail-level", type=click.Choice(["error", "warning", "info"]), default="error")
@click.option("--stdin-filename", metavar="NAME", help="What to call the spec on stdin.")
@click.option("--colour/--no-colour", "--color/--no-color", default=None)
def lint(
    specs: tuple[str, ...],
    format_: str,
    fail_level: str,
    stdin_filename: str | None,
    colour: bool | None,
) -> int:
    """Find what is wrong in specs."""
    rules = builtin_rules()
    inputs = find_inputs(specs or ("bikube.yaml",), stdin_name=stdin_filename)
    outcome = lint_files(inputs, rules)
    run = Run(outcome.linted, rules)
    report = load_report(format_)
    sys.stdout.write("".join(report(run, colour=wants_colour(colour))))
    for message in outcome.unreadable:
        click.echo(f"bikube: {message}", err=True)
    summarise(run)
    if outcome.unreadable:
        return 2
    least = Severity[fail_level.upper()]
    return int(any(run.count(severity) for severity in Severity if severity >= least))


COMMAND = lint
