"""Every rule file: its examples run, its words have their form, and the index is that of the files."""

import re
import runpy
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bikube import plugins
from bikube.diagnostics import Diagnostic, Fix, Severity, join_pointer
from bikube.examples import DEFAULT_SECTION, as_spec
from bikube.fixing import apply
from bikube.linting import Linted, lint
from bikube.rule import Rule, Ruleset
from bikube.rulefile import RuleFile, read_rule_file
from bikube.ruleset import INDEX, builtin_rules, index_text
from bikube.source import Span
from bikube.validation import Compiler
from bikube.violations import Violation

ROOT = Path(__file__).parents[1]
FILES = [
    read_rule_file(path, path.read_bytes()) for path in sorted((ROOT / "rules").glob("*.yaml"))
]
RULES = Ruleset(file.rule for file in FILES)

WITHOUT_INVALID_EXAMPLE = {
    "file-too-large": "64 MiB do not fit into a rule file",
    "file-encoding": "a rule file is UTF-8 itself",
    "duplicate-instance": "one example is one spec",
    "enum-case": "no kind so far has an open set of values",
    "enum-value": "no kind so far has an open set of values",
    "out-of-range": "no kind so far has a number",
}
"""Rules that another test shows at work; the reason why no example can."""

SAME_PLACE = [
    (
        "each is about its own part of a host: scheme, letters, path, last slash",
        {
            "registry-host-case",
            "registry-host-https",
            "registry-host-path",
            "registry-host-scheme",
            "registry-host-trailing-slash",
        },
        {
            "registry-host-acr-data",
            "registry-host-acr-name",
            "registry-host-case",
            "registry-host-docker-hub",
            "registry-host-domain",
            "registry-host-form",
            "registry-host-gcr",
            "registry-host-https",
            "registry-host-path",
            "registry-host-trailing-slash",
            "registry-identity-host",
        },
    ),
    (
        "they compare two entries, and say nothing of the host itself",
        {"registry-host-shared", "registry-host-twin"},
        {
            "registry-host-case",
            "registry-host-docker-hub",
            "registry-host-domain",
            "registry-host-https",
            "registry-host-path",
            "registry-host-scheme",
            "registry-host-trailing-slash",
        },
    ),
    (
        "it says once a spec that a registry may not be supported, whatever else is wrong",
        {"registry-support"},
        {
            "registry-endpoint-reserved",
            "registry-host-case",
            "registry-host-domain",
            "registry-host-form",
            "registry-host-https",
            "registry-host-path",
            "registry-host-scheme",
            "registry-host-trailing-slash",
            "registry-identity-host",
            "wrong-length",
        },
    ),
    (
        "it shows an entry by its name",
        {"code-signing-absent"},
        {"wrong-length", "wrong-pattern"},
    ),
    (
        "a rule that can be lowered does not silence one that keeps names off the disk",
        {"placeholder"},
        {"wrong-pattern"},
    ),
]
"""Rules that may speak of one place together, and why."""


class Case(NamedTuple):
    """One example of a rule, and what it must come to."""

    file: RuleFile
    text: str
    expected: list[tuple[str, str]]
    messages: list[str | None]
    fixed: str | None


def spec_of(file: RuleFile, example: str) -> str:
    """The example as a whole spec."""
    return as_spec(example, file.rule.sections[0] if file.rule.sections else DEFAULT_SECTION)


def cases() -> list[Any]:
    """Every example of every rule; what is valid expects nothing."""
    found = []
    for file in FILES:
        name = file.rule.id
        for number, text in enumerate(file.valid):
            case = Case(file, spec_of(file, text), [], [], None)
            found.append(pytest.param(case, id=f"{name}-valid-{number}"))
        for number, example in enumerate(file.invalid):
            expected = [(one.at, one.text) for one in example.expect]
            messages = [one.message for one in example.expect]
            fixed = None if example.fixed is None else spec_of(file, example.fixed)
            case = Case(file, spec_of(file, example.spec), expected, messages, fixed)
            found.append(pytest.param(case, id=f"{name}-invalid-{number}"))
    return found


def linted(text: str) -> Linted:
    """``text`` after all rules; none of them may have failed."""
    result = lint("bikube.yaml", text.encode(), RULES)
    assert result.faults == ()
    return result


def findings(text: str, rule: str) -> list[Diagnostic]:
    """What ``rule`` finds in ``text``."""
    return [one for one in linted(text).diagnostics if one.problem.rule == rule]


def fixes(found: list[Diagnostic]) -> list[Fix]:
    """The fixes that the findings offer."""
    return [one.problem.fix for one in found if one.problem.fix is not None]


def place(finding: Diagnostic) -> tuple[str, str]:
    """The pointer of a finding, and the text that it underlines."""
    return join_pointer(finding.problem.pointer), finding.source.cut(finding.problem.span)


@pytest.mark.parametrize("case", cases())
def test_an_example_has_the_findings_it_says(case: Case) -> None:
    """A rule finds what its example says, at that pointer and text, and nothing else."""
    found = findings(case.text, case.file.rule.id)
    assert [place(one) for one in found] == case.expected
    said = [one.problem.message for one in found]
    assert [wanted or message for wanted, message in zip(case.messages, said, strict=True)] == said


