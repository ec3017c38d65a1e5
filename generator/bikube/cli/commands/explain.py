"""``bikube explain``."""

import json
import sys

import click

from bikube.app.rules import find_rule
from bikube.cli.completion import a_rule
from bikube.cli.options import page_format
from bikube.report.rulepage import facts, sections


@click.command("explain", short_help="Show why a rule exists and how to satisfy it.")
@click.argument("rule", metavar="RULE", shell_complete=a_rule)
@page_format("the page is")
def explain(*, rule: str, format_: str) -> int:
    """Show why a rule exists, how to satisfy it, examples with their findings, and sources.

    \b
    Example:
      bikube explain registry-host-case
    """
    file, known = find_rule(rule)
    parts = list(sections(file, known))
    if format_ == "json":
        page = {"rule": rule, "facts": facts(file), "sections": [one._asdict() for one in parts]}
        sys.stdout.write(json.dumps(page, indent=2) + "\n")
        return 0
    sys.stdout.write(f"{rule}: {facts(file)}\n")
    for section in parts:
        margin = "    " if section.language else ""
        body = "\n".join(f"{margin}{line}".rstrip() for line in section.body.splitlines())
        title = f"{section.title}:\n" if section.title else ""
        sys.stdout.write(f"\n{title}{body}\n")
    return 0


COMMAND = explain
