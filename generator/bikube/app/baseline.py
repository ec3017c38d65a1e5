"""Findings that a team has decided to live with, by fingerprint; all others show.

A baseline is JSON with one finding a line, sorted, so that it merges and reads well. It names rule,
file and path for people, and holds no values. Its paths count from its own folder. What a comment
cannot silence, a baseline does not hide.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bikube.app.baseline_file import Entry, baseline_text, parse_baseline
from bikube.app.lint import Outcome
from bikube.app.requests import BaselineChoice, LintRequest
from bikube.credentials.redaction import Redactor
from bikube.errors import AccessError, UsageError
from bikube.files import read_file
from bikube.files.locks import Waits, holding
from bikube.files.writing import holding_file, write_whole
from bikube.lint import Linted, settled
from bikube.lint.suppression import ACROSS_SPECS, Suppressed, is_suppressible
from bikube.report import path_from
from bikube.report.fingerprint import fingerprints, named_path
from bikube.rules import Ruleset


class BaselineMatch(NamedTuple):
    """A spec in which a baseline hides findings, and those of its fingerprints that it has met."""

    linted: Linted
    met: frozenset[str]


class BaselineChange(NamedTuple):
    """How many entries a baseline has after it was written, how many are new, how many gone."""

    entries: int
    new: int
    gone: int


class BaselineNews(NamedTuple):
    """How the baseline in ``path`` was changed, if it was, and the entries that fit nothing more.

    ``refusal`` says why it could not be written.
    """

    path: Path
    change: BaselineChange | None = None
    stale: tuple[Entry, ...] = ()
    refusal: str = ""


class Baseline(NamedTuple):
    """A baseline and its file, from whose folder it names specs, so that it fits everywhere."""

    path: Path
    entries: tuple[Entry, ...] = ()

    @property
    def root(self) -> str:
        """The folder from which it names specs."""
        return str(self.path.parent)

    @property
    def fingerprints(self) -> frozenset[str]:
        """Those of its entries."""
        return frozenset(entry.fingerprint for entry in self.entries)

    def hide(self, linted: Linted, rules: Ruleset) -> BaselineMatch:
        """``linted`` without the findings that are in the baseline."""
        known = self.fingerprints
        met: set[str] = set()
        shown, suppressed = [], []
        prints = fingerprints(path_from(self.root, linted.source.name), linted, rules)
        for (diagnostic, by), fingerprint in zip(linted.everything, prints, strict=True):
            is_known = fingerprint in known and is_suppressible(rules[diagnostic.rule])
            if is_known:
                met.add(fingerprint)
            if by is not None:
                suppressed.append(by)
            elif is_known:
                suppressed.append(Suppressed(diagnostic, "baseline", "known"))
            else:
                shown.append(diagnostic)
        hidden = linted._replace(diagnostics=tuple(shown), suppressed=tuple(suppressed))
        return BaselineMatch(settled(hidden, rules), frozenset(met))

    def entries_for(self, linted: Linted, rules: Ruleset) -> list[Entry]:
        """What would hide ``linted``: all that shows and may be silenced."""
        file = path_from(self.root, linted.source.name)
        redactor = Redactor(linted.source, linted.document)
        prints = fingerprints(file, linted, rules)
        return [
            Entry(file, named_path(one, linted.document, redactor), one.rule, fingerprint)
            for (one, by), fingerprint in zip(linted.everything, prints, strict=True)
            if by is None and is_suppressible(rules[one.rule])
        ]


def load_baseline(choice: BaselineChoice, path: Path | None) -> Baseline:
    """The baseline in the file ``path``, read before anything is changed.

    Raises:
        UsageError: the baseline is malformed, or there is none.
        AccessError: it cannot be read.
    """
    if path is None:
        raise UsageError('"--prune-baseline" prunes a baseline; name it with "--baseline"')
    if choice.write is not None and not os.path.lexists(path):
        return Baseline(path)
    return _read(path)


def _read(path: Path) -> Baseline:
    return Baseline(path, parse_baseline(str(path), read_file(path)))


def hide_known(outcome: Outcome, baseline: Baseline) -> tuple[Outcome, frozenset[str]]:
    """``outcome`` without what ``baseline`` hides, and the fingerprints that it has met."""
    matches = [baseline.hide(one, outcome.rules) for one in outcome.linted]
    met = frozenset().union(*(match.met for match in matches))
    return outcome._replace(linted=tuple(match.linted for match in matches)), met


def apply_baseline(
    baseline: Baseline, outcome: Outcome, request: LintRequest, waits: Waits
) -> tuple[Outcome, BaselineNews]:
    """``outcome`` without what ``baseline`` hides, after it is written or pruned if wanted.

    An entry is stale only if its finding was looked for and is not there, or its file is gone. What
    another run has written meanwhile is not lost; while it writes, ``waits`` is told.
    """
    if not (request.baseline.write or request.baseline.prune):
        hidden, met = hide_known(outcome, baseline)
        return hidden, BaselineNews(baseline.path, stale=_stale(baseline, met, outcome, request))
    try:
        with holding(os.path.dirname(os.path.abspath(baseline.path)), waits):
            latest = _read(baseline.path) if os.path.lexists(baseline.path) else baseline
            return _changed(latest, outcome, request, waits)
    except AccessError as error:
        # What is not noted is not hidden either.
        shown, _met = hide_known(outcome, baseline)
        return shown, BaselineNews(baseline.path, refusal=str(error))


def _changed(
    baseline: Baseline, outcome: Outcome, request: LintRequest, waits: Waits
) -> tuple[Outcome, BaselineNews]:
    """What ``apply_baseline`` gives where the baseline is written or pruned."""
    after = baseline
    if request.baseline.write is not None:
        after = _renewed(outcome, baseline, _judge(outcome, baseline, request))
    hidden, met = hide_known(outcome, after)
    if request.baseline.prune:
        gone = frozenset(_stale(after, met, outcome, request))
        after = after._replace(entries=tuple(one for one in after.entries if one not in gone))
    return hidden, BaselineNews(baseline.path, change=_save(baseline, after, waits))


def _stale(
    baseline: Baseline, met: frozenset[str], outcome: Outcome, request: LintRequest
) -> tuple[Entry, ...]:
    is_judged = _judge(outcome, baseline, request)
    return tuple(one for one in baseline.entries if one.fingerprint not in met and is_judged(one))


def _renewed(outcome: Outcome, baseline: Baseline, is_judged: Callable[[Entry], bool]) -> Baseline:
    """``baseline`` with all that was found in place of what it has of that.

    Entries about what was not looked at, be it specs, parts of them or rules, stay.
    """
    kept = [one for one in baseline.entries if not is_judged(one)]
    for one in outcome.linted:
        kept += baseline.entries_for(one, outcome.rules)
    # What is said once a run may have been said of another spec before.
    latest = {one.fingerprint: one for one in kept}
    return baseline._replace(entries=tuple(latest.values()))


def _save(before: Baseline, after: Baseline, waits: Waits) -> BaselineChange:
    """Writes ``after`` where ``before`` was, if that is any change; raises ``AccessError``."""
    data = baseline_text(after.entries).encode("utf-8", "backslashreplace")
    if not os.path.lexists(after.path):
        write_whole(after.path, data)
    else:
        with holding_file(after.path, waits) as file:
            was = file.read()
            if data != was:
                file.replace(data, instead_of=was, changes="its entries")
    old, new = before.fingerprints, after.fingerprints
    return BaselineChange(len(new), len(new - old), len(old - new))


def _judge(outcome: Outcome, baseline: Baseline, request: LintRequest) -> Callable[[Entry], bool]:
    """Whether this run would have had the finding of an entry, if it were still there."""
    root, choice = baseline.root, request.rules
    files = {
        path_from(root, one.source.name) for one in outcome.linted if _is_seen(one, outcome.rules)
    }
    failed = {(path_from(root, one.file), one.rule) for one in outcome.faults}

    def is_judged(entry: Entry) -> bool:
        is_on = entry.rule in choice.select if choice.select else True
        if not is_on or entry.rule in choice.ignore or (entry.file, entry.rule) in failed:
            return False
        if entry.file in files:
            return entry.rule not in ACROSS_SPECS or request.specs.is_whole
        return _is_gone(os.path.join(root, entry.file))

    return is_judged


def _is_seen(linted: Linted, rules: Ruleset) -> bool:
    """Whether nothing kept the rules from looking at every part of the spec."""
    return not any(rules[one.rule].structural for one in linted.diagnostics)


def _is_gone(path: str) -> bool:
    """Whether there is no such file; one that cannot be reached may be there."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return True
    except OSError:
        return False
    return False
