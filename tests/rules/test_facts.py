"""What users rely on of a rule, its severity above all, changes on purpose only."""

import pytest
import yaml
from tests.support.facts import FACTS, facts

from bikube import assets
from bikube.diagnostics import Diagnostic, Severity
from bikube.lint.engine import lint
from bikube.rules.builtin import builtin_rules
from bikube.rules.examples import as_spec
from bikube.rules.file import RuleFile, read_rule_file
from bikube.rules.rule import Rule

RULES = list(builtin_rules())
FILES = [
    read_rule_file(path, path.read_bytes())
    for path in sorted(assets.folder("rules").glob("*.yaml"))
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_is_as_agreed(rule: Rule) -> None:
    """Severity, structural and the sort of fix are those that facts.yaml lists."""
    listed = yaml.safe_load(FACTS.read_text(encoding="utf-8"))
    assert facts(rule) == listed.get(rule.id), (
        f"{rule.id} has changed; if docs/stability.md allows it, write it into {FACTS.name}"
    )


def test_no_rule_is_listed_that_is_gone() -> None:
    """What facts.yaml lists are the built-in rules, in order."""
    listed = yaml.safe_load(FACTS.read_text(encoding="utf-8"))
    assert list(listed) == [rule.id for rule in RULES]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.rule.id)
def test_findings_in_examples_are_of_the_sort_that_the_rule_says(file: RuleFile) -> None:
    """They have the rule's severity; fixes are safe if it says so, and there are some."""
    rule = file.rule
    found = [
        one
        for example in file.invalid
        for one in _linted(example.spec, rule)
        if one.rule == rule.id
    ]
    safe = {one.fix.safe for one in found if one.fix is not None}
    if file.invalid:
        assert {one.severity for one in found} == {rule.severity}
        assert safe == set(_declared(rule))


def _linted(example: str, rule: Rule) -> tuple[Diagnostic, ...]:
    spec = as_spec(example, rule.sections)
    return lint("example.yaml", spec.encode(), builtin_rules()).diagnostics


def _declared(rule: Rule) -> list[bool]:
    return [rule.fix["safe"]] if rule.fix else []


def test_facts_in_words() -> None:
    """An error that is structural and whose fix is unsafe has three words."""
    rule = Rule("a", "b", Severity.ERROR, "0.1.0", structural=True, fix={"safe": False})
    assert facts(rule) == ["error", "structural", "unsafe fix"]
    assert facts(rule._replace(structural=False, fix={"safe": True})) == ["error", "safe fix"]
    assert facts(rule._replace(structural=False, fix={})) == ["error"]
