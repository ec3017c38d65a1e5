"""Findings that a team has decided to live with, by fingerprint; all others show."""

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bikube.errors import UsageError
from bikube.linting import Linted
from bikube.reporting import Run

VERSION = 1


class Entry(NamedTuple):
    """One finding that is hidden; rule and file are there for people."""

    rule: str
    file: str
    fingerprint: str


class Hidden(NamedTuple):
    """A run without what a baseline hides, how many that are, and the entries that fit nothing."""

    linted: tuple[Linted, ...]
    number: int
    stale: tuple[Entry, ...]


def parse_baseline(name: str, data: bytes) -> tuple[Entry, ...]:
    """The entries of the baseline file ``name`` with the content ``data``.

    Raises:
        UsageError: it is no baseline, or one of a later version.
    """
    try:
        content = json.loads(data)
        if content["version"] != VERSION:
            raise UsageError(
                f"{name}: version {content['version']} of baselines is not known; version"
                f" {VERSION} is expected; update bikube, or write the baseline anew"
            )
        return tuple(
            Entry(str(one["rule"]), str(one["file"]), str(one["fingerprint"]))
            for one in content["findings"]
        )
    except (ValueError, TypeError, KeyError) as error:
        message = f"{name}: this is no baseline; write one with --write-baseline {name}"
        raise UsageError(message) from error


def baseline_text(run: Run) -> str:
    """A baseline of all that ``run`` found, but for structural findings, one a line, sorted."""
    entries = sorted(
        Entry(finding.rule, run.file_of(finding), fingerprint)
        for finding, fingerprint in run.fingerprinted
        if not run.rules[finding.rule].structural
    )
    lines = ",\n".join(json.dumps(entry._asdict(), ensure_ascii=False) for entry in entries)
    return f'{{"version": {VERSION}, "findings": [\n{lines}\n]}}\n'


def hide(run: Run, linted: Sequence[Linted], entries: Iterable[Entry]) -> Hidden:
    """``linted``, which ``run`` is of, without the findings that ``entries`` hide.

    Structural findings are never hidden, because nothing can be rendered with them.
    """
    known = {entry.fingerprint: entry for entry in entries}
    met: set[str] = set()
    count = 0
    prints = (fingerprint for _, fingerprint in run.fingerprinted)
    kept: list[Linted] = []
    for one in linted:
        shown = []
        for diagnostic in one.diagnostics:
            fingerprint = next(prints)
            structural = run.rules[diagnostic.problem.rule].structural
            if fingerprint in known and not structural:
                met.add(fingerprint)
                count += 1
            else:
                shown.append(diagnostic)
        kept.append(one._replace(diagnostics=tuple(shown)))
    stale = tuple(entry for fingerprint, entry in known.items() if fingerprint not in met)
    return Hidden(tuple(kept), count, stale)
