"""JUnit XML passes Jenkins' schema, is what others read, and is as green as the run."""

import xml.etree.ElementTree as ET
from pathlib import Path

import junitparser
import pytest
import xmlschema
from hypothesis import given
from tests.support.found import (
    CLEAN,
    EXAMPLES,
    FOUND,
    NAME,
    SMALL,
    Found,
    linted,
    names,
    run_of,
    texts,
    troubled,
    written,
)

from bikube.diagnostics import Severity
from bikube.report.run import Context, Run

JUNIT = xmlschema.XMLSchema(str(Path(__file__).parents[2] / "support" / "schemas" / "junit-10.xsd"))


def test_junit_is_whole() -> None:
    """A finding that makes the run fail is a failed case; others passed and have output."""
    text = written("junit", SMALL)
    assert text == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<testsuites name="bikube" tests="4" failures="1" errors="0">\n'
        f'<testsuite name="{NAME}" tests="3" failures="1" errors="0">\n'
        f'<testcase classname="{NAME}" name="some-error at 2:11">'
        '<failure type="error" message="is &quot;one&quot;">'
        f"{NAME}:2:11: error[some-error]: is &quot;one&quot;\n"
        "    2 |   - name: one\n"
        "      |           ^~~\n"
        "</failure></testcase>\n"
        f'<testcase classname="{NAME}" name="some-warning at 3:11"><system-out>'
        f"{NAME}:3:11: warning[some-warning]: [*] is\\ttwice\n"
        "    3 |     host: &#x27;A&#128512;b&#x27;\n"
        "      |           ^~~~~~\n"
        f"{NAME}:5:11: note: the other\n"
        "    5 |     host: x\n"
        "      |           ^\n"
        "</system-out></testcase>\n"
        f'<testcase classname="{NAME}" name="some-info at 4:5"><system-out>'
        f"{NAME}:4:5: info[some-info]: 50% of it: a, b\n"
        "    4 |   - name: two\n"
        "      |     ^~~~~~~~~\n"
        "</system-out></testcase>\n"
        "</testsuite>\n"
        '<testsuite name="clean.yaml" tests="1" failures="0" errors="0">\n'
        '<testcase classname="clean.yaml" name="no findings"></testcase>\n'
        "</testsuite>\n"
        "</testsuites>\n"
    )


@pytest.mark.parametrize(
    ("level", "failures"), [(Severity.ERROR, 1), (Severity.WARNING, 2), (Severity.INFO, 3)]
)
def test_junit_fails_where_the_run_fails(level: Severity, failures: int) -> None:
    """The fail level decides which findings are failed cases."""
    run = run_of(linted(FOUND), context=Context(fail_level=level))
    read = junitparser.JUnitXml.fromstring(written("junit", run).encode())
    assert (read.tests, read.failures, read.errors) == (3, failures, 0)


def test_junit_says_what_went_wrong() -> None:
    """An unreadable spec and a failed rule are errors, so that the report is not green."""
    root = ET.fromstring(written("junit", troubled()))  # noqa: S314 - the text is our own
    assert root.attrib == {"name": "bikube", "tests": "3", "failures": "0", "errors": "2"}
    assert [error.attrib["message"] for error in root.iter("error")] == [
        "gone.yaml: there is no such file",
        f'rule "some-info" failed on {NAME} (KeyError)',
    ]


def test_junit_gives_every_case_its_own_name() -> None:
    """Findings of one rule at one place are told apart, because GitLab drops equal names."""
    spec = linted((FOUND[0], FOUND[0]._replace(message="is also wrong")))
    root = ET.fromstring(written("junit", run_of(spec)))  # noqa: S314 - the text is our own
    cases = [case.attrib["name"] for case in root.iter("testcase")]
    assert cases == ["some-error at 2:11", "some-error at 2:11 (2)"]


@pytest.mark.parametrize(
    "run", [SMALL, CLEAN, EXAMPLES, troubled()], ids=["small", "clean", "examples", "troubled"]
)
def test_junit_passes_the_schema_of_jenkins(run: Run) -> None:
    """The XML is valid by Jenkins' schema, and a reader of others counts the same cases."""
    text = written("junit", run)
    assert [str(error) for error in JUNIT.iter_errors(text)] == []
    read = junitparser.JUnitXml.fromstring(text.encode())
    results = [type(result) for suite in read for case in suite for result in case.result]
    assert read.tests == sum(len(list(suite)) for suite in read)
    assert read.failures == results.count(junitparser.Failure)
    assert read.errors == results.count(junitparser.Error)


@given(name=names, message=texts)
def test_junit_survives_any_text(name: str, message: str) -> None:
    """Whatever a file or a message holds, the XML is well-formed ASCII with one failed case."""
    text = written("junit", run_of(linted((Found("some-error", "one", message),), name=name)))
    assert text.isascii()
    (suite,) = junitparser.JUnitXml.fromstring(text.encode())
    assert (suite.tests, suite.failures) == (1, 1)
