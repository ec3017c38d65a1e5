"""Applies the fixes of a spec's findings until none is left, and looks at what has come of it.

Nothing is read or written. Fixes that meet are applied one after the other, each to the text that
the one before has made.
"""

from collections.abc import Callable
from typing import NamedTuple

from bikube.diagnostics import Diagnostic, Fix, Severity
from bikube.fixing import apply, compatible
from bikube.linting import Linted

_ROUNDS = 20
"""Far more than any nesting of mistakes in a spec needs."""


class Mended(NamedTuple):
    """A spec after its fixes: its bytes, what was and is found, and how many findings are gone.

    If ``refusal`` says why the fixes are no good, all of it is as it was before.
    """

    data: bytes
    before: Linted
    linted: Linted
    fixed: int = 0
    refusal: str = ""


def mend(data: bytes, lint: Callable[[bytes], Linted], *, unsafe: bool) -> Mended:
    """``data`` with every safe fix of its findings, and with ``unsafe`` every other one too."""
    before = linted = lint(data)
    if before.document is None:
        return Mended(data, before, before)
    # A byte order mark is no part of the text.
    mark = data[: len(data) - len(before.source.text.encode())]
    text, fixed = before.source.text, 0
    for _round in range(_ROUNDS):
        chosen = compatible(_fixes(linted, unsafe=unsafe))
        changed = apply(text, chosen)
        if changed == text:
            return Mended(mark + text.encode(), before, linted, fixed)
        text, fixed = changed, fixed + len(chosen)
        linted = lint(mark + text.encode())
        worse = _what_is_worse(before, linted)
        if worse:
            return Mended(data, before, before, refusal=worse)
    still = (one for one in linted.diagnostics if is_fixable(one, unsafe=unsafe))
    rules = ", ".join(sorted({one.problem.rule for one in still}))
    return Mended(data, before, before, refusal=f"its fixes come to no end ({rules})")


def is_fixable(diagnostic: Diagnostic, *, unsafe: bool) -> bool:
    """Whether a finding has a fix, and one that is safe unless ``unsafe`` ones count as well."""
    fix = diagnostic.problem.fix
    return fix is not None and (fix.safe or unsafe)


def _fixes(linted: Linted, *, unsafe: bool) -> list[Fix]:
    found = [one for one in linted.diagnostics if is_fixable(one, unsafe=unsafe)]
    return [one.problem.fix for one in found if one.problem.fix is not None]


def _what_is_worse(before: Linted, after: Linted) -> str:
    """Why ``after`` is worse than ``before``, if it is."""
    errors = _errors(after)
    if after.project is None and before.project is not None:
        return "its fixes would leave no spec"
    if len(errors) > len(_errors(before)):
        known = {(one.problem.rule, one.problem.pointer) for one in _errors(before)}
        new = [one for one in errors if (one.problem.rule, one.problem.pointer) not in known]
        return f'its fixes would bring a new error of rule "{(new or errors)[0].problem.rule}"'
    if len(after.faults) > len(before.faults):
        return f'its fixes would make rule "{after.faults[-1].rule}" fail'
    return ""


def _errors(linted: Linted) -> list[Diagnostic]:
    return [one for one in linted.diagnostics if one.severity is Severity.ERROR]
