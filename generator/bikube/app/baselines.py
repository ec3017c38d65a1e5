"""Findings that a team has decided to live with, by fingerprint; all others show.

A baseline is JSON with one finding a line, sorted, so that it merges and reads well. It names rule,
file and path for people, and holds no values. Its paths count from its own folder. What a comment
cannot silence, a baseline does not hide.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from bikube.errors import UsageError
from bikube.lint.engine import Linted
from bikube.lint.suppression import Suppressed, is_suppressible
from bikube.report.run import Run

VERSION = 1


class Entry(NamedTuple):
    """One finding that is hidden; all but the fingerprint is there for people."""

    file: str
    pointer: str
    rule: str
    fingerprint: str


class Hidden(NamedTuple):
    """Specs in which a baseline hides findings, and the fingerprints that it has met."""

    linted: tuple[Linted, ...]
    met: frozenset[str]


def parse_baseline(name: str, data: bytes) -> tuple[Entry, ...]:
    """The entries of the baseline file ``name`` with the content ``data``.

    Raises:
        UsageError: it is no baseline, or one of a later version.
    """
    try:
        content = json.loads(data)
    except json.JSONDecodeError as error:
        place = f"{name}:{error.lineno}:{error.colno}"
        raise _refusal(place, f"this is no JSON ({error.msg.lower()})", name) from error
    except (ValueError, RecursionError) as error:
        raise _refusal(name, "this is no JSON", name) from error
    version = content.get("version") if isinstance(content, dict) else None
    if isinstance(version, int) and version > VERSION:
        raise UsageError(
            f"{name}: version {version} of baselines is not known; version {VERSION} is expected;"
            " update bikube, or remove the file and write it anew"
        )
    found = content.get("findings") if version == VERSION else None
    if not isinstance(found, list) or not all(_is_entry(one) for one in found):
        raise _refusal(name, "this is no baseline", name)
    return tuple(Entry(**{field: one[field] for field in Entry._fields}) for one in found)


def baseline_text(entries: Iterable[Entry]) -> str:
    """The content of a baseline file with ``entries``."""
    lines = [json.dumps(entry._asdict(), ensure_ascii=False) for entry in sorted(set(entries))]
    listed = ",".join(f"\n{line}" for line in lines)
    return f'{{"version": {VERSION}, "findings": [{listed}\n]}}\n'


def entries_of(run: Run) -> list[Entry]:
    """What a baseline of ``run`` would hide: all that shows and may be silenced."""
    return [
        Entry(run.file_of(one.finding), one.path(), one.finding.rule, one.fingerprint)
        for one in run.identified
        if one.suppressed is None and is_suppressible(run.rules[one.finding.rule])
    ]


def hide(run: Run, linted: Sequence[Linted], known: Collection[str]) -> Hidden:
    """``linted``, which ``run`` is of, without the findings whose fingerprints are ``known``."""
    met: set[str] = set()
    identified = iter(run.identified)
    hidden: list[Linted] = []
    for one in linted:
        shown, suppressed = [], []
        for diagnostic, by in one.everything:
            fingerprint = next(identified).fingerprint
            is_known = fingerprint in known and is_suppressible(run.rules[diagnostic.rule])
            if is_known:
                met.add(fingerprint)
            if by is not None:
                suppressed.append(by)
            elif is_known:
                suppressed.append(Suppressed(diagnostic, "baseline", "known"))
            else:
                shown.append(diagnostic)
        hidden.append(one._replace(diagnostics=tuple(shown), suppressed=tuple(suppressed)))
    return Hidden(tuple(hidden), frozenset(met))


def _is_entry(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(value.get(field), str) for field in Entry._fields
    )


def _refusal(place: str, found: str, name: str) -> UsageError:
    return UsageError(
        f"{place}: {found}; version {VERSION} of a baseline is expected; restore the file, or"
        f" remove it and write one with --write-baseline {name}"
    )
