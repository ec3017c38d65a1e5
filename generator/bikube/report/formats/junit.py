"""JUnit XML, as Jenkins, GitLab and Azure Pipelines read it.

A spec is a test suite, and each finding a test case of it. A case fails if the finding makes the
run fail, so the verdict is that of the exit code; other findings are cases that passed and have
the finding as output. A clean spec is one case that passed. What kept a spec or a rule from being
looked at is an error in a suite of its own.
"""

from collections import Counter
from collections.abc import Iterator
from html import escape

from bikube.diagnostics import Severity
from bikube.report.finding import Finding
from bikube.report.formats.text import block
from bikube.report.run import LintedFile, Run
from bikube.text import printable

CLEAN = "no findings"


def report(run: Run, *, colour: bool) -> Iterator[str]:  # noqa: ARG001 - part of the interface
    """The document: ASCII only, with references for other characters."""
    least = run.context.fail_level
    troubles = list(_troubles(run))
    tests = len(troubles) + sum(max(spec.count(), 1) for spec in run.specs)
    failures = sum(spec.count(least) for spec in run.specs)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="bikube" {_counts(tests, failures, len(troubles))}>\n'
    if troubles:
        yield f'<testsuite name="bikube" {_counts(len(troubles), 0, len(troubles))}>\n'
        for name, message in troubles:
            yield _case("bikube", name, f"<error{_attribute('message', message)}/>")
        yield "</testsuite>\n"
    for spec in run.specs:
        yield from _suite(spec, least)
    yield "</testsuites>\n"


def _troubles(run: Run) -> Iterator[tuple[str, str]]:
    for number, message in enumerate(run.context.unreadable, start=1):
        yield f"unreadable spec {number}", message
    for number, fault in enumerate(run.faults, start=1):
        message = f'rule "{fault.rule}" failed on {fault.file} ({fault.kind})'
        yield f"failed rule {number}", message


def _suite(spec: LintedFile, least: Severity) -> Iterator[str]:
    tests = max(spec.count(), 1)
    yield f"<testsuite{_attribute('name', spec.path)} {_counts(tests, spec.count(least), 0)}>\n"
    if not spec.count():
        yield _case(spec.path, CLEAN, "")
    names: Counter[str] = Counter()
    for finding in spec.findings():
        name = f"{finding.rule} at {finding.start.line}:{finding.start.column}"
        names[name] += 1
        # GitLab drops a case that has the name of another.
        again = f" ({names[name]})" if names[name] > 1 else ""
        yield _case(spec.path, name + again, _outcome(finding, fails=finding.severity >= least))
    yield "</testsuite>\n"


def _outcome(finding: Finding, *, fails: bool) -> str:
    text = "\n".join(_text(line) for line in block(finding).split("\n"))
    if not fails:
        return f"<system-out>{text}</system-out>"
    message = _attribute("message", finding.text)
    return f'<failure type="{finding.severity.label}"{message}>{text}</failure>'


def _case(suite: str, name: str, outcome: str) -> str:
    attributes = _attribute("classname", suite) + _attribute("name", name)
    return f"<testcase{attributes}>{outcome}</testcase>\n"


def _counts(tests: int, failures: int, errors: int) -> str:
    return f'tests="{tests}" failures="{failures}" errors="{errors}"'


def _attribute(name: str, value: str) -> str:
    return f' {name}="{_text(value)}"'


def _text(text: str) -> str:
    return escape(printable(text)).encode("ascii", "xmlcharrefreplace").decode("ascii")


REPORT = report
