"""A run as reports see it: every spec with its findings.

This is the one door between what was found and what is shown. A report is one file in
``report/formats/`` whose constant ``REPORT`` turns a ``Run`` into text.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, Protocol

from bikube import plugins
from bikube.diagnostics import Diagnostic, Severity
from bikube.lint import Fault, Linted
from bikube.rules import Rule, Ruleset, builtin_rule_file, builtin_rules

if TYPE_CHECKING:
    from bikube.credentials.redaction import Redactor
    from bikube.report.finding import Finding
    from bikube.rules.file import RuleFile

ADDRESS: str | None = None
"""Where the project is on the web; reports leave out what would need it while there is none."""

_FORMATS = "bikube.report.formats"


class LintedFile:
    """One spec of a run, with its findings.

    ``file`` is its name as the user wrote it, ``path`` the POSIX path from the working directory.
    ``identity`` is what fingerprints call it.
    """

    def __init__(
        self, linted: Linted, rules: Ruleset, identity: str, *, repository: Callable[[], str]
    ) -> None:
        self.file = linted.source.name
        self.path = path_from(os.curdir, self.file)
        self._repository = repository
        self._linted = linted
        self._rules = rules
        self._identity = identity

    @cached_property
    def repository_path(self) -> str:
        """Its path from the repository's root if it is below it, and else ``path``."""
        inside = path_from(self._repository(), self.file)
        return self.path if inside.startswith("../") else inside

    @cached_property
    def redactor(self) -> "Redactor":
        """What hides its credentials."""
        # Imported here because a clean spec has nothing to show.
        from bikube.credentials.redaction import Redactor

        return Redactor(self._linted.source, self._linted.document)

    def findings(self, least: Severity = Severity.INFO) -> "Iterator[Finding]":
        """Its findings at or above ``least`` that are shown; those that look the same are one.

        They come by place. What an alias repeats is found each time at the same place, with the
        same words.
        """
        if not any(one.severity >= least for one in self._linted.diagnostics):
            return
        # Imported here because most specs have none, but for hints that people are not shown.
        from bikube.report.finding import Finding

        for number, diagnostic, times in self._distinct:
            if diagnostic.severity >= least:
                yield Finding(self, self._linted.source, diagnostic, number, times)

    def fingerprint(self, number: int) -> str:
        """The fingerprint of a finding by its number among all, those not shown included."""
        return self._fingerprints[number]

    @cached_property
    def _fingerprints(self) -> list[str]:
        # Imported here because hashlib costs start-up time, and text has no fingerprints.
        from bikube.report.fingerprint import fingerprints

        return fingerprints(self._identity, self._linted, self._rules)

    @property
    def _distinct(self) -> Iterator[tuple[int, Diagnostic, int]]:
        """The findings that look unlike that before them: number among all, how often there."""
        first: tuple[int, Diagnostic] | None = None
        times = 0
        for number, (one, suppressed) in enumerate(self._linted.everything):
            if suppressed is not None:
                continue
            if first is not None and _looks_like(one, first[1]):
                times += 1
                continue
            if first is not None:
                yield *first, times
            first, times = (number, one), 1
        if first is not None:
            yield *first, times

    def count(self, least: Severity = Severity.INFO) -> int:
        """How many of its findings are at or above ``least``."""
        return sum(1 for _ in self.findings(least))


def _looks_like(one: Diagnostic, other: Diagnostic) -> bool:
    """Whether people see the same of both."""
    return one.span == other.span and one == other._replace(pointer=one.pointer, fix=one.fix)


def _here() -> str:
    return os.curdir


