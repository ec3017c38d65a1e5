"""What is found in one spec and across several comes in the order of the text."""

from tests.support.found import real
from tests.support.trees import spec

from bikube.diagnostics import Severity
from bikube.lint.engine import across, lint
from bikube.rules.builtin import builtin_rules
from bikube.rules.rule import Rule, Ruleset


def test_what_shows_across_specs_stands_in_the_order_of_the_text() -> None:
    """A second spec of an instance is told at its name, between what else is found around it."""
    first, second = (real(spec(host="Plant7.azurecr.io"), name) for name in ("a", "b"))
    kept, told = across([first, second], builtin_rules())
    assert kept is first
    assert [one.rule for one in told.diagnostics] == [
        "kubernetes-preview",
        "duplicate-instance",
        "code-signing-absent",
        "registry-host-case",
    ]
    starts = [one.span.start for one in told.diagnostics]
    assert starts == sorted(starts)


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
