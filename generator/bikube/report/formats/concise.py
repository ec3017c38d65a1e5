"""Findings for people who want many at a glance: a line each."""

from collections.abc import Iterator

from bikube.report.formats.text import head
from bikube.report.run import Run


def report(run: Run, *, colour: bool) -> Iterator[str]:
    """One line for each finding: where it is, how bad, of which rule, and what is wrong."""
    for finding in run.listed:
        yield head(finding, colour=colour, links=run.context.links) + "\n"


REPORT = report
