"""Every report format says what was found, in the form that its readers expect."""

import json
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from tests.support.found import (
    CLEAN,
    EXAMPLES,
    FOUND,
    HOST,
    NAME,
    SMALL,
    TEXT,
    Found,
    cut,
    linted,
    names,
    real,
    run_of,
    span_of,
    texts,
    written,
)
from tests.support.trees import spec

from bikube.diagnostics import Edit, Fix, Severity
from bikube.report.formats.json import report_schema
from bikube.report.run import Context, Run, load_report, path_from, report_names
from bikube.rules.builtin import builtin_rules
from bikube.text import printable

LISTS = [name for name in report_names() if name != "statistics"]
"""The formats that have each finding, and not only how many there are."""

GITLAB = Draft202012Validator(
    {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["description", "check_name", "fingerprint", "severity", "location"],
            "properties": {
                "description": {"type": "string", "minLength": 1},
                "check_name": {"type": "string", "minLength": 1},
                "fingerprint": {"type": "string", "minLength": 1},
                "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
                "location": {
                    "type": "object",
                    "required": ["path", "lines"],
                    "properties": {
                        "path": {"type": "string", "pattern": "^(?!\\./|/)"},
                        "lines": {
                            "type": "object",
                            "required": ["begin"],
                            "properties": {"begin": {"type": "integer", "minimum": 1}},
                        },
                    },
                },
            },
        },
    }
)
"""What GitLab documents; nobody publishes a schema or a reader that could be installed."""
SECRET = "hunter2-Tr0ub4dor"
TOKEN = "ghp_" + "a1B2c3D4e5F6g7H8i9J0"


class Command(NamedTuple):
    """A workflow command as GitHub's runner understands it."""

    name: str
    properties: dict[str, str]
    data: str


def commands(log: str) -> Iterator[Command]:
    """The commands in ``log``, read as actions/runner reads them (ActionCommand.TryParseV2)."""
    for line in log.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if not line.lstrip().startswith("::"):
            continue
        head, _, data = line.lstrip()[2:].partition("::")
        name, _, rest = head.partition(" ")
        pairs = (pair.split("=", 1) for pair in rest.strip().split(",") if pair)
        properties = {key: _unescape(value, ":", ",") for key, value in pairs}
        yield Command(name, properties, _unescape(data))


def _unescape(text: str, *more: str) -> str:
    for character in ("\r", "\n", *more, "%"):
        text = text.replace(f"%{ord(character):02X}", character)
    return text


def with_secrets() -> str:
    """A spec that has credentials wherever it has findings."""
    return f"""\
bikube: v1
instance: {{name: aio-x, customLocation: cl, password: {SECRET}}}
registryEndpoints:
  - name: {TOKEN}
    host: Contoso.azurecr.io # {TOKEN}
    authentication: {{method: {TOKEN}, token: {SECRET}}}
    {TOKEN}: {SECRET}
  - name: two
    host: https://user:{SECRET}@Contoso.azurecr.io/x
    authentication:
      method: ArtifactPullSecret
      artifactPullSecretSettings: {{secretRef: [{SECRET}], password: [{{a: {SECRET}}}, 7]}}
x-secret: &a {SECRET}
x-again: {{secret: *a, {TOKEN}: 1, {TOKEN}: 2}}
"""


def test_every_format_is_known() -> None:
    """The formats are those that the documentation names."""
    assert report_names() == (
        *("concise", "github", "gitlab", "json", "junit", "sarif"),
        *("statistics", "text"),
    )


def test_text_shows_both_places() -> None:
    """Each place of a finding has its line, its source and its underline."""
    spec = linted((Found("some-warning", HOST, "is\ttwice\x1b", twin="x"),))
    assert written("text", run_of(spec)) == (
        f"{NAME}:3:11: warning[some-warning]: is\\ttwice\\x1b\n"
        "    3 |     host: 'A\U0001f600b'\n"
        "      |           ^~~~~~\n"
        f"{NAME}:5:11: note: the other\n"
        "    5 |     host: x\n"
        "      |           ^\n"
    )


def advised(*, safe: bool = True) -> Run:
    """A finding with a help that quotes, and with a fix."""
    fix = Fix((Edit(span_of(TEXT, HOST), "ab"),), safe=safe)
    return run_of(linted((Found("some-warning", HOST, "is bad", fix=fix, help="write\tit"),)))


