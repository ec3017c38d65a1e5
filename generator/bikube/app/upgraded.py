"""A spec that was to go to another API version, as it may be shown: places, and no credentials."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from bikube.app.lint import rules_of
from bikube.app.specs import Input
from bikube.diagnostics import Diagnostic, Pointer, Severity
from bikube.document import Document
from bikube.lint import Linted
from bikube.report import Run
from bikube.text import Span
from bikube.upgrade import Difference, Upgraded

__all__ = ["Difference", "UpgradedFile", "shown"]


class UpgradedFile(NamedTuple):
    """A spec, and what has come of it; ``wanting`` has what a person must see to, as it is shown.

    Each of these begins with its place. ``found`` has the errors and
    warnings that the spec has in the new version only, with their places in the new text. With
    ``is_proved`` what it is rendered into was verified before and after.
    """

    spec: Input
    upgraded: Upgraded
    wanting: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    is_proved: bool = False

    @property
    def name(self) -> str:
        """The spec's name."""
        return self.upgraded.before.source.name

    @property
    def is_change(self) -> bool:
        """Whether the spec changes at all."""
        done = self.upgraded
        return not done.refusal and done.after.source.text != done.before.source.text


def shown(spec: Input, done: Upgraded) -> UpgradedFile:
    """``done``, which came of ``spec``, with its findings in words."""
    wanting = tuple(_said(spec, done.after, done.wanting, done.before)) if done.wanting else ()
    new = () if done.refusal else _new(done)
    found = tuple(_said(spec, done.after, new, done.after)) if new else ()
    return UpgradedFile(spec, done, wanting, found)


def _new(done: Upgraded) -> tuple[Diagnostic, ...]:
    """The warnings of the new text that the old one has not, in the order of the text."""
    known = Counter((one.rule, one.pointer) for one in done.before.diagnostics)
    found: list[Diagnostic] = []
    for one in done.after.diagnostics:
        known[one.rule, one.pointer] -= 1
        if known[one.rule, one.pointer] < 0 and one.severity >= Severity.WARNING:
            found.append(one)
    return tuple(found)


def _said(
    spec: Input, linted: Linted, some: tuple[Diagnostic, ...], there: Linted
) -> Iterator[str]:
    """``some`` of what is found in a spec, with the places of it in ``there``."""
    run = Run((linted._replace(diagnostics=some, suppressed=()),), rules_of(spec))
    # What an alias repeats is one finding, at the place of the first.
    pointers: dict[tuple[object, str], Pointer] = {}
    for one in some:
        pointers.setdefault((linted.source.position(one.span.start), one.rule), one.pointer)
    for finding in run.findings:
        start = finding.start
        if there is not linted and there.document is not None:
            pointer = pointers[start, finding.rule]
            start = there.source.position(_nearest(there.document, pointer).start)
        yield "{}:{}: {}{} [{}]".format(*start, finding.text, finding.again, finding.rule)


def _nearest(document: Document, pointer: Pointer) -> Span:
    """Where ``pointer`` stands, or what would hold it: some is there in the new version only."""
    try:
        return document.span(pointer)
    except (LookupError, TypeError):
        return _nearest(document, pointer[:-1])
