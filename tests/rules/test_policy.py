"""How rules count for one spec."""

import pytest

from bikube.diagnostics import Severity
from bikube.rules.policy import Policy
from bikube.rules.rule import Rule

GENERAL = Rule("general", "", Severity.WARNING, "0.1.0")
SPEAKS = Rule("speaks", "", Severity.WARNING, "0.1.0", target="kubernetes")


@pytest.mark.parametrize(
    ("rendered", "expected"),
    [
        ((), True),
        (("kubernetes",), True),
        (("bicep", "kubernetes"), True),
        (("bicep",), False),
    ],
)
def test_a_rule_about_a_target_is_on_where_that_is_rendered(
    rendered: tuple[str, ...], *, expected: bool
) -> None:
    """And where a run only lints: then whatever can be rendered is spoken of."""
    policy = Policy(targets=rendered)
    assert (policy.is_on(SPEAKS), policy.is_on(GENERAL)) == (expected, True)
    assert policy.level(SPEAKS, None) == (Severity.WARNING if expected else None)
    structural = Policy(targets=rendered, ignore={"speaks"})
    level = structural.level(SPEAKS._replace(structural=True, severity=Severity.ERROR), None)
    assert level == (Severity.ERROR if expected else None)