class Context(NamedTuple):
    """What reports know of a run besides its findings.

    Findings at or above ``fail_level`` make the run fail. Reports for people list those at or above
    ``least``, and no more than ``most`` of them unless that is 0; ``links`` lead them to the pages
    of rules. ``unreadable`` says why specs could not be looked at. ``root`` is the folder from
    which fingerprints name files, ``repository`` the one from which hosts of repositories do.
    ``rule_file`` finds what a rule's file says.
    """

    fail_level: Severity = Severity.ERROR
    least: Severity = Severity.INFO
    most: int = 0
    links: bool = False
    unreadable: tuple[str, ...] = ()
    root: str = os.curdir
    repository: Callable[[], str] = _here
    rule_file: "Callable[[str], RuleFile | None]" = builtin_rule_file


_NOTHING_SPECIAL = Context()


class Run:
    """All that one run found, in specs and in ``others``; ``files`` counts the specs."""

    def __init__(
        self,
        linted: Sequence[Linted],
        rules: Ruleset,
        *,
        others: Sequence[Linted] = (),
        context: Context = _NOTHING_SPECIAL,
    ) -> None:
        self.files = len(linted)
        self.rules = rules
        self.context = context
        self._specs = linted
        self._linted = (*linted, *others)

    def beside(self, others: Sequence[Linted], context: Context) -> "Run":
        """This run with what was found in ``others``, which are no specs, and with ``context``."""
        return Run(self._specs, self.rules, others=others, context=context)

    def linked(self) -> "Run":
        """This run for a terminal that can follow links."""
        return self.beside(self._linted[self.files :], self.context._replace(links=True))

    def limited(self, most: int) -> "Run":
        """This run for people who read no more than ``most`` findings."""
        return self.beside(self._linted[self.files :], self.context._replace(most=most))

    @property
    def specs(self) -> Iterator[LintedFile]:
        """Every spec that was looked at, and every other file with a finding."""
        seen: Counter[str] = Counter()
        for linted in self._linted:
            name = path_from(self.context.root, linted.source.name)
            # A file may be looked at twice, once on standard input; its findings then are others.
            identity = name + "\0" * seen[name]
            yield LintedFile(linted, self.rules, identity, repository=self.context.repository)
            seen[name] += 1

    @property
    def findings(self) -> "Iterator[Finding]":
        """Every finding that is shown, by file and place; see ``LintedFile.findings``."""
        for spec in self.specs:
            yield from spec.findings()

    @property
    def listed(self) -> "Iterator[Finding]":
        """The findings that people read one by one."""
        found = (one for spec in self.specs for one in spec.findings(self.context.least))
        return islice(found, self.context.most or None)

    @property
    def left_out(self) -> int:
        """How many findings people are not shown because there are so many."""
        total = sum(self.count(one) for one in Severity if one >= self.context.least)
        if total <= (self.context.most or total):
            return 0
        return total - sum(one.times for one in self.listed)

    @property
    def unlisted(self) -> int:
        """How many findings people are not shown one by one: those below ``least``."""
        return sum(self.count(one) for one in Severity if one < self.context.least)

    @property
    def suppressed(self) -> int:
        """How many findings are not shown, because of the specs' own words or of a baseline."""
        return sum(len(one.suppressed) for one in self._linted)

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

    def fixable(self, *, safe: bool) -> int:
        """How many findings have a fix that is ``safe``, or one that is not."""
        fixes = (found.fix for one in self._linted for found in one.diagnostics)
        return sum(1 for fix in fixes if fix is not None and fix.safe is safe)

    def has(self, least: Severity) -> bool:
        """Whether any finding is at or above ``least``."""
        return any(found.severity >= least for one in self._linted for found in one.diagnostics)


def page_address(rule: str) -> str | None:
    """The address of the page of ``rule``, if it is built in and the project is on the web."""
    if ADDRESS is None or builtin_rules().get(rule) is None:
        return None
    return f"{ADDRESS}/docs/rules/{rule}.md"


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
    return plugins.names(_FORMATS)


def load_report(name: str) -> Report:
    """The report called ``name``."""
    report: Report = plugins.load(_FORMATS, name, "REPORT")
    return report
