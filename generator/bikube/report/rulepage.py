"""One rule's page: why, how to fix, examples with their real findings, sources.

``explain`` prints it, and the pages in the documentation are the same text.
"""

from collections.abc import Iterator
from typing import NamedTuple

from bikube.lint import lint
from bikube.report.run import Run, load_report
from bikube.rules import Ruleset
from bikube.rules.examples import as_spec
from bikube.rules.file import Invalid, RuleFile
from bikube.text import printable

SPEC_NAME = "bikube.yaml"
"""What the examples' findings call the spec."""


class PageSection(NamedTuple):
    """A part of a page: prose, or a text to show as it is."""

    title: str
    body: str
    language: str = ""


def sections(file: RuleFile, rules: Ruleset) -> Iterator[PageSection]:
    """The page of ``file`` from top to bottom; examples are linted with ``rules``."""
    rule = file.rule
    yield PageSection("", rule.summary)
    yield PageSection("Why", file.rationale)
    yield PageSection("How to fix", file.remediation)
    for example in file.invalid:
        yield PageSection("Wrong", _shown(example.spec), "yaml")
        yield PageSection("Finding", _findings(file, example, rules), "text")
        if example.fixed is not None:
            yield PageSection("Fixed", _shown(example.fixed), "yaml")
    for valid in file.valid:
        yield PageSection("Right", _shown(valid), "yaml")
    yield PageSection("Sources", "\n".join(f"* {reference}" for reference in file.references))


def facts(file: RuleFile) -> str:
    """The rule's properties in one line."""
    rule = file.rule
    parts = [rule.severity.label]
    if rule.structural:
        parts.append("structural: cannot be lowered or suppressed")
    if rule.fix:
        parts.append("safe fix" if rule.fix["safe"] else "unsafe fix")
    parts += [rule.status, f"since {rule.since}"]
    return " · ".join(parts)


def _shown(example: str) -> str:
    """``example`` with control characters as escapes: some examples are about just these."""
    return "\n".join(printable(line) for line in example.rstrip("\n").split("\n"))


def _findings(file: RuleFile, example: Invalid, rules: Ruleset) -> str:
    linted = lint(SPEC_NAME, as_spec(example.spec, file.rule.sections).encode(), rules)
    own = tuple(one for one in linted.diagnostics if one.rule == file.rule.id)
    run = Run((linted._replace(diagnostics=own),), rules)
    return "".join(load_report("text")(run, colour=False)).rstrip()
