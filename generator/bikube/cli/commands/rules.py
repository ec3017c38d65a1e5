"""``bikube rules``."""

import sys
from pathlib import Path
from typing import Any

import click

from bikube.app.rules import Rule, all_rules, test_rules
from bikube.cli.options import outside_option, page_format
from bikube.cli.summary import counted
from bikube.text import printable
from bikube.text.data import as_json


@click.group("rules", short_help="List the rules, or test your own.", invoke_without_command=True)
@outside_option
@page_format("the list is")
@click.pass_context
def rules(context: click.Context, *, outside: bool, format_: str) -> int:
    """List the rules with their severities; those of the nearest configuration are among them.

    \b
    Examples:
      bikube rules
      bikube rules --format json
      bikube rules test
    """
    if context.invoked_subcommand is not None:
        return 0
    found = list(all_rules(outside=outside))
    if format_ == "json":
        sys.stdout.write(as_json([_entry(rule) for rule in found], indent=2) + "\n")
        return 0
    wide = max(len(rule.id) for rule in found)
    for rule in found:
        status = "" if rule.status == "stable" else f" ({rule.status})"
        sys.stdout.write(
            f"{rule.id:{wide}}  {rule.severity.label:7}  {printable(rule.summary)}{status}\n"
        )
    return 0


def _entry(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "severity": rule.severity.label,
        "structural": rule.structural,
        "status": rule.status,
        "since": rule.since,
        "fix": None if not rule.fix else "safe" if rule.fix["safe"] else "unsafe",
        "summary": rule.summary,
    }


@rules.command("test", short_help="Run the examples in your own rule files.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@outside_option
def test(*, files: tuple[Path, ...], outside: bool) -> int:
    """Run the examples in rule files: valid ones must be clean, invalid ones found as they say.

    Without FILE these are the customRules of the nearest configuration.

    \b
    Example:
      bikube rules test checks/host-suffix.yaml
    """
    tested, wrong = test_rules(files, outside=outside)
    for failure in wrong:
        sys.stdout.write(f"{printable(failure)}\n")
    click.echo(f"{counted(tested, 'rule')} tested, {counted(len(wrong), 'failure')}", err=True)
    return int(bool(wrong))


COMMAND = rules