def test_text_says_below_the_source_what_to_do() -> None:
    """The head has a mark where ``--fix`` mends it, and the help stands below the source."""
    assert written("text", advised()) == (
        f"{NAME}:3:11: warning[some-warning]: [*] is bad\n"
        "    3 |     host: 'A\U0001f600b'\n"
        "      |           ^~~~~~\n"
        "help: write\\tit\n"
    )
    assert written("text", advised(safe=False)).startswith(
        f"{NAME}:3:11: warning[some-warning]: is bad\n"
    )


def test_text_parts_findings_by_an_empty_line() -> None:
    """An empty line stands between two findings, none before the first or after the last."""
    found = (Found("some-error", "one", "is one"), Found("some-error", "two", "is two"))
    assert written("text", run_of(linted(found))) == (
        f"{NAME}:2:11: error[some-error]: is one\n"
        "    2 |   - name: one\n"
        "      |           ^~~\n"
        "\n"
        f"{NAME}:4:11: error[some-error]: is two\n"
        "    4 |   - name: two\n"
        "      |           ^~~\n"
    )


def test_colour_marks_severity_and_help() -> None:
    """With colours, severity and rule have one, and the word help another."""
    shown = "".join(load_report("text")(advised(), colour=True))
    assert shown == (
        f"{NAME}:3:11: \x1b[33;1mwarning[some-warning]\x1b[0m: [*] is bad\n"
        "    3 |     host: 'A\U0001f600b'\n"
        "      |           ^~~~~~\n"
        "\x1b[1mhelp\x1b[0m: write\\tit\n"
    )


def test_other_formats_have_the_help_too() -> None:
    """JSON has it as a member, the others in one text with the message."""
    (entry,) = json.loads(written("json", advised()))["diagnostics"]
    assert (entry["message"], entry["help"]) == ("is bad", r"write\tit")
    (violation,) = json.loads(written("gitlab", advised()))
    assert violation["description"] == r"is bad; write\tit"
    (result,) = json.loads(written("sarif", advised()))["runs"][0]["results"]
    assert result["message"] == {"text": r"is bad; write\tit"}
    assert written("github", advised()).endswith("::is bad; write\\tit\n")
    assert ' message="is bad; write\\tit">' in written(
        "junit", run_of(linted((Found("some-error", HOST, "is bad", help="write\tit"),)))
    )


def test_concise_is_a_line_each() -> None:
    """It has the heads of the text report, a count of equals, and no hints unless asked."""
    found = (*FOUND, Found("some-error", "one", 'is "one"', ("again",)))
    spec = linted(sorted(found, key=lambda one: one.rule != "some-error"))
    hint = f"{NAME}:4:5: info[some-info]: 50% of it: a, b\n"
    listed = (
        f'{NAME}:2:11: error[some-error]: is "one" (2 times)\n'
        f"{NAME}:3:11: warning[some-warning]: [*] is\\ttwice\n"
    )
    assert written("concise", run_of(spec)) == listed + hint
    quiet = run_of(spec, context=Context(least=Severity.WARNING))
    assert written("concise", quiet) == listed
    assert quiet.unlisted == 1


def test_statistics_count_by_rule() -> None:
    """The most frequent rule comes first, of equals the worst, and hints count always."""
    spec = linted([FOUND[1]] * 10 + [FOUND[2], FOUND[0]])
    run = run_of(spec, spec, context=Context(least=Severity.WARNING))
    assert written("statistics", run) == (
        "20 warning[some-warning] [*]\n 2 error[some-error]\n 2 info[some-info]\n"
    )
    assert written("statistics", CLEAN) == ""


