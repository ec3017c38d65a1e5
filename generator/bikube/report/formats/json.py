"""Findings for programs: one JSON document, whose form has a version and a schema.

The document is ASCII, so that it is the same bytes whatever encoding a terminal or a pipe has.
"""

from collections.abc import Iterator
from typing import Any

from bikube.diagnostics import Severity
from bikube.report.finding import Finding
from bikube.report.run import Run
from bikube.text import Position
from bikube.text.data import as_json

VERSION = 1


def report(run: Run, *, colour: bool) -> Iterator[str]:  # noqa: ARG001 - part of the interface
    """The document, one finding a line."""
    yield f'{{"version": {VERSION}, "diagnostics": ['
    separator = "\n"
    for finding in run.findings:
        yield separator + as_json(_diagnostic(finding))
        separator = ",\n"
    summary = {
        "files": run.files,
        "errors": run.count(Severity.ERROR),
        "warnings": run.count(Severity.WARNING),
        "infos": run.count(Severity.INFO),
        "suppressed": run.suppressed,
    }
    yield f'\n], "summary": {as_json(summary)}}}\n'


def _diagnostic(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.label,
        "message": finding.message,
        "help": finding.help,
        "file": finding.file,
        **_region(finding.start, finding.end),
        "pointer": finding.pointer,
        "fingerprint": finding.fingerprint,
        "times": finding.times,
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


def report_schema() -> dict[str, Any]:
    """The JSON Schema of the document; members may be added to it while ``VERSION`` stays."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The JSON report of bikube",
        **_members(
            version={"const": VERSION},
            diagnostics={"type": "array", "items": {"$ref": "#/$defs/diagnostic"}},
            summary=_members(
                **dict.fromkeys(("files", "errors", "warnings", "infos", "suppressed"), _COUNT)
            ),
        ),
        "$defs": {
            "diagnostic": _diagnostic_schema(),
            "related": _members(message=_TEXT, file=_TEXT, **_REGION),
            "fix": _members(
                safe={"type": "boolean", "description": "whether it keeps what the author means"},
                edits={"type": "array", "items": {"$ref": "#/$defs/edit"}},
            ),
            "edit": _members(**_REGION, text={"type": "string", "description": "the new text"}),
        },
    }


def _diagnostic_schema() -> dict[str, Any]:
    return _members(
        rule={"type": "string", "description": "the id of the rule"},
        severity=_SEVERITY,
        message={"type": "string", "description": "what is wrong"},
        help={"type": "string", "description": "what to do; empty where there is none"},
        file={"type": "string", "description": "a spec or its output, as the run names it"},
        **_REGION,
        pointer={"type": "string", "description": "JSON Pointer of the value (RFC 6901)"},
        fingerprint={
            "type": "string",
            "pattern": "^[0-9a-f]{32}$",
            "description": "the same while the finding is; unique in the document",
        },
        times={
            "type": "integer",
            "minimum": 1,
            "description": "how often it is there; aliases may repeat it, with one pointer",
        },
        related={"type": "array", "items": {"$ref": "#/$defs/related"}},
        fix={"anyOf": [{"$ref": "#/$defs/fix"}, {"type": "null"}]},
    )


def _members(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}


_TEXT = {"type": "string"}
_SEVERITY = {"enum": [severity.label for severity in sorted(Severity, reverse=True)]}
_COUNT = {"type": "integer", "minimum": 0}
_REGION = {
    "line": {"type": "integer", "minimum": 1, "description": "where it begins, counted from 1"},
    "column": {"type": "integer", "minimum": 1, "description": "in code points, counted from 1"},
    "endLine": {"type": "integer", "minimum": 1},
    "endColumn": {"type": "integer", "minimum": 1, "description": "after the last code point"},
}

REPORT = report
