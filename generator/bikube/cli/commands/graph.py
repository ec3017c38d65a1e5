"""``bikube graph``."""

import sys

import click

from bikube.app.graph import Drawn, drawing_names, graph_specs
from bikube.app.requests import RuleChoice, SpecChoice
from bikube.cli.options import rule_options, spec_options
from bikube.cli.summary import (
    counted,
    exit_code,
    name_passed_over,
    progress_line,
    write_findings,
)
from bikube.text import printable

MERMAID = "mermaid"
MOST_ARROWS, MOST_CHARACTERS = 500, 50_000
"""What Mermaid draws without being configured: its maxEdges and maxTextSize."""


@click.command("graph", short_help="Draw what specs describe, and the way of data through it.")
@spec_options
@rule_options
@click.option(
    "--format",
    "format_",
    type=click.Choice(drawing_names()),
    default=MERMAID,
    show_default=True,
    help="The language of the picture.",
)
@click.option(
    "--around",
    "names",
    multiple=True,
    metavar="NAME",
    help="Only resources and nodes called so, and what these lead to or come from; may be given"
    " again.",
)
def graph(*, specs: SpecChoice, rules: RuleChoice, format_: str, names: tuple[str, ...]) -> int:
    """Draw what specs describe, what refers to what, and the way that data takes.

    Solid arrows are the way of data: from a topic through a data flow, or the nodes of a graph, to
    an endpoint. Dashed ones are references, such as that to the registry that a node is pulled
    from. What an error is in is red, what a warning is in is yellow, and names it; dashed boxes
    are not described, red ones are not there at all.

    \b
    Examples:
      bikube graph
      bikube graph plants/ --format dot | dot -Tsvg > plants.svg
      bikube graph bikube.yaml --around temperature-graph --ignore "registry-*"

    Exit codes: 0 drawn, 1 a file is no spec, 2 wrong usage or unreadable files, 3 a fault in
    bikube.
    """
    drawn = graph_specs(specs, rules, format_, names=names, progress=progress_line("drawn"))
    sys.stdout.write(drawn.text)
    return _tell(drawn, format_)


def _tell(drawn: Drawn, format_: str) -> int:
    """Says on standard error what is not in the picture, and gives the exit code."""
    write_findings(drawn.undrawn, "text", colour=None, err=True)
    for message in drawn.undrawn.context.unreadable:
        click.echo(f"bikube: {printable(message)}", err=True)
    for one in drawn.undrawn.specs:
        click.echo(f"bikube: {printable(one.file)} is no spec, and not drawn", err=True)
    if not drawn.text:
        click.echo("nothing was drawn", err=True)
    name_passed_over(drawn.passed_over)
    if format_ == MERMAID and _is_large(drawn):
        size = f"{counted(drawn.arrows, 'arrow')}, {counted(len(drawn.text), 'character')}"
        click.echo(
            f"this is much for Mermaid ({size}), which stops at {MOST_ARROWS} or"
            f' {MOST_CHARACTERS:,} unless told otherwise; "--format dot" has no limit',
            err=True,
        )
    return exit_code(drawn.undrawn, found=drawn.undrawn.files > 0)


def _is_large(drawn: Drawn) -> bool:
    return drawn.arrows > MOST_ARROWS or len(drawn.text) > MOST_CHARACTERS


COMMAND = graph
