"""Applies the fixes of a spec's findings until none is left, and looks at what has come of it.

Nothing is read or written. Fixes that meet are applied one after the other, each to the text that
the one before has made.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import NamedTuple

from bikube.diagnostics import Diagnostic, Fix, Pointer, Severity
from bikube.edits import apply, compatible
from bikube.lint import Linted

_ROUNDS = 20
"""Far more than any nesting of mistakes in a spec needs."""


class Fixed(NamedTuple):
    """A spec after its changes: its bytes, what was and is found.

    ``fixed`` says how many findings of each rule are gone; ``ignored`` ones are silenced. If
    ``refusal`` says why the changes are no good, all of it is as it was before.
    """

    data: bytes
    before: Linted
    linted: Linted
    fixed: Mapping[str, int] = {}
    ignored: int = 0
    refusal: str = ""


def fix_spec(data: bytes, lint: Callable[[bytes], Linted], *, unsafe: bool) -> Fixed:
    """``data`` with every safe fix of its findings, and with ``unsafe`` every other one too."""
    before = linted = lint(data)
    if before.document is None:
        return Fixed(data, before, before)
    text = before.source.text
    fixed: Counter[str] = Counter()
    for _round in range(_ROUNDS):
        rules = _fixes(linted, unsafe=unsafe)
        chosen = compatible(rules)
        changed = apply(text, chosen)
        if changed == text:
            # Only now, because what one fix brings about, the next one may mend.
            worse = _what_is_worse(before, linted)
            if worse:
                return Fixed(data, before, before, refusal=worse)
            return Fixed(before.source.encode(text), before, linted, fixed)
        text = changed
        fixed.update(rules[fix] for fix in chosen)
        linted = lint(before.source.encode(text))
    still = (one for one in linted.diagnostics if is_fixable(one, unsafe=unsafe))
    names = ", ".join(sorted({one.rule for one in still}))
    return Fixed(data, before, before, refusal=f"its fixes come to no end ({names})")


def is_fixable(diagnostic: Diagnostic, *, unsafe: bool) -> bool:
    """Whether a finding has a fix, and one that is safe unless ``unsafe`` ones count as well."""
    fix = diagnostic.fix
    return fix is not None and (fix.safe or unsafe)


def _fixes(linted: Linted, *, unsafe: bool) -> dict[Fix, str]:
    """The fixes of what is found, each with the rule that it is for."""
    found = [one for one in linted.diagnostics if is_fixable(one, unsafe=unsafe)]
    return {one.fix: one.rule for one in reversed(found) if one.fix is not None}


def _what_is_worse(before: Linted, after: Linted) -> str:
    """Why ``after`` is worse than ``before``, if it is."""
    if after.spec is None and before.spec is not None:
        return "its fixes would leave no spec"
    old, now = _errors(before), _errors(after)
    gone = {(one.rule, one.pointer) for one in old} - {(one.rule, one.pointer) for one in now}
    places = {place for _, pointer in gone for place in (pointer, pointer[:-1])}
    new = Counter(one.rule for one in now if not _was_hidden(one.pointer, before, places))
    new -= Counter(one.rule for one in old)
    if new:
        return f'its fixes would bring a new error of rule "{min(new)}"'
    if len(after.faults) > len(before.faults):
        return f'its fixes would make rule "{after.faults[-1].rule}" fail'
    return ""


def _was_hidden(pointer: Pointer, before: Linted, gone: set[Pointer]) -> bool:
    """Whether what is wrong at ``pointer`` may have been so before, where it could not be seen.

    What stands below a misspelt key is not looked at, nor is a map whose kind is not clear; and
    of two rules that speak of one place, one may yield. ``gone`` are places of such mistakes.
    """
    if any(pointer[:length] in gone for length in range(1, len(pointer) + 1)):
        return True
    try:
        return before.document is None or not before.document.span(pointer)
    except (LookupError, TypeError):
        return True


def _errors(linted: Linted) -> list[Diagnostic]:
    return [one for one in linted.diagnostics if one.severity is Severity.ERROR]
