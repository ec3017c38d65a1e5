"""A Code Quality report for GitLab: one JSON list, which merge requests show.

The fields are those of https://docs.gitlab.com/ci/testing/code_quality/; GitLab ignores others,
and of findings with equal fingerprints it shows one.
"""

from collections.abc import Iterator
from typing import Any

from bikube.diagnostics import Severity
from bikube.report.finding import Finding
from bikube.report.run import Run
from bikube.text.data import as_json

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def report(run: Run, *, colour: bool) -> Iterator[str]:  # noqa: ARG001 - part of the interface
    """The list, one finding a line."""
    yield "["
    separator = "\n"
    for finding in run.findings:
        yield separator + as_json(_violation(finding))
        separator = ",\n"
    yield "\n]\n"


def _violation(finding: Finding) -> dict[str, Any]:
    return {
        "description": finding.text + finding.again,
        "check_name": finding.rule,
        "fingerprint": finding.fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": finding.repository_path,
            "lines": {"begin": finding.start.line, "end": finding.end.line},
        },
    }


REPORT = report