def test_rules_lead_to_their_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal a built-in rule's id is a link, once the project has an address."""
    whole = real(spec(host="Plant7.azurecr.io"))
    own = [one for one in whole.diagnostics if one.rule == "registry-host-case"]
    source = whole._replace(diagnostics=tuple(own))
    run = Run([source], builtin_rules()).linked()
    plain = written("concise", run, colour=True)
    assert "\x1b]8;;" not in plain
    monkeypatch.setattr("bikube.report.run.ADDRESS", "https://example.com/bikube")
    linked = written("concise", run, colour=True)
    page = "https://example.com/bikube/docs/rules/registry-host-case.md"
    id_ = "registry-host-case"
    assert linked == plain.replace(id_, f"\x1b]8;;{page}\x1b\\{id_}\x1b]8;;\x1b\\")
    assert written("concise", Run([source], builtin_rules()), colour=True) == plain
    stranger = written("concise", run_of(linted(FOUND[:1])).linked(), colour=True)
    assert stranger == f'{NAME}:2:11: \x1b[31;1merror[some-error]\x1b[0m: is "one"\n'
    (rule,) = json.loads(written("sarif", run))["runs"][0]["tool"]["driver"]["rules"]
    assert rule["helpUri"] == page


def test_json_is_whole() -> None:
    """The JSON report has every member that its schema names."""
    first, second, third = json.loads(written("json", SMALL))["diagnostics"]
    region = {"line": 3, "column": 11, "endLine": 3, "endColumn": 16}
    assert second == {
        "rule": "some-warning",
        "severity": "warning",
        "message": r"is\ttwice",
        "help": "",
        "file": NAME,
        **region,
        "pointer": "/things/0/host",
        "fingerprint": second["fingerprint"],
        "times": 1,
        "related": [
            {
                "message": "the other",
                "file": NAME,
                "line": 5,
                "column": 11,
                "endLine": 5,
                "endColumn": 12,
            }
        ],
        "fix": {"safe": True, "edits": [{**region, "text": "ab"}]},
    }
    assert (first["fix"], first["related"]) == (None, [])
    assert (third["line"], third["endLine"]) == (4, 5)


def test_json_counts() -> None:
    """The summary counts specs and findings; a clean run has none."""
    counts = [json.loads(written("json", run))["summary"] for run in (SMALL, CLEAN)]
    assert counts == [
        {"files": 2, "errors": 1, "warnings": 1, "infos": 1, "suppressed": 0},
        {"files": 1, "errors": 0, "warnings": 0, "infos": 0, "suppressed": 0},
    ]


@pytest.mark.parametrize("run", [SMALL, CLEAN, EXAMPLES], ids=["small", "clean", "examples"])
def test_json_has_the_form_of_its_schema(run: Run) -> None:
    """Every JSON report is valid by the schema, which allows no member to be missing."""
    schema = report_schema()
    Draft202012Validator.check_schema(schema)
    report = json.loads(written("json", run))
    assert list(Draft202012Validator(schema).iter_errors(report)) == []
    for name in report:
        broken = {key: value for key, value in report.items() if key != name}
        assert not Draft202012Validator(schema).is_valid(broken)


def test_json_schema_names_every_member() -> None:
    """A finding has no member that the schema does not describe."""
    definitions = report_schema()["$defs"]
    found = json.loads(written("json", SMALL))["diagnostics"][1]
    assert list(found) == list(definitions["diagnostic"]["properties"])
    assert set(found["related"][0]) == set(definitions["related"]["properties"])
    assert set(found["fix"]["edits"][0]) == set(definitions["edit"]["properties"])


def test_github_is_whole() -> None:
    """Each finding is one command; a finding over several lines has no columns."""
    assert written("github", SMALL) == (
        f"::error file={NAME},line=2,col=11,endLine=2,endColumn=14,title=some-error"
        '::is "one"\n'
        f"::warning file={NAME},line=3,col=11,endLine=3,endColumn=16,title=some-warning"
        f"::is\\ttwice%0A{NAME}:5:11: the other\n"
        f"::notice file={NAME},line=4,endLine=5,title=some-info::50%25 of it: a, b\n"
    )


def test_github_says_nothing_of_a_clean_run() -> None:
    """Without findings there are no annotations."""
    assert written("github", CLEAN) == ""


def test_gitlab_is_whole() -> None:
    """Each finding has the members that GitLab documents."""
    report = json.loads(written("gitlab", SMALL))
    assert report[1] == {
        "description": r"is\ttwice",
        "check_name": "some-warning",
        "fingerprint": report[1]["fingerprint"],
        "severity": "minor",
        "location": {"path": NAME, "lines": {"begin": 3, "end": 3}},
    }
    assert [one["severity"] for one in report] == ["major", "minor", "info"]
    assert json.loads(written("gitlab", CLEAN)) == []


