"""One rule's page: why, how to fix, examples with their real findings, sources.

``explain`` prints it, and the pages in the documentation are the same text.
"""

from collections.abc import Iterator
from typing import NamedTuple

from bikube.edits import apply
from bikube.lint import lint
from bikube.report.run import Run, load_report
from bikube.rules import Ruleset
from bikube.rules.examples import as_spec
from bikube.rules.file import Example, RuleFile
from bikube.text import printable, printable_lines

SPEC_NAME = "bikube.yaml"
"""What the examples' findings call the spec."""

_TESTS = 2
"""How many invalid examples stand in for those that teach."""


class PageSection(NamedTuple):
    """A part of a page: prose, or a text to show as it is."""

    title: str
    body: str
    language: str = ""


def sections(file: RuleFile, rules: Ruleset) -> Iterator[PageSection]:
    """The page of ``file`` from top to bottom; examples are linted with ``rules``."""
    rule = file.rule
    yield PageSection("", _shown(rule.summary))
    yield PageSection("Why", _shown(file.rationale))
    yield PageSection("How to fix", _shown(file.remediation))
    for example in examples(file):
        if example.wrong:
            yield PageSection("Wrong", _shown(example.wrong), "yaml")
            yield from _findings(file, example.wrong, rules)
        if example.right:
            yield PageSection("Right", _shown(example.right), "yaml")
    yield PageSection("Sources", "\n".join(f"* {printable(one)}" for one in file.references))


def examples(file: RuleFile) -> tuple[Example, ...]:
    """Those of ``file`` that teach; where it says of none that they do, the first of its tests."""
    if file.examples:
        return file.examples
    wrong = [Example(wrong=one.spec) for one in file.invalid[:_TESTS]]
    return (*wrong, *(Example(right=one) for one in file.valid[:1]))


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


def _shown(text: str) -> str:
    """``text`` with control characters as escapes: some examples are about just these."""
    return printable_lines(text.rstrip("\n"))


def _findings(file: RuleFile, example: str, rules: Ruleset) -> Iterator[PageSection]:
    """What the rule finds in ``example``, and what its fixes make of it."""
    text = as_spec(example, file.rule.sections)
    linted = lint(SPEC_NAME, text.encode(), rules)
    own = tuple(one for one in linted.diagnostics if one.rule == file.rule.id)
    run = Run((linted._replace(diagnostics=own),), rules)
    found = "".join(load_report("text")(run, colour=False)).rstrip()
    yield PageSection("Finding", found, "text")
    fixes = [one.fix for one in own if one.fix is not None]
    if fixes:
        head = len(text) - len(example)
        yield PageSection("Fixed", _shown(apply(text, fixes)[head:]), "yaml")
