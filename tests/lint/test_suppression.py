"""Comments in a spec silence findings, and are findings where they do not."""

from datetime import date
from pathlib import Path

import pytest
from tests.conftest import RunCli
from tests.support.trees import write_tree

from bikube.lint.engine import Linted, lint
from bikube.rules.builtin import builtin_rules
from bikube.rules.policy import Policy

HEAD = "bikube: v1\ninstance: {name: aio-plant-7, customLocation: cl-plant-7}\n"
QUIET = "# bikube: ignore-file[kubernetes-preview,code-signing-absent] known to all\n"
ENTRY = (
    "  - name: lab\n"
    "    host: Lab77.azurecr.io{trailing}\n"
    "    authentication: {{method: SystemAssignedManagedIdentity}}\n"
)


def _lint(text: str, today: date = date(2026, 6, 1)) -> Linted:
    return lint("bikube.yaml", text.encode(), builtin_rules(), Policy(today=today))


def _found(text: str, today: date = date(2026, 6, 1)) -> list[tuple[str, str]]:
    """Rule and underlined text of every finding."""
    linted = _lint(text, today)
    return [(one.rule, linted.source.cut(one.span)) for one in linted.diagnostics]


def _spec(*, above: str = "", trailing: str = "", top: str = QUIET) -> str:
    return f"{top}{HEAD}registryEndpoints:\n{above}{ENTRY.format(trailing=trailing)}"


CAPITALS = ("registry-host-case", "Lab77.azurecr.io")


def test_spec_without_directives_has_its_finding() -> None:
    """The spec of these tests breaks one rule, beside those that the file's head silences."""
    assert _found(_spec()) == [CAPITALS]
    assert len(_found(_spec(top=""))) == 3


@pytest.mark.parametrize(
    ("above", "trailing"),
    [
        ("", " # bikube: ignore[registry-host-case] the label printer"),
        ("  # bikube: ignore[registry-host-case] the label printer\n", ""),
        ("  # bikube: ignore[registry-host-case] until=2026-06-01 the label printer\n", ""),
        ("  # bikube: ignore[registry-host-case] the printer\n\n  # a lab\n", ""),
    ],
)
def test_directive_silences_its_line_or_its_node(above: str, trailing: str) -> None:
    """After a value it covers the line, above a node all of it, on its last day too."""
    linted = _lint(_spec(above=above, trailing=trailing))
    assert linted.diagnostics == ()
    assert [one.diagnostic.rule for one in linted.suppressed] == [
        "kubernetes-preview",
        "code-signing-absent",
        "registry-host-case",
    ]


@pytest.mark.parametrize(
    ("trailing", "rule", "text"),
    [
        ("ignore[registry-host-csae] why", "unknown-suppression", "registry-host-csae"),
        ("ignore[registry-host-path] why", "unused-suppression", "registry-host-path"),
        (
            "ignore[registry-host-case] until=2026-05-31 why",
            "expired-suppression",
            "until=2026-05-31",
        ),
        ("ignored[registry-host-case] why", "malformed-suppression", None),
        ("ignore[registry-host-case", "malformed-suppression", None),
        ("ignore[] why", "malformed-suppression", None),
        ("ignore[*] why", "malformed-suppression", None),
    ],
)
def test_directives_that_do_nothing_are_findings(
    trailing: str, rule: str, text: str | None
) -> None:
    """Unknown, unused, expired and malformed directives are found, and what they are about too."""
    found = _found(_spec(trailing=f" # bikube: {trailing}"))
    assert CAPITALS in found
    assert [one for one, _ in found if one.endswith("-suppression")] == [rule]
    assert text is None or (rule, text) in found


def test_directive_without_a_reason_silences_and_is_found() -> None:
    """A reason is asked for; without one the directive works and a warning stays."""
    found = _found(_spec(trailing=" # bikube: ignore[registry-host-case]"))
    assert [rule for rule, _ in found] == ["unexplained-suppression"]


def test_structural_rules_cannot_be_silenced() -> None:
    """A directive for a structural rule is a finding, and the rule's finding stays."""
    text = _spec(trailing=" # bikube: ignore[wrong-type] why").replace("Lab77.azurecr.io", "5")
    rules = [rule for rule, _ in _found(text)]
    assert "wrong-type" in rules
    assert len([rule for rule in rules if rule.endswith("-suppression")]) == 1


@pytest.mark.parametrize(
    "value",
    [
        '"a # bikube: ignore[registry-host-case] b"',
        "'# bikube: ignore[registry-host-case] b'",
        "|\n  # bikube: ignore[registry-host-case] b\n",
    ],
)
def test_text_that_looks_like_a_directive_is_text(value: str) -> None:
    """Inside a scalar there is no directive."""
    assert _found(f"{_spec()}x-note: {value}\n") == [CAPITALS]


def test_a_directive_behind_text_that_looks_like_one_counts() -> None:
    """It is about its line, wherever on that line text has the same words."""
    directive = " # bikube: ignore[unknown-key] why"
    host = "Lab77.azurecr.io # bikube: ignore[registry-host-case] why"
    for member in ("size# bikube: ignore[a]", "'# bikube: ignore[a] # bikube: ignore[b]': 5"):
        text = _spec().replace("Lab77.azurecr.io", f"{host}\n    {member}{directive}")
        assert _found(text) == []


def test_command_line_counts_what_is_silenced(run_cli: RunCli, tmp_path: Path) -> None:
    """A silenced spec ends with exit code 0 even at the lowest fail level."""
    text = _spec(trailing=" # bikube: ignore[registry-host-case] the label printer")
    write_tree(tmp_path, {"bikube.yaml": text})
    result = run_cli("lint", "--fail-level", "info", cwd=tmp_path)
    assert (result.code, result.out) == (0, "")
