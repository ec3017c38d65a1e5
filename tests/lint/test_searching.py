"""Of what is found in one spec so much is kept, and what is left out is told."""

import pytest
from benchmarks import mixed
from tests.support.effort import calls
from tests.support.trees import spec

from bikube.diagnostics import Diagnostic
from bikube.document import decode, parse
from bikube.lint.engine import lint
from bikube.lint.searching import search
from bikube.lint.structure import structural_diagnostics
from bikube.rules.builtin import builtin_rules
from bikube.rules.policy import Policy
from bikube.spec.model import Spec

_STRANGE = spec() + "".join(f"k{number}: 1\n" for number in range(5))


def _spec(text: str) -> Spec:
    document, _ = parse(decode("a", text.encode())[0])
    assert document is not None
    return Spec(document, {})


def _found(text: str, most: int) -> list[tuple[str, str]]:
    found: list[Diagnostic] = []
    assert search(_spec(text), builtin_rules(), Policy(), found, most=most) == ()
    return [(one.rule, one.message) for one in found]


def test_so_many_findings_are_kept() -> None:
    """The first ones are, and one at the top of the file tells that there are more."""
    every = _found(_STRANGE, 100)
    assert [rule for rule, _ in every[:5]] == ["unknown-section"] * 5
    assert _found(_STRANGE, 4) == [
        *every[:4],
        ("file-too-large", "more than 4 findings; no others are looked for"),
    ]


def test_rules_find_no_more_than_is_kept() -> None:
    """They come after the form, each with what room is left."""
    text = spec(host="R.azurecr.io")
    every = _found(text, 100)
    assert len(every) > 2
    assert _found(text, 2) == [
        *every[:2],
        ("file-too-large", "more than 2 findings; no others are looked for"),
    ]


def test_the_form_is_not_looked_at_without_end() -> None:
    """It stops at the first violation too many, be they alone or the members of one map."""
    assert len(list(structural_diagnostics(_spec(_STRANGE), 2))) == 3
    items = "registryEndpoints: [1, 2, 3, 4]\n"
    head = "bikube: v1\ninstance: {name: aio-plant-7, customLocation: cl-plant-7}\n"
    assert len(list(structural_diagnostics(_spec(head + items), 2))) == 3


@pytest.mark.parametrize("finding", [False, True], ids=["clean", "with findings"])
def test_the_work_of_all_rules_grows_with_the_spec(finding: bool) -> None:
    """Twice the resources of all kinds take twice the calls, and not their square."""

    def work(lines: int) -> int:
        text = "".join(mixed.spec(lines, instance="aio-plant-7", finding=finding)).encode()
        return calls(lambda: lint("bikube.yaml", text, builtin_rules()))

    work(1)  # Imports and compiles what both need.
    assert work(16) < 2.2 * work(8)
