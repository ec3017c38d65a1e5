"""What newcomers get wrong is told by its cause, and nothing that is offered destroys anything."""

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from tests.support.found import real

from bikube.diagnostics import Severity
from bikube.document.walk import leaves
from bikube.fix.rounds import fix_spec
from bikube.lint import Linted
from bikube.lint.oddities import plain


class Mistake(NamedTuple):
    """A spec with one mistake, and what is said of it first; ``at`` is the line and the column.

    ``others`` are the rules of all further warnings and errors.
    """

    what: str
    text: str
    at: str
    rule: str
    message: str
    help: str
    others: list[str]


_LISTED = yaml.safe_load(Path(__file__).with_name("mistakes.yaml").read_text(encoding="utf-8"))
MISTAKES = [Mistake(**one) for one in _LISTED]

MEANT = {
    "systemAssignedManagedIdentity": "SystemAssignedManagedIdentity",
    "contoso.azurecr.io // ours": "contoso.azurecr.io",
}
"""Values that a fix writes anew, and what its author meant by them."""


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.what)
def test_the_first_finding_names_the_cause(mistake: Mistake) -> None:
    """It says where and what the mistake is and what to do, and little else is said."""
    linted = real(mistake.text)
    first, *others = [one for one in linted.diagnostics if one.severity > Severity.INFO]
    place = linted.source.position(first.span.start)
    found = (f"{place.line}:{place.column}", first.rule, first.message, first.help)
    assert found == (mistake.at, mistake.rule, mistake.message, mistake.help)
    assert [one.rule for one in others] == mistake.others


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.what)
def test_no_fix_loses_what_was_written(mistake: Mistake) -> None:
    """After all fixes, unsafe ones too, every value is there that its author has written."""
    fixed = fix_spec(mistake.text.encode(), lambda data: real(data.decode()), unsafe=True)
    assert _values(fixed.before) - _values(fixed.linted) == Counter()
    assert fixed.refusal == ""


def test_no_advice_is_to_remove() -> None:
    """Nothing that is said of a mistake asks to take away what was written."""
    said = [one.text for mistake in MISTAKES for one in real(mistake.text).diagnostics]
    assert [text for text in said if "remove" in text or "delete" in text] == []


def _values(linted: Linted) -> Counter[object]:
    data = linted.document.data if linted.document is not None else {}
    written = [plain(str(leaf.value)) for leaf in leaves(data)]
    return Counter(MEANT.get(value, value) for value in written)
