"""SARIF 2.1.0, for code scanning on GitHub and for every viewer of that format.

It follows GitHub's page "SARIF support for code scanning". Two things are left to its upload
action: the absolute place of ``%SRCROOT%``, which differs between machines, and
``primaryLocationLineHash``, of which the action has its own and warns about every other.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import bikube
from bikube.diagnostics import Severity
from bikube.report.finding import Finding, Place
from bikube.report.rulepage import PageSection, sections
from bikube.report.run import ADDRESS, Run, page_address
from bikube.rules import Rule, Ruleset
from bikube.rules.file import RuleFile
from bikube.text import Position, printable, printable_lines
from bikube.text.data import as_json

VERSION = "2.1.0"
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
FINGERPRINT = "bikube/v1"
"""The name of the fingerprint; its number goes up with a new way to make it."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_CONCERNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
_ROOT = "%SRCROOT%"
_LONGEST = 1024
"""Characters of a description that GitHub takes."""

_Object = dict[str, Any]


def report(run: Run, *, colour: bool) -> Iterator[str]:  # noqa: ARG001 - part of the interface
    """The log, one rule and one result a line."""
    yield f'{{"$schema": "{SCHEMA}", "version": "{VERSION}", "runs": [{{\n"tool": {{"driver": '
    yield as_json(_driver())[:-1] + ', "rules": ['
    indices: dict[str, int] = {}
    for rule in run.found_rules:
        separator = ",\n" if indices else "\n"
        indices[rule.id] = len(indices)
        yield separator + as_json(_rule(rule, run.context.rule_file(rule.id), run.rules))
    yield f'\n]}}}},\n{as_json(_circumstances(run))[1:-1]},\n"results": ['
    separator = "\n"
    for finding in run.findings:
        yield separator + as_json(_result(finding, indices[finding.rule]))
        separator = ",\n"
    yield "\n]}]}\n"


def _driver() -> _Object:
    version = {"version": bikube.__version__, "semanticVersion": bikube.__version__}
    address = {"informationUri": ADDRESS} if ADDRESS else {}
    return {"name": "bikube", **version, **address}


def _circumstances(run: Run) -> _Object:
    unreadable = map(printable, run.context.unreadable)
    troubles = [*unreadable, *(f'rule "{one.rule}" failed' for one in run.faults)]
    invocation: _Object = {"executionSuccessful": not troubles}
    if troubles:
        invocation["toolExecutionNotifications"] = [
            {"level": "error", "message": {"text": trouble}} for trouble in troubles
        ]
    return {
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "the root of the repository"}}},
        "invocations": [invocation],
    }


def _rule(rule: Rule, file: RuleFile | None, rules: Ruleset) -> _Object:
    parts = list(sections(file, rules)) if file is not None else [PageSection("", rule.summary)]
    full = file.rationale if file is not None else rule.summary
    descriptor: _Object = {
        "id": rule.id,
        "shortDescription": {"text": _short(printable(rule.summary))},
        "fullDescription": {"text": _short(printable_lines(full))},
        "help": {"text": _plain(parts), "markdown": _markdown(parts)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "tags": [*rule.sections, rule.status],
            "precision": "very-high" if rule.structural else "high",
            "problem.severity": _CONCERNS[rule.severity],
        },
    }
    address = page_address(rule.id)
    if address:
        descriptor["helpUri"] = address
    return descriptor


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _plain(parts: list[PageSection]) -> str:
    return "\n\n".join(f"{one.title}:\n{one.body}" if one.title else one.body for one in parts)


def _markdown(parts: list[PageSection]) -> str:
    blocks: list[str] = []
    for one in parts:
        blocks += [f"## {one.title}"] if one.title else []
        blocks.append(f"```{one.language}\n{one.body}\n```" if one.language else one.body)
    return "\n\n".join(blocks)


def _result(finding: Finding, index: int) -> _Object:
    location: _Object = {"physicalLocation": _place(finding.repository_path, _snippet(finding))}
    if finding.pointer:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.pointer}]
    result: _Object = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.text},
        "locations": [location],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
    }
    if finding.times > 1:
        result["occurrenceCount"] = finding.times
    if finding.related:
        result["relatedLocations"] = [
            _related(finding.repository_path, one) for one in finding.related
        ]
    if finding.fix is not None:
        result["fixes"] = [_fix(finding)]
    return result


def _place(path: str, region: _Object) -> _Object:
    return {"artifactLocation": _artifact(path), "region": region}


def _artifact(path: str) -> _Object:
    if path.startswith("../") or Path(path).is_absolute():
        return {"uri": Path(path).resolve().as_uri()}
    return {"uri": quote(path, errors="surrogateescape"), "uriBaseId": _ROOT}


def _region(start: Position, end: Position) -> _Object:
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }


def _snippet(finding: Finding) -> _Object:
    region = _region(finding.start, finding.end)
    text = finding.snippet
    return region if text is None else {**region, "snippet": {"text": text}}


def _related(path: str, place: Place) -> _Object:
    region = _region(place.start, place.end)
    return {"physicalLocation": _place(path, region), "message": {"text": place.message}}


def _fix(finding: Finding) -> _Object:
    safe, edits = finding.fix or (True, ())
    replacements = [
        {
            "deletedRegion": _region(edit.start, edit.end),
            "insertedContent": {"text": edit.text},
        }
        for edit in edits
    ]
    change = {"artifactLocation": _artifact(finding.repository_path), "replacements": replacements}
    text = "safe fix" if safe else "unsafe fix: check that it is what you mean"
    return {"description": {"text": text}, "artifactChanges": [change]}


REPORT = report
