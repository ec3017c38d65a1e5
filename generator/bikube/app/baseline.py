"""Reads and writes baselines, and compares a run with one."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bikube.app.baselines import Entry, baseline_text, entries_of, hide, parse_baseline
from bikube.app.fix import Hide
from bikube.app.lint import Choice, Outcome
from bikube.files.reading import read
from bikube.files.writing import overwrite, write_whole
from bikube.lint.engine import Linted
from bikube.report.run import Context, Run, path_from
from bikube.rules.rule import Ruleset


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


class Comparison(NamedTuple):
    """A run's outcome without what a baseline hides, and the entries that fit nothing any more."""

    outcome: Outcome
    stale: tuple[Entry, ...]


class Change(NamedTuple):
    """How many entries a baseline has after it was written, how many are new, how many gone."""

    entries: int
    new: int
    gone: int


def load(path: Path, *, may_be_missing: bool = False) -> Baseline:
    """The baseline in ``path``; an empty one if the file may be missing, and is.

    Raises:
        UsageError: it is malformed, or of a later version.
        AccessError: it cannot be read.
    """
    if may_be_missing and not os.path.lexists(path):
        return Baseline(path)
    return Baseline(path, parse_baseline(str(path), read(path)))


def hider(baseline: Baseline) -> Hide:
    """Takes from specs, one by one, what ``baseline`` hides."""
    known = baseline.fingerprints

    def hide_in(linted: Linted, rules: Ruleset) -> Linted:
        run = Run((linted,), rules, context=Context(root=baseline.root))
        return hide(run, (linted,), known).linted[0]

    return hide_in


def compare(outcome: Outcome, baseline: Baseline, choice: Choice) -> Comparison:
    """``outcome`` without what ``baseline`` hides.

    An entry is stale only if its finding was looked for and is not there, or its file is gone.
    """
    linted, met = hide(_run(outcome, baseline), outcome.linted, baseline.fingerprints)
    is_judged = _judge(outcome, baseline, choice)
    stale = (one for one in baseline.entries if one.fingerprint not in met and is_judged(one))
    return Comparison(outcome._replace(linted=linted), tuple(stale))


def renewed(outcome: Outcome, baseline: Baseline, choice: Choice) -> Baseline:
    """``baseline`` with all that was found in place of what it has of that.

    Entries about what was not looked at, be it specs, parts of them or rules, stay.
    """
    is_judged = _judge(outcome, baseline, choice)
    kept = (one for one in baseline.entries if not is_judged(one))
    return baseline._replace(entries=(*kept, *entries_of(_run(outcome, baseline))))


def pruned(baseline: Baseline, stale: tuple[Entry, ...]) -> Baseline:
    """``baseline`` without the entries that fit nothing any more."""
    gone = frozenset(stale)
    return baseline._replace(entries=tuple(one for one in baseline.entries if one not in gone))


def save(before: Baseline, after: Baseline) -> Change:
    """Writes ``after`` where ``before`` was, if that is any change.

    Raises:
        AccessError: it cannot be written.
    """
    data = baseline_text(after.entries).encode("utf-8", "backslashreplace")
    if not os.path.lexists(after.path):
        write_whole(after.path, data)
    elif data != read(after.path):
        overwrite(after.path, data, changes="its entries")
    old, new = before.fingerprints, after.fingerprints
    return Change(len(new), len(new - old), len(old - new))


def _run(outcome: Outcome, baseline: Baseline) -> Run:
    return Run(outcome.linted, outcome.rules, context=Context(root=baseline.root))


def _judge(outcome: Outcome, baseline: Baseline, choice: Choice) -> Callable[[Entry], bool]:
    """Whether this run would have had the finding of an entry, if it were still there."""
    root = baseline.root
    files = {
        path_from(root, one.source.name) for one in outcome.linted if _is_seen(one, outcome.rules)
    }
    failed = {(path_from(root, one.file), one.rule) for one in outcome.faults}

    def is_judged(entry: Entry) -> bool:
        is_on = entry.rule in choice.select if choice.select else True
        if not is_on or entry.rule in choice.ignore or (entry.file, entry.rule) in failed:
            return False
        return entry.file in files or _is_gone(os.path.join(root, entry.file))

    return is_judged


def _is_seen(linted: Linted, rules: Ruleset) -> bool:
    """Whether nothing kept the rules from looking at every part of the spec."""
    found = (rules[one.rule] for one in linted.diagnostics)
    return not any(rule.structural for rule in found)


def _is_gone(path: str) -> bool:
    """Whether there is no such file; one that cannot be reached may be there."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return True
    except OSError:
        return False
    return False
