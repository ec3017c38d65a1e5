"""What is found in one spec and across several comes in the order of the text."""

from tests.support.found import real
from tests.support.trees import spec

from bikube.lint.engine import across
from bikube.rules.builtin import builtin_rules


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
