"""Findings as reports see them: positions worked out, and every credential hidden.

This is the one door between what was found and what is shown. A report is one file in
``reports/`` whose constant ``REPORT`` turns a ``Run`` into text.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from bikube import plugins
from bikube.diagnostics import Diagnostic, Severity, join_pointer
from bikube.linting import Linted
from bikube.redaction import Redactor
from bikube.rule import Ruleset
from bikube.source import Position, Span


class Place(NamedTuple):
    """A stretch of a file, for people."""

    file: str
    start: Position
    end: Position
    message: str


class ShownEdit(NamedTuple):
    """One edit of a fix."""

    start: Position
    end: Position
    text: str


class Finding:
    """One diagnostic with everything that a report may show of it."""

    def __init__(self, diagnostic: Diagnostic, redactor: Redactor) -> None:
        self._problem = diagnostic.problem
        self._source = diagnostic.source
        self._redactor = redactor
        self.rule = diagnostic.problem.rule
        self.severity = diagnostic.severity
        self.file = diagnostic.source.name

    @property
    def message(self) -> str:
        """What was found, what was expected, how to fix it."""
        return self._redactor.hide(self._problem.message)

    @property
    def start(self) -> Position:
        """Where it begins."""
        return self._source.position(self._problem.span.start)

    @property
    def end(self) -> Position:
        """Where it ends, exclusive."""
        return self._source.position(self._problem.span.end)

    @property
    def pointer(self) -> str:
        """The JSON Pointer of the value in question."""
        return self._redactor.hide(join_pointer(self._problem.pointer))

    @property
    def related(self) -> tuple[Place, ...]:
        """The other places that belong to it."""
        return tuple(
            Place(self.file, *self._positions(one.span), self._redactor.hide(one.message))
            for one in self._problem.related
        )

    @property
    def fix(self) -> tuple[bool, tuple[ShownEdit, ...]] | None:
        """Whether its fix is safe, and the fix's edits."""
        fix = self._problem.fix
        if fix is None:
            return None
        edits = (
            ShownEdit(*self._positions(edit.span), self._redactor.hide(edit.text))
            for edit in fix.edits
        )
        return fix.safe, tuple(edits)

    def line(self, number: int) -> str:
        """A line of the file, as it may be shown."""
        return self._redactor.hide_line(number)

    @property
    def line_text(self) -> str:
        """The line on which it begins."""
        return self.line(self.start.line)

    def _positions(self, span: Span) -> tuple[Position, Position]:
        return self._source.position(span.start), self._source.position(span.end)


class Run:
    """All that one run found; ``files`` counts the specs that were looked at."""

    def __init__(self, linted: Sequence[Linted], rules: Ruleset, *, suppressed: int = 0) -> None:
        self.files = len(linted)
        self.rules = rules
        self.suppressed = suppressed
        self._linted = linted

    @property
    def findings(self) -> Iterator[Finding]:
        """Every finding, by file and place."""
        for linted in self._linted:
            redactor = Redactor(linted.source, linted.document)
            for diagnostic in linted.diagnostics:
                yield Finding(diagnostic, redactor)

    @property
    def fingerprinted(self) -> Iterator[tuple[Finding, str]]:
        """Every finding with its fingerprint."""
        # Imported here because hashlib costs start-up time, and text has no fingerprints.
        from bikube.fingerprint import Fingerprints

        for linted in self._linted:
            redactor = Redactor(linted.source, linted.document)
            prints = Fingerprints(linted.source.name, linted.document)
            for diagnostic in linted.diagnostics:
                yield Finding(diagnostic, redactor), prints.of(diagnostic.problem)

    def count(self, severity: Severity) -> int:
        """How many findings are of ``severity``."""
        return sum(
            1 for one in self._linted for found in one.diagnostics if found.severity is severity
        )

    def has(self, least: Severity) -> bool:
        """Whether any finding is at or above ``least``."""
        return any(found.severity >= least for one in self._linted for found in one.diagnostics)


class Report(Protocol):
    """A format: pieces of text that make up the whole, in order."""

    def __call__(self, run: Run, *, colour: bool) -> Iterator[str]:
        """The pieces; with ``colour`` they may hold escape sequences."""
        ...


def report_names() -> tuple[str, ...]:
    """The formats that there are."""
    return plugins.names("bikube.reports")


def load_report(name: str) -> Report:
    """The report called ``name``."""
    report: Report = plugins.load("bikube.reports", name, "REPORT")
    return report
