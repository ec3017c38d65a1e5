"""Findings for programs: one JSON document, whose form has a version."""

import json
from collections.abc import Iterator
from typing import Any

from bikube.diagnostics import Severity
from bikube.reporting import Finding, Run
from bikube.source import Position

VERSION = 1


def report(run: Run, *, colour: bool) -> Iterator[str]:  # noqa: ARG001 - part of the interface
    """The document, one finding a line."""
    yield f'{{"version": {VERSION}, "diagnostics": ['
    separator = "\n"
    for finding, fingerprint in run.fingerprinted:
        yield separator + json.dumps(_diagnostic(finding, fingerprint), ensure_ascii=False)
        separator = ",\n"
    summary = {
        "files": run.files,
        "errors": run.count(Severity.ERROR),
        "warnings": run.count(Severity.WARNING),
        "infos": run.count(Severity.INFO),
        "suppressed": run.suppressed,
    }
    yield f'\n], "summary": {json.dumps(summary)}}}\n'


def _diagnostic(finding: Finding, fingerprint: str) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.label,
        "message": finding.message,
        "file": finding.file,
        **_region(finding.start, finding.end),
        "pointer": finding.pointer,
        "fingerprint": fingerprint,
        "related": [
            {"message": place.message, "file": place.file, **_region(place.start, place.end)}
            for place in finding.related
        ],
        "fix": _fix(finding),
    }


def _fix(finding: Finding) -> dict[str, Any] | None:
    fix = finding.fix
    if fix is None:
        return None
    safe, edits = fix
    return {
        "safe": safe,
        "edits": [{**_region(edit.start, edit.end), "text": edit.text} for edit in edits],
    }


def _region(start: Position, end: Position) -> dict[str, int]:
    return {
        "line": start.line,
        "column": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }


REPORT = report
