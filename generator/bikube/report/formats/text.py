"""Findings for people: what is wrong, the source with its underline, and what to do."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bikube.diagnostics import Severity
from bikube.report.run import Run, page_address
from bikube.text import Position, printable, printable_parts, width

if TYPE_CHECKING:
    from bikube.report.finding import Finding

_WIDEST = 160
"""Code points of a source line that are shown; long ones are cut around the finding."""
_MORE = "…"
"""Stands where a line is cut."""
FIXABLE = "[*]"
"""Stands before what ``--fix`` mends."""
_OF_HELP = "1"
_COLOURS = {Severity.ERROR: "31;1", Severity.WARNING: "33;1", Severity.INFO: "36;1"}


def report(run: Run, *, colour: bool) -> Iterator[str]:
    """One block of text for each finding, with an empty line between two."""
    separator = ""
    for finding in run.listed:
        yield separator + block(finding, colour=colour, links=run.context.links)
        separator = "\n"


def block(finding: "Finding", *, colour: bool = False, links: bool = False) -> str:
    """``finding`` with its source, each place that belongs to it with its own, and the help."""
    lines = [head(finding, colour=colour, links=links)]
    lines += _snippet(finding, finding.start, finding.end)
    for place in finding.related:
        at = f"{printable(place.file)}:{place.start.line}:{place.start.column}"
        lines += [f"{at}: note: {place.message}"]
        lines += _snippet(finding, place.start, place.end)
    if finding.help:
        lines.append(f"{_painted('help', _OF_HELP, colour=colour)}: {finding.help}")
    return "\n".join(lines) + "\n"


def head(finding: "Finding", *, colour: bool, links: bool) -> str:
    """Where ``finding`` is, how bad, of which rule, whether ``--fix`` mends it, what is wrong."""
    start = finding.start
    at = f"{printable(finding.file)}:{start.line}:{start.column}"
    shown = label(finding.severity, finding.rule, colour=colour, links=links)
    mark = f"{FIXABLE} " if finding.has_safe_fix else ""
    return f"{at}: {shown}: {mark}{finding.message}{finding.again}"


def label(severity: Severity, rule: str, *, colour: bool, links: bool) -> str:
    """How bad, and of which rule; with ``links`` the rule leads to its page, if it has one."""
    address = page_address(rule) if links else None
    name = f"\x1b]8;;{address}\x1b\\{rule}\x1b]8;;\x1b\\" if address else rule
    return _painted(f"{severity.label}[{name}]", _COLOURS[severity], colour=colour)


def _painted(text: str, code: str, *, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text


def _snippet(finding: "Finding", start: Position, end: Position) -> list[str]:
    text = finding.line(start.line)
    first = start.column - 1
    last = end.column - 1 if end.line == start.line else len(text.rstrip())
    cut = max(0, first - _WIDEST // 2) if len(text) > _WIDEST else 0
    until = cut + _WIDEST
    ends = (first - cut, min(last, until) - cut)
    before, marked, after = printable_parts(text[cut:until], *ends)
    before, after = _MORE * (cut > 0) + before, after + _MORE * (len(text) > until)
    underline = "^" + "~" * (width(marked) - 1)
    margin = " " * width(before)
    return [f"{start.line:5} | {before}{marked}{after}", f"      | {margin}{underline}"]


REPORT = report
