"""Findings for people: one line each, with the source below it underlined."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bikube.diagnostics import Severity
from bikube.report.run import Run
from bikube.text import Position, printable, width

if TYPE_CHECKING:
    from bikube.report.finding import Finding

_WIDEST = 160
"""Code points of a source line that are shown; long ones are cut around the finding."""
_MORE = "…"
"""Stands where a line is cut."""
_COLOURS = {Severity.ERROR: "31;1", Severity.WARNING: "33;1", Severity.INFO: "36;1"}


def report(run: Run, *, colour: bool) -> Iterator[str]:
    """One block of text for each finding."""
    for finding in run.findings:
        yield block(finding, colour=colour)


def block(finding: "Finding", *, colour: bool) -> str:
    """``finding`` with its source, and each place that belongs to it with its own."""
    start = finding.start
    label = finding.severity.label
    message = printable(finding.message)
    if colour:
        label = f"\x1b[{_COLOURS[finding.severity]}m{label}\x1b[0m"
    at = f"{printable(finding.file)}:{start.line}:{start.column}"
    lines = [f"{at}: {label}: {message} [{finding.rule}]"]
    lines += _snippet(finding, start, finding.end)
    for place in finding.related:
        at = f"{printable(place.file)}:{place.start.line}:{place.start.column}"
        lines += [f"{at}: note: {printable(place.message)}"]
        lines += _snippet(finding, place.start, place.end)
    return "\n".join(lines) + "\n"


def _snippet(finding: "Finding", start: Position, end: Position) -> list[str]:
    text = finding.line(start.line)
    first = start.column - 1
    last = end.column - 1 if end.line == start.line else len(text.rstrip())
    cut = max(0, first - _WIDEST // 2) if len(text) > _WIDEST else 0
    until = cut + _WIDEST
    before = _MORE * (cut > 0) + printable(text[cut:first])
    marked = printable(text[first : min(last, until)])
    after = printable(text[min(last, until) : until]) + _MORE * (len(text) > until)
    underline = "^" + "~" * (width(marked) - 1)
    margin = " " * width(before)
    return [f"{start.line:5} | {before}{marked}{after}", f"      | {margin}{underline}"]


REPORT = report
