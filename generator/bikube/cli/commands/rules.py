"""``bikube rules``."""

import json
import sys

import click

from bikube.rule import Rule
from bikube.ruleset import builtin_rules


@click.command("rules", short_help="List the rules.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How the list is written.",
)
def rules(*, format_: str) -> int:
    r"""List the rules with their severities.

    \b
    Examples:
      bikube rules
      bikube rules --format json
    """
    found = list(builtin_rules())
    if format_ == "json":
        sys.stdout.write(json.dumps([_entry(rule) for rule in found], indent=2) + "\n")
        return 0
    wide = max(len(rule.id) for rule in found)
    for rule in found:
        sys.stdout.write(f"{rule.id:{wide}}  {rule.severity.label:7}  {rule.summary}\n")
    return 0


def _entry(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "severity": rule.severity.label,
        "structural": rule.structural,
        "status": rule.status,
        "since": rule.since,
        "fix": None if not rule.fix else "safe" if rule.fix["safe"] else "unsafe",
        "summary": rule.summary,
    }


COMMAND = rules
