"""The examples of the rules notice when a rule is weakened."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from tests.support.mutation import Mutant, mutants

from bikube import assets
from bikube.lint.ruletest import failures
from bikube.rules.builtin import builtin_rules
from bikube.rules.file import RuleFile
from bikube.rules.loading import load_rule
from bikube.rules.rule import Ruleset

SURVIVORS = Path(__file__).with_name("surviving_mutants.yaml")


@pytest.fixture(scope="module")
def files() -> list[RuleFile]:
    """Every built-in rule that has a check."""
    paths = sorted(assets.folder("rules").glob("*.yaml"))
    found = [load_rule(path, path.read_bytes()) for path in paths]
    return [file for file in found if not file.rule.builtin]


def _survives(file: RuleFile, mutant: Mutant) -> bool:
    rules = Ruleset([*builtin_rules(), mutant.mutated])
    return not any(failures(file._replace(rule=mutant.mutated), rules))


def _survivors(files: list[RuleFile]) -> Iterator[tuple[str, str]]:
    for file in files:
        for mutant in mutants(file.rule):
            if _survives(file, mutant):
                yield mutant.rule, mutant.change


def test_surviving_mutants_are_listed_with_reasons(files: list[RuleFile]) -> None:
    """What no example notices is exactly what is listed, each with a reason."""
    listed = yaml.safe_load(SURVIVORS.read_text(encoding="utf-8"))
    reasons = {(one["rule"], one["change"]): one["reason"] for one in listed}
    assert set(_survivors(files)) == set(reasons)
    assert [key for key, reason in reasons.items() if len(reason.split()) < 4] == []


def test_nine_of_ten_mutants_are_noticed(files: list[RuleFile]) -> None:
    """At least ninety percent of all mutants make some example fail."""
    made = sum(1 for file in files for _ in mutants(file.rule))
    listed = yaml.safe_load(SURVIVORS.read_text(encoding="utf-8"))
    assert made > 0
    assert 1 - len(listed) / made >= 0.9


def test_every_mutant_can_look(files: list[RuleFile]) -> None:
    """No mutant is noticed only because its pattern is none."""
    for file in files:
        for mutant in mutants(file.rule):
            arguments = [*mutant.mutated.when.values(), *mutant.mutated.require.values()]
            patterns = [one["matches"] for one in arguments if "matches" in one]
            patterns += [one["pattern"] for one in [mutant.mutated.fix.get("replace")] if one]
            assert all(map(re.compile, patterns))


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("a|b", ["a at 0 dropped", "b at 2 dropped"]),
        ("x(?:a|b)y", ["a at 4 dropped", "b at 6 dropped"]),
        ("[|(]|\\|", ["[|(] at 0 dropped", "\\| at 5 dropped"]),
        ("(?!a)b(c)?", ["(?!a) at 0 dropped", "(c)? at 6 dropped"]),
        ("^a{2,3}\\Z", ["^ at 0 dropped", "{2,3} at 2 dropped", "\\Z at 7 dropped"]),
        ("[^$]\\$\\{2}", []),
        ("(?i)a\\b", ["(?i) dropped", "\\b at 5 dropped"]),
    ],
)
def test_mutants_of_a_pattern(pattern: str, expected: list[str]) -> None:
    """Alternatives, anchors, bounds, look-arounds, optional groups and flags go one at a time."""
    rule = next(iter(builtin_rules()))._replace(require={"pattern": {"matches": pattern}})
    changes = [mutant.change for mutant in mutants(rule) if "not anchored" not in mutant.change]
    assert [re.sub(r"^require\.pattern\.matches: ", "", one) for one in changes] == expected
