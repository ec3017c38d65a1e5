"""A run as reports see it: every spec with its findings.

This is the one door between what was found and what is shown. A report is one file in
``reports/`` whose constant ``REPORT`` turns a ``Run`` into text.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from bikube import plugins
from bikube.credentials.redaction import Redactor
from bikube.diagnostics import Severity
from bikube.lint.engine import Fault, Linted
from bikube.report.finding import Finding
from bikube.rules.builtin import builtin_rule_file
from bikube.rules.rule import Rule, Ruleset

if TYPE_CHECKING:
    from bikube.lint.suppression import Suppressed
    from bikube.rules.file import RuleFile

ADDRESS: str | None = None
"""Where the project is on the web; reports leave out what would need it while there is none."""


class LintedFile:
    """One spec of a run, with its findings.

    ``file`` is its name as the user wrote it, ``path`` the POSIX path from the working directory.
    """

    def __init__(self, linted: Linted) -> None:
        self.file = linted.source.name
        self.path = path_from(os.curdir, self.file)
        self.redactor = Redactor(linted.source, linted.document)
        self._source = linted.source
        self._diagnostics = linted.diagnostics

    @property
    def findings(self) -> Iterator[Finding]:
        """Its findings, by place."""
        for diagnostic in self._diagnostics:
            yield Finding(self._source, diagnostic, self.redactor, self.path)

    def count(self, least: Severity = Severity.INFO) -> int:
        """How many of its findings are at or above ``least``."""
        return sum(1 for found in self._diagnostics if found.severity >= least)


class Identified(NamedTuple):
    """A finding with its fingerprint, its path by names, and why it is not shown if it is not."""

    finding: Finding
    fingerprint: str
    path: Callable[[], str]
    suppressed: "Suppressed | None"


class Context(NamedTuple):
    """What reports know of a run besides its findings.

    Findings at or above ``fail_level`` make the run fail. ``unreadable`` says why specs could
    not be looked at. ``root`` is the folder from which fingerprints name files. ``rule_file``
    finds what a rule's file says.
    """

    fail_level: Severity = Severity.ERROR
    unreadable: tuple[str, ...] = ()
    root: str = os.curdir
    rule_file: "Callable[[str], RuleFile | None]" = builtin_rule_file


_NOTHING_SPECIAL = Context()


class Run:
    """All that one run found; ``files`` counts the specs that were looked at."""

    def __init__(
        self,
        linted: Sequence[Linted],
        rules: Ruleset,
        *,
        context: Context = _NOTHING_SPECIAL,
    ) -> None:
        self.files = len(linted)
        self.rules = rules
        self.context = context
        self._linted = linted

    @property
    def specs(self) -> Iterator[LintedFile]:
        """Every spec that was looked at."""
        return map(LintedFile, self._linted)

    @property
    def findings(self) -> Iterator[Finding]:
        """Every finding, by file and place."""
        for spec in self.specs:
            yield from spec.findings

    @property
    def fingerprinted(self) -> Iterator[tuple[Finding, str]]:
        """Every finding with its fingerprint; no two are equal."""
        return ((one.finding, one.fingerprint) for one in self.identified if one.suppressed is None)

    @property
    def identified(self) -> Iterator[Identified]:
        """Every finding, by file and place, also those that are not shown.

        Silencing one of two equal findings does not change the fingerprint of the other.
        """
        # Imported here because hashlib costs start-up time, and text has no fingerprints.
        from bikube.report.fingerprint import Fingerprints

        seen: Counter[str] = Counter()
        for linted, spec in zip(self._linted, self.specs, strict=True):
            file = path_from(self.context.root, spec.file)
            prints = Fingerprints(file, linted.document, spec.redactor, seen)
            for diagnostic, by in linted.everything:
                finding = Finding(linted.source, diagnostic, spec.redactor, spec.path)
                once = self.rules[finding.rule].once
                fingerprint = prints.of(diagnostic, once=once)
                path = partial(prints.path, diagnostic)
                yield Identified(finding, fingerprint, path, by)

    @property
    def suppressed(self) -> int:
        """How many findings are not shown, because of the specs' own words or of a baseline."""
        return sum(len(one.suppressed) for one in self._linted)

    def file_of(self, finding: Finding) -> str:
        """The finding's file from the root of the run, as its fingerprint has it."""
        return path_from(self.context.root, finding.file)

    @property
    def found_rules(self) -> tuple[Rule, ...]:
        """The rules that have findings, by id."""
        ids = {found.rule for one in self._linted for found in one.diagnostics}
        return tuple(self.rules[name] for name in sorted(ids))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The rules that failed, so that findings of theirs may be missing."""
        return tuple(fault for one in self._linted for fault in one.faults)

    def count(self, severity: Severity) -> int:
        """How many findings are of ``severity``."""
        return sum(
            1 for one in self._linted for found in one.diagnostics if found.severity is severity
        )

    def has(self, least: Severity) -> bool:
        """Whether any finding is at or above ``least``."""
        return any(found.severity >= least for one in self._linted for found in one.diagnostics)


def path_from(folder: str, name: str) -> str:
    """The POSIX path of the file ``name`` from ``folder``, however either is written."""
    try:
        path = os.path.relpath(name, folder)
        if path.startswith(os.pardir):
            # One of them may be named by way of a link, and still be the other's folder.
            real = os.path.relpath(os.path.realpath(name), os.path.realpath(folder))
            path = path if real.startswith(os.pardir) else real
    except ValueError:  # Windows: it is on another drive.
        path = os.path.abspath(name)
    return path.replace(os.sep, "/")


class Report(Protocol):
    """A format: pieces of text that make up the whole, in order."""

    def __call__(self, run: Run, *, colour: bool) -> Iterator[str]:
        """The pieces; with ``colour`` they may hold escape sequences."""
        ...


def report_names() -> tuple[str, ...]:
    """The formats that there are."""
    return plugins.names("bikube.report.formats")


def load_report(name: str) -> Report:
    """The report called ``name``."""
    report: Report = plugins.load("bikube.report.formats", name, "REPORT")
    return report
