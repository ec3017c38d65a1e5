"""What holds a rule, its examples and the list of facts, notices when the rule is changed."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from tests.support.facts import FACTS, facts
from tests.support.mutation import Mutant, mutants
from tests.support.summary import SUMMARY

from bikube import assets
from bikube.lint.ruletest import failures
from bikube.rules.builtin import builtin_rules
from bikube.rules.file import RuleFile
from bikube.rules.loading import load_rule
from bikube.rules.rule import Ruleset

SURVIVORS = Path(__file__).with_name("surviving_mutants.yaml")


class Tried(NamedTuple):
    """The mutants of all rules, and those that nothing noticed."""

    mutants: list[Mutant]
    survivors: list[Mutant]

    def __str__(self) -> str:
        killed = len(self.mutants) - len(self.survivors)
        rules = len({mutant.rule for mutant in self.mutants})
        return (
            f"{killed} of {len(self.mutants)} changes to {rules} rules were noticed"
            f" ({killed / len(self.mutants):.1%})"
        )


@pytest.fixture(scope="module")
def files() -> list[RuleFile]:
    """Every built-in rule."""
    paths = sorted(assets.folder("rules").glob("*.yaml"))
    return [load_rule(path, path.read_bytes()) for path in paths]


@pytest.fixture(scope="module")
def tried(files: list[RuleFile]) -> Tried:
    """Every mutant of every rule, tried once."""
    made = [(file, mutant) for file in files for mutant in mutants(file.rule)]
    listed = yaml.safe_load(FACTS.read_text(encoding="utf-8"))
    survivors = [mutant for file, mutant in made if not any(_noticed(file, mutant, listed))]
    return Tried([mutant for _, mutant in made], survivors)


def _noticed(file: RuleFile, mutant: Mutant, listed: Mapping[str, list[str]]) -> Iterator[object]:
    """What notices the mutant; examples do not show the facts, and take longer."""
    if facts(mutant.mutated) != listed[mutant.rule]:
        yield mutant
    else:
        rules = Ruleset([*builtin_rules(), mutant.mutated])
        yield from failures(file._replace(rule=mutant.mutated), rules)


def test_every_rule_is_changed(files: list[RuleFile], tried: Tried) -> None:
    """There is no rule without a mutant, and none that something notices unchanged."""
    assert {mutant.rule for mutant in tried.mutants} == {file.rule.id for file in files}
    examples = [file for file in files if not file.rule.builtin]
    assert [failure for file in examples for failure in failures(file, builtin_rules())] == []


def test_surviving_mutants_are_listed_with_reasons(
    tried: Tried, record_property: Callable[[str, object], None]
) -> None:
    """What nothing notices is exactly what is listed, each with a reason."""
    survivors = [(mutant.rule, mutant.change) for mutant in tried.survivors]
    record_property(SUMMARY, f"{tried}; these were not, for reasons that {SURVIVORS.name} gives:")
    for rule, change in survivors:
        record_property(SUMMARY, f"  {rule}: {change}")
    listed = yaml.safe_load(SURVIVORS.read_text(encoding="utf-8"))
    reasons = {(one["rule"], one["change"]): one["reason"] for one in listed}
    assert set(survivors) == set(reasons)
    assert [key for key, reason in reasons.items() if len(reason.split()) < 4] == []


def test_nine_of_ten_mutants_of_checks_are_noticed(tried: Tried) -> None:
    """At least ninety percent of those that change a check, not a fact, make an example fail."""
    listed = yaml.safe_load(FACTS.read_text(encoding="utf-8"))
    made = [one for one in tried.mutants if facts(one.mutated) == listed[one.rule]]
    assert len(made) > 400
    assert 1 - len(tried.survivors) / len(made) >= 0.9


def test_every_mutant_can_look(files: list[RuleFile]) -> None:
    """No mutant is noticed only because its pattern is none."""
    for file in files:
        for mutant in mutants(file.rule):
            changed = mutant.mutated
            placed = (changed.where, changed.when, changed.unless, changed.require)
            arguments = [one for checks in placed for one in checks.values()]
            patterns = [one["matches"] for one in arguments if "matches" in one]
            patterns += [one["pattern"] for one in [mutant.mutated.fix.get("replace")] if one]
            assert all(map(re.compile, patterns))


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("a|b", ["a at 0 dropped", "b at 2 dropped"]),
        ("x(?:a|b)y", ["a at 4 dropped", "b at 6 dropped"]),
        (
            "[|(]|\\|",
            [
                "[|(] at 0 is [^|(]",
                "[|(] at 0 is [(]",
                "[|(] at 0 is [|]",
                "[|(] at 0 dropped",
                "\\| at 5 dropped",
            ],
        ),
        ("(?!a)b(c)?", ["(?!a) at 0 dropped", "(c)? at 6 dropped"]),
        (
            "^a{2,3}\\Z",
            [
                "^ at 0 dropped",
                "{2,3} at 2 dropped",
                "{2,3} at 2 is {1,3}",
                "{2,3} at 2 is {3,3}",
                "{2,3} at 2 is {2,2}",
                "{2,3} at 2 is {2,4}",
                "\\Z at 7 dropped",
            ],
        ),
        ("[^$]\\$\\{2}", ["[^$] at 0 is [$]"]),
        (
            "[^]1-3\\]]",
            [
                "[^]1-3\\]] at 0 is []1-3\\]]",
                "[^]1-3\\]] at 0 is [^1-3\\]]",
                "[^]1-3\\]] at 0 is [^]\\]]",
                "[^]1-3\\]] at 0 is [^]2-3\\]]",
                "[^]1-3\\]] at 0 is [^]1-2\\]]",
                "[^]1-3\\]] at 0 is [^]1-3]",
            ],
        ),
        (
            "a+?b*\\+c?(?:d){,2}",
            [
                "+ at 1 is *",
                "* at 4 is +",
                "? at 8 dropped",
                "{,2} at 14 dropped",
                "{,2} at 14 is {1}",
                "{,2} at 14 is {3}",
            ],
        ),
        ("(?i)a\\b", ["(?i) dropped", "\\b at 5 dropped"]),
    ],
)
def test_mutants_of_a_pattern(pattern: str, expected: list[str]) -> None:
    """Alternatives, anchors, sets, quantifiers, look-arounds and flags change one at a time."""
    rule = next(iter(builtin_rules()))._replace(require={"pattern": {"matches": pattern}})
    changes = [mutant.change for mutant in mutants(rule) if mutant.change.startswith("require.")]
    found = [change.removeprefix("require.pattern.matches: ") for change in changes]
    assert [change for change in found if "not anchored" not in change] == expected
