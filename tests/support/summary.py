"""What pytest says at the end of a run: what was not tested and why, and what tests measured."""

from collections import Counter
from collections.abc import Iterable, Iterator

import pytest

SUMMARY = "summary"
"""The property by which a test says something at the end of the run."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show both, in front of pytest's closing line."""
    stats = terminalreporter.stats
    said = [
        str(value)
        for outcome in ("passed", "failed")
        for report in stats.get(outcome, ())
        for name, value in report.user_properties
        if name == SUMMARY
    ]
    if said:
        terminalreporter.section("measured")
        terminalreporter.write_line("\n".join(said))
    skipped = stats.get("skipped", ())
    if skipped:
        terminalreporter.section(f"NOT TESTED: {len(skipped)} skipped", yellow=True, bold=True)
        for line in not_tested((path(report), reason(report)) for report in skipped):
            terminalreporter.write_line(line, yellow=True)


def reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Why a test was skipped."""
    if isinstance(report.longrepr, tuple):
        return report.longrepr[2].removeprefix("Skipped: ")
    return str(report.longrepr)


def path(report: pytest.TestReport | pytest.CollectReport) -> str:
    """The file of the test, which its mark may have been read from elsewhere."""
    return report.nodeid.split("::")[0]


def not_tested(skipped: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Each reason once, the commonest first, with the files and how many tests of them it hits."""
    files: dict[str, Counter[str]] = {}
    for file, why in skipped:
        files.setdefault(why, Counter())[file] += 1
    for why, counts in sorted(files.items(), key=lambda item: (-item[1].total(), item[0])):
        yield f"{counts.total()} skipped: {why}"
        for file, count in sorted(counts.items()):
            yield f"  {count:5} in {file}"
