"""Reads, writes and prunes baselines, and compares a run with one."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bikube.app.files import read
from bikube.app.lint import Choice, Outcome
from bikube.app.writing import write_whole
from bikube.baseline import Entry, baseline_text, entries_of, hide, parse_baseline
from bikube.reporting import Context, Run, path_from


class Comparison(NamedTuple):
    """A run's outcome without what a baseline hides, and the entries that fit nothing any more."""

    outcome: Outcome
    entries: tuple[Entry, ...]
    stale: tuple[Entry, ...]


class Change(NamedTuple):
    """How many entries a baseline has after it was written, how many are new, how many gone."""

    entries: int
    new: int
    gone: int


def compare(outcome: Outcome, path: Path, choice: Choice) -> Comparison:
    """``outcome`` without what the baseline ``path`` hides.

    An entry is stale only if its finding was looked for and is not there, or its file is gone.

    Raises:
        UsageError: the baseline is malformed.
        AccessError: it cannot be read.
    """
    entries = parse_baseline(str(path), read(path))
    linted, met = hide(_run(outcome, path), outcome.linted, entries)
    is_judged = _judge(outcome, path, choice)
    stale = tuple(entry for entry in entries if entry.fingerprint not in met and is_judged(entry))
    return Comparison(outcome._replace(linted=linted), entries, stale)


def write(outcome: Outcome, path: Path, choice: Choice) -> Change:
    """Puts all that was found into the baseline ``path``, in place of what it has of that.

    Entries about other specs and about rules that were not looked at stay.

    Raises:
        UsageError: the file is there, and no baseline; it is not overwritten.
        AccessError: it cannot be read or written.
    """
    before = parse_baseline(str(path), read(path)) if os.path.lexists(path) else ()
    is_judged = _judge(outcome, path, choice)
    kept = {entry for entry in before if not is_judged(entry)}
    return _replace(path, before, kept.union(entries_of(_run(outcome, path))))


def prune(comparison: Comparison, path: Path) -> Change:
    """Drops the stale entries from the baseline ``path``, and adds none.

    Raises:
        AccessError: it cannot be written.
    """
    return _replace(path, comparison.entries, set(comparison.entries) - set(comparison.stale))


def root_of(path: Path) -> str:
    """The folder from which the baseline ``path`` names files, so that it fits everywhere."""
    return str(path.parent)


def _run(outcome: Outcome, path: Path) -> Run:
    return Run(outcome.linted, outcome.rules, context=Context(root=root_of(path)))


def _replace(path: Path, before: tuple[Entry, ...], after: set[Entry]) -> Change:
    data = baseline_text(after).encode("utf-8", "backslashreplace")
    if not os.path.lexists(path) or data != read(path):
        write_whole(path, data)
    old = {entry.fingerprint for entry in before}
    new = {entry.fingerprint for entry in after}
    return Change(len(new), len(new - old), len(old - new))


def _judge(outcome: Outcome, path: Path, choice: Choice) -> Callable[[Entry], bool]:
    """Whether this run would have had the finding of an entry, if it were still there."""
    root = root_of(path)
    files = {path_from(root, one.source.name) for one in outcome.linted}
    failed = {(path_from(root, one.file), one.rule) for one in outcome.faults}

    def is_judged(entry: Entry) -> bool:
        is_on = entry.rule in choice.select if choice.select else entry.rule not in choice.ignore
        if not is_on or (entry.file, entry.rule) in failed:
            return False
        return entry.file in files or not os.path.exists(os.path.join(root, entry.file))

    return is_judged
