"""Which findings belong to which place of a picture."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from bikube.diagnostics import Diagnostic, Pointer, Severity


class Mark(NamedTuple):
    """The worst of the findings at a place, and the rules that have found them, sorted."""

    severity: Severity | None = None
    rules: tuple[str, ...] = ()

    @property
    def line(self) -> tuple[str, ...]:
        """The line that says so in a box, if there is one to say."""
        if self.severity is None:
            return ()
        return (f"{self.severity.label}: {', '.join(self.rules)}",)


NO_MARK = Mark()


def marks_of(diagnostics: Iterable[Diagnostic], places: Collection[Pointer]) -> dict[Pointer, Mark]:
    """The marks of ``places``, which have the top of the document, ``()``, among them.

    A finding counts at the innermost place that it is in; hints do not count.
    """
    found: dict[Pointer, set[tuple[Severity, str]]] = {}
    for one in diagnostics:
        if one.severity >= Severity.WARNING:
            at = one.pointer
            while at and at not in places:
                at = at[:-1]
            found.setdefault(at, set()).add((one.severity, one.rule))
    return {place: _mark(pairs) for place, pairs in found.items()}


def _mark(pairs: set[tuple[Severity, str]]) -> Mark:
    return Mark(max(pairs)[0], tuple(sorted({rule for _, rule in pairs})))


def mark_at(marks: Mapping[Pointer, Mark], place: Pointer) -> Mark:
    """The mark of ``place``, where there is one."""
    return marks.get(place, NO_MARK)
