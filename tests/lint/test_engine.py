"""What is found comes in the order of the text, and one mistake is one finding."""

from collections.abc import Sequence

import pytest
from tests.support.found import RULES, Found, linted
from tests.support.trees import spec

from bikube.diagnostics import Severity
from bikube.lint.engine import Linted, lint, once_a_run
from bikube.rules.builtin import builtin_rules
from bikube.rules.policy import Policy
from bikube.rules.rule import Rule, Ruleset


def test_message_and_help_of_a_rule_are_filled_in() -> None:
    """Both quote the value and the name of the entry."""
    rule = Rule(
        "short-host",
        "Hosts are short.",
        Severity.ERROR,
        "0.1.0",
        sections=("registryEndpoints",),
        require={"pattern": {"at": "/host", "matches": ".{1,5}"}},
        message='host "{value}" is long',
        help='shorten the host of "{name}"',
    )
    text = spec(host="plant7.azurecr.io")
    (found,) = (
        one
        for one in lint("a", text.encode(), Ruleset([*builtin_rules(), rule])).diagnostics
        if one.rule == rule.id
    )
    assert (found.message, found.help, found.text) == (
        'host "plant7.azurecr.io" is long',
        'shorten the host of "a1b"',
        'host "plant7.azurecr.io" is long; shorten the host of "a1b"',
    )


def told(name: str, severity: Severity) -> Linted:
    """A spec with advice for the whole run, and with advice for the spec."""
    one = linted([Found("run", "one"), Found("once", "one")], name=name)
    first, second = one.diagnostics
    return one._replace(diagnostics=(first._replace(severity=severity), second))


@pytest.mark.parametrize(
    ("severities", "speaks"),
    [
        ((Severity.INFO, Severity.INFO, Severity.INFO), 0),
        ((Severity.INFO, Severity.ERROR, Severity.WARNING), 1),
        ((Severity.INFO, Severity.WARNING, Severity.WARNING), 1),
    ],
)
def test_what_is_advice_for_the_run_is_said_once(
    severities: Sequence[Severity], speaks: int
) -> None:
    """Of equal findings of such a rule the first is left, and else the worst."""
    specs = [told(name, one) for name, one in zip("abc", severities, strict=True)]
    found = list(once_a_run(specs, RULES))
    assert [[d.rule for d in one.diagnostics] for one in found] == [
        ["run", "once"] if number == speaks else ["once"] for number in range(3)
    ]
    assert found[speaks] is specs[speaks]


UNFILLED = (
    "bikube: v1\ninstance: {{name: <AIO_NAME>, customLocation: cl-plant}}{comment}\n"
    "registryEndpoints:\n"
    "- {{name: a1b, host: mcr.microsoft.com, authentication: {{method: <Anonymous>}}}}\n"
)


def _levels(policy: Policy, comment: str = "") -> list[tuple[str, str, bool]]:
    """Rule, severity and whether there is a fix, of all that is found at placeholders."""
    text = UNFILLED.format(comment=comment)
    found = lint("bikube.yaml", text.encode(), builtin_rules(), policy).diagnostics
    return [
        (one.rule, one.severity.label, one.fix is not None)
        for one in found
        if one.rule not in ("kubernetes-preview", "code-signing-absent", "registry-role-missing")
    ]


def test_a_placeholder_is_one_error_that_no_fix_fills() -> None:
    """A name or a method that is left to be filled in is that, and no near miss of one."""
    placeholder = ("placeholder", "error", False)
    assert _levels(Policy()) == [placeholder, placeholder]


@pytest.mark.parametrize(
    "policy",
    [
        Policy(ignore=("placeholder",)),
        Policy(levels={"placeholder": Severity.WARNING}),
        Policy(levels={"placeholder": None}),
    ],
)
def test_what_stops_the_output_yields_to_errors_only(policy: Policy) -> None:
    """Where placeholders are no errors, a name that Azure refuses is one all the same."""
    rules = [rule for rule, severity, _ in _levels(policy) if severity == "error"]
    assert rules == ["wrong-pattern", "unknown-value"]


def test_what_stops_the_output_does_not_yield_to_what_is_silenced() -> None:
    """A comment silences the placeholder, and not the name that Azure refuses."""
    found = _levels(Policy(), "  # bikube: ignore[placeholder] filled in by hand")
    assert [rule for rule, *_ in found] == ["wrong-pattern", "placeholder"]
