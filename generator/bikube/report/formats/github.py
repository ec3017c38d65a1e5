"""Annotations on GitHub: one workflow command for each finding, as runners read it from a log.

A step shows ten annotations of each severity, a job fifty in all. Those who read a pull request
are people, so that findings are the ones that a terminal shows: hints only to who asks for them.
"""

from collections.abc import Iterator

from bikube.diagnostics import Severity
from bikube.report.finding import Finding
from bikube.report.run import Run
from bikube.text import printable

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def report(run: Run, *, colour: bool) -> Iterator[str]:  # noqa: ARG001 - part of the interface
    """One line for each finding that people are shown."""
    for finding in run.listed:
        places = ",".join(f"{name}={value}" for name, value in _properties(finding))
        yield f"::{_COMMANDS[finding.severity]} {places}::{escape(_message(finding))}\n"


def _properties(finding: Finding) -> Iterator[tuple[str, str | int]]:
    start, end = finding.start, finding.end
    yield "file", escape_property(finding.repository_path)
    yield "line", start.line
    # A runner takes columns only where both are of one line.
    if start.line == end.line:
        yield "col", start.column
    yield "endLine", end.line
    if start.line == end.line:
        yield "endColumn", end.column
    yield "title", escape_property(finding.rule)


def _message(finding: Finding) -> str:
    lines = [finding.text + finding.again]
    for place in finding.related:
        at = f"{printable(place.file)}:{place.start.line}:{place.start.column}"
        lines.append(f"{at}: {place.message}")
    return "\n".join(lines)


def escape(text: str) -> str:
    """``text`` as the message of a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_property(text: str) -> str:
    """``text`` as a property of a workflow command."""
    # Bytes of a file's name that are no UTF-8 cannot be written to a log.
    shown = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return escape(printable(shown)).replace(":", "%3A").replace(",", "%2C")


REPORT = report