@pytest.mark.parametrize("case", cases())
def test_a_valid_example_has_no_error(case: Case) -> None:
    """What a rule calls valid can be generated: no rule finds an error in it."""
    severe = [one for one in linted(case.text).diagnostics if one.severity is Severity.ERROR]
    assert [one.problem.rule for one in severe if not case.expected] == []


@pytest.mark.parametrize("case", cases())
def test_messages_have_three_parts(case: Case) -> None:
    """A message says what was found, what was expected, and how to fix it; all of it is filled in."""
    for one in findings(case.text, case.file.rule.id):
        message = one.problem.message
        assert len(message.split("; ")) == 3, message
        assert not message[0].isupper() or message.startswith("API "), message
        assert not re.search(r"\.$|\s$|\{[a-z_]+\}", message), message


@pytest.mark.parametrize("case", cases())
def test_a_fix_mends_what_it_is_for(case: Case) -> None:
    """The fixes give the text that the example says, and a second round finds nothing to fix."""
    rule = case.file.rule.id
    found = findings(case.text, rule)
    offered = fixes(found)
    fixed = apply(case.text, offered)
    assert (fixed if offered else None) == case.fixed
    again = findings(fixed, rule)
    assert len(again) == len(found) - len(offered)
    assert fixes(again) == []


@pytest.mark.parametrize("case", cases())
def test_a_finding_underlines_the_offending_key_or_value(case: Case) -> None:
    """The underlined text is a key, or what reads back as the value, at the finding's pointer."""
    result = linted(case.text)
    for one in result.diagnostics:
        problem = one.problem
        if problem.pointer and result.document is not None:
            spans = {result.document.span(problem.pointer, part) for part in ("key", "value")}
            assert problem.span in spans


def may_meet(one: str, other: str) -> bool:
    """Whether two rules may speak of one place."""
    return any(
        (one in some and other in others) or (other in some and one in others)
        for _reason, some, others in SAME_PLACE
    )


@pytest.mark.parametrize("case", cases())
def test_one_mistake_is_one_finding(case: Case) -> None:
    """No two rules speak of the same place, but for pairs that say different things."""
    by_span: dict[Span, set[str]] = {}
    for one in linted(case.text).diagnostics:
        by_span.setdefault(one.problem.span, set()).add(one.problem.rule)
    pairs = {pair for found in by_span.values() for pair in combinations(sorted(found), 2)}
    assert {pair for pair in pairs if not may_meet(*pair)} == set()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.rule.id)
def test_a_rule_file_is_complete(file: RuleFile) -> None:
    """A rule has prose of its form, sources, and examples of both kinds."""
    rule = file.rule
    assert rule.id == file.path.stem
    assert rule.since == "0.1.0"
    assert rule.summary.endswith(".")
    assert rule.summary.count("\n") == 0
    assert file.remediation.endswith(".")
    assert file.rationale.endswith(".")
    assert [url for url in file.references if not url.startswith("https://")] == []
    assert file.valid
    assert bool(file.invalid) == (rule.id not in WITHOUT_INVALID_EXAMPLE)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.rule.id)
def test_checks_take_the_arguments_that_a_rule_gives(file: RuleFile) -> None:
    """Every check that a rule names is there and takes these arguments."""
    rule = file.rule
    for name, arguments in [*rule.when.items(), *rule.unless.items(), *rule.require.items()]:
        check = plugins.load("bikube.checks", name, "CHECK")
        violations: list[Violation] = []
        Compiler({}).compile(check.parameters)(arguments, None, violations)
        assert violations == []


def test_rules_yield_to_rules_that_are_there_and_do_not_yield_back() -> None:
    """Following ``yields`` ends, and a rule that speaks once a spec has none."""

    def louder(rule: Rule, path: tuple[str, ...]) -> None:
        assert rule.id not in path
        for name in rule.yields:
            louder(RULES[name], (*path, rule.id))

    for rule in RULES:
        louder(rule, ())
        assert not (rule.once and rule.yields)


def test_every_check_serves_a_rule() -> None:
    """No check is there for nothing."""
    used = {
        name for rule in RULES for part in (rule.when, rule.unless, rule.require) for name in part
    }
    assert used == set(plugins.names("bikube.checks"))


def test_no_sources_of_findings_without_a_rule_file() -> None:
    """The engine reports exactly the rules whose files say so."""
    named: set[str] = set()
    package = ROOT / "generator" / "bikube"
    for path in [*package.glob("*.py"), *(package / "document").glob("*.py")]:
        text = path.read_text(encoding="utf-8")
        named.update(
            re.findall(r'(?:Problem|Violation|_Stop|return|rule, message =)\W*"([a-z-]+)"', text)
        )
    builtin = {rule.id for rule in RULES if rule.builtin}
    assert builtin - named == set()


def test_the_index_is_that_of_the_rule_files() -> None:
    """``make rules`` has been run, and the index gives the very rules of the files."""
    assert INDEX.read_text(encoding="utf-8") == index_text(RULES)
    assert list(builtin_rules()) == list(RULES)


def test_the_script_writes_the_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The developers' script writes what the drift test wants."""
    monkeypatch.setattr("bikube.ruleset.INDEX", tmp_path / "index.json")
    runpy.run_path(str(ROOT / "scripts" / "write_rules_index.py"), run_name="__main__")
    assert (tmp_path / "index.json").read_bytes() == INDEX.read_bytes()