def test_gitlab_has_its_documented_form() -> None:
    """Every report has what GitLab documents, and no two findings share a fingerprint."""
    report = json.loads(written("gitlab", EXAMPLES))
    assert [error.message for error in GITLAB.iter_errors(report)] == []
    assert len({one["fingerprint"] for one in report}) == len(report)


@given(name=names, message=texts)
def test_github_survives_any_text(name: str, message: str) -> None:
    """Whatever a file or a message holds, the runner reads one command with that file."""
    spec = linted((Found("some-error", "one", message),), name=name)
    (command,) = commands(written("github", run_of(spec)))
    assert command.name == "error"
    assert command.properties == {
        "file": printable(path_from(".", name)),
        "line": "2",
        "col": "11",
        "endLine": "2",
        "endColumn": "14",
        "title": "some-error",
    }
    assert not set(command.data) & {"\r", "\x1b"}


@given(name=names, message=texts)
def test_json_formats_survive_any_text(name: str, message: str) -> None:
    """Whatever a file or a message holds, JSON and GitLab give back the path and the words."""
    run = run_of(linted((Found("some-error", "one", message),), name=name))
    reports = {format_: written(format_, run) for format_ in ("json", "gitlab")}
    assert all(text.isascii() for text in reports.values())
    (plain,) = json.loads(reports["json"])["diagnostics"]
    assert (plain["file"], plain["message"]) == (name, printable(message))
    (violation,) = json.loads(reports["gitlab"])
    assert (violation["location"]["path"], violation["description"]) == (
        path_from(".", name),
        printable(message),
    )


@given(head=st.text(alphabet="aé\u0301\U0001f600漢", max_size=8))
def test_columns_count_code_points(head: str) -> None:
    """Characters beyond the basic plane are one column, in every format that has columns."""
    text = f"a: '{head}'\nb: '{head}' # here\n"
    run = run_of(linted((Found("some-error", "# here"),), text=text))
    column = len(f"b: '{head}' ") + 1
    (plain,) = json.loads(written("json", run))["diagnostics"]
    (result,) = json.loads(written("sarif", run))["runs"][0]["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    (command,) = commands(written("github", run))
    assert (plain["column"], region["startColumn"], command.properties["col"]) == (
        column,
        column,
        str(column),
    )
    assert cut(text, region) == "# here"


@pytest.mark.parametrize("format_", report_names())
def test_a_name_that_is_no_utf8_can_be_written(format_: str) -> None:
    """A file's name may be any bytes; no report becomes one that cannot be encoded."""
    run = run_of(linted(FOUND, name="a\udcff.yaml"))
    assert "some-error" in written(format_, run).encode().decode()


@pytest.mark.parametrize("format_", LISTS)
def test_reports_come_in_small_pieces(format_: str) -> None:
    """A report is written finding by finding, and never held as a whole."""
    run = run_of(linted(FOUND * 100))
    pieces = list(load_report(format_)(run, colour=False))
    assert len(pieces) >= 300
    assert max(map(len, pieces)) < 2000


@pytest.mark.parametrize("format_", report_names())
@pytest.mark.parametrize(
    "text",
    [with_secrets(), with_secrets() + "broken: [", with_secrets().replace("bikube: v1\n", "")],
    ids=["spec", "broken", "stranger"],
)
def test_no_format_shows_a_credential(format_: str, text: str) -> None:
    """A credential is in no report, be it in a value, a key, a name, a comment or a URL."""
    run = Run([real(text)], builtin_rules())
    report = written(format_, run, colour=True)
    assert (NAME in report) is (format_ in LISTS)
    assert [secret for secret in (SECRET, TOKEN) if secret.lower() in report.lower()] == []


@pytest.mark.parametrize("format_", ["json", "sarif"])
def test_no_fix_writes_a_mask(format_: str) -> None:
    """A fix that would write a credential is not shown: whoever applies it would lose that."""
    text = f"password: {SECRET}\nother: x\n"
    fixes = [Fix((Edit(span_of(text, "x"), written_),), safe=True) for written_ in ("y", SECRET)]
    found = [Found("some-info", "x", pointer=("other",), fix=fix) for fix in fixes]
    report = written(format_, run_of(linted(found, text=text)))
    assert SECRET not in report
    assert report.count('"y"') == 1
    assert report.count('"insertedContent"' if format_ == "sarif" else '"edits"') == 1
