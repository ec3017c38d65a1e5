"""SARIF passes the official schema, and follows what GitHub advises."""

import json
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from jsonschema import Draft7Validator
from tests.support.found import (
    CLEAN,
    EXAMPLES,
    FOUND,
    HOST,
    NAME,
    RULES,
    SMALL,
    TEXT,
    Found,
    cut,
    linted,
    names,
    real,
    rule_files,
    run_of,
    texts,
    troubled,
    written,
)

import bikube
from bikube.report.run import Run, path_from
from bikube.rules.builtin import builtin_rules
from bikube.text import printable

SARIF = Draft7Validator(
    json.loads(
        (Path(__file__).parents[2] / "support" / "schemas" / "sarif-2.1.0.json").read_bytes()
    ),
    format_checker=Draft7Validator.FORMAT_CHECKER,
)


def test_sarif_is_whole() -> None:
    """A SARIF result has its rule, place, text, fingerprint, second place and fix."""
    (log,) = json.loads(written("sarif", SMALL))["runs"]
    artifact = {"uri": NAME, "uriBaseId": "%SRCROOT%"}
    region = {"startLine": 3, "startColumn": 11, "endLine": 3, "endColumn": 16}
    twin = {"startLine": 5, "startColumn": 11, "endLine": 5, "endColumn": 12}
    result = log["results"][1]
    assert result == {
        "ruleId": "some-warning",
        "ruleIndex": 2,
        "level": "warning",
        "message": {"text": r"is\ttwice"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": artifact,
                    "region": {**region, "snippet": {"text": HOST}},
                },
                "logicalLocations": [{"fullyQualifiedName": "/things/0/host"}],
            }
        ],
        "partialFingerprints": {"bikube/v1": result["partialFingerprints"]["bikube/v1"]},
        "relatedLocations": [
            {
                "physicalLocation": {"artifactLocation": artifact, "region": twin},
                "message": {"text": "the other"},
            }
        ],
        "fixes": [
            {
                "description": {"text": "safe fix"},
                "artifactChanges": [
                    {
                        "artifactLocation": artifact,
                        "replacements": [
                            {"deletedRegion": region, "insertedContent": {"text": "ab"}}
                        ],
                    }
                ],
            }
        ],
    }


def test_sarif_describes_a_rule_without_a_file() -> None:
    """A rule whose file is not at hand has its summary in every place that GitHub asks for."""
    (log,) = json.loads(written("sarif", SMALL))["runs"]
    summary = "Some are notable."
    assert log["tool"]["driver"]["rules"][1] == {
        "id": "some-info",
        "shortDescription": {"text": summary},
        "fullDescription": {"text": summary},
        "help": {"text": summary, "markdown": summary},
        "defaultConfiguration": {"level": "note"},
        "properties": {
            "tags": ["preview"],
            "precision": "high",
            "problem.severity": "recommendation",
        },
    }


def test_sarif_of_a_clean_run_has_an_empty_list() -> None:
    """GitHub closes alerts by a log whose list of results is there and empty."""
    assert json.loads(written("sarif", CLEAN)) == {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "bikube",
                        "version": bikube.__version__,
                        "semanticVersion": bikube.__version__,
                        "rules": [],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "newlineSequences": ["\r\n", "\n", "\r"],
                "originalUriBaseIds": {
                    "%SRCROOT%": {"description": {"text": "the root of the repository"}}
                },
                "invocations": [{"executionSuccessful": True}],
                "results": [],
            }
        ],
    }


def test_sarif_says_what_went_wrong() -> None:
    """A log of a run that missed something does not look like that of a clean one."""
    (log,) = json.loads(written("sarif", troubled()))["runs"]
    notes = ["gone.yaml: there is no such file", 'rule "some-info" failed']
    assert log["invocations"] == [
        {
            "executionSuccessful": False,
            "toolExecutionNotifications": [
                {"level": "error", "message": {"text": note}} for note in notes
            ],
        }
    ]


@pytest.mark.parametrize(
    "run", [SMALL, CLEAN, EXAMPLES, troubled()], ids=["small", "clean", "examples", "troubled"]
)
def test_sarif_passes_the_schema_of_oasis(run: Run) -> None:
    """SARIF is valid by the official schema, its formats included."""
    assert [error.message for error in SARIF.iter_errors(json.loads(written("sarif", run)))] == []


def test_sarif_follows_the_advice_of_github() -> None:
    """Texts are there and short enough, tags few, indices right, places relative."""
    (log,) = json.loads(written("sarif", EXAMPLES))["runs"]
    rules = log["tool"]["driver"]["rules"]
    for rule in rules:
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert "## How to fix" in rule["help"]["markdown"]
        assert "How to fix:" in rule["help"]["text"]
        assert 0 < len(rule["properties"]["tags"]) <= 20
        assert "security-severity" not in rule["properties"]
        assert "helpUri" not in rule
    for result in log["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        (location,) = result["locations"]
        assert location["physicalLocation"]["artifactLocation"]["uri"].startswith("specs/")
    prints = [result["partialFingerprints"]["bikube/v1"] for result in log["results"]]
    assert len(set(prints)) == len(prints)


def test_sarif_regions_are_the_text_that_they_show() -> None:
    """Columns count code points: cut out by them, a region is its own snippet."""
    (log,) = json.loads(written("sarif", SMALL))["runs"]
    regions = [one["locations"][0]["physicalLocation"]["region"] for one in log["results"]]
    assert [cut(TEXT, region) for region in regions] == [one.at for one in FOUND]
    assert [region["snippet"]["text"] for region in regions] == [one.at for one in FOUND]


def test_sarif_shows_no_endless_snippet() -> None:
    """A region of many lines, and one of no width, have no snippet."""
    text = "a:\n" + "  - 1\n" * 20
    spec = linted((Found("some-error", text.rstrip()), Found("some-error", "")), text=text)
    (log,) = json.loads(written("sarif", run_of(spec)))["runs"]
    regions = [one["locations"][0]["physicalLocation"]["region"] for one in log["results"]]
    assert regions == [
        {"startLine": 1, "startColumn": 1, "endLine": 21, "endColumn": 6},
        {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1},
    ]


@pytest.mark.parametrize(
    ("name", "artifact"),
    [
        ("./a/../b c#1?.yaml", {"uri": "b%20c%231%3F.yaml", "uriBaseId": "%SRCROOT%"}),
        ("x:y.yaml", {"uri": "x%3Ay.yaml", "uriBaseId": "%SRCROOT%"}),
        ("ä\udcff.yaml", {"uri": "%C3%A4%FF.yaml", "uriBaseId": "%SRCROOT%"}),
        ("<stdin>", {"uri": "%3Cstdin%3E", "uriBaseId": "%SRCROOT%"}),
    ],
)
def test_sarif_names_files_by_relative_uris(name: str, artifact: dict[str, str]) -> None:
    """A file below the working directory is named from there, however it was written."""
    (log,) = json.loads(written("sarif", run_of(linted(FOUND[:1], name=name))))["runs"]
    assert log["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"] == artifact


def test_sarif_names_other_files_by_absolute_uris(tmp_path: Path) -> None:
    """A file elsewhere has a whole URI: a relative one must not lead out of its base."""
    name = str(tmp_path / "a.yaml")
    (log,) = json.loads(written("sarif", run_of(linted(FOUND[:1], name=name))))["runs"]
    artifact = log["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": (tmp_path.resolve() / "a.yaml").as_uri()}


def test_sarif_quotes_the_pages_of_rules() -> None:
    """The help of a rule is its page: why, how to fix it, examples with their findings."""
    text = (
        "bikube: v1\ninstance: {name: aio-x, customLocation: cl}\nregistryEndpoints:\n"
        "  - {name: one, host: Contoso.azurecr.io, authentication: {method: Anonymous}}\n"
    )
    spec = real(text)
    own = tuple(one for one in spec.diagnostics if one.rule == "registry-host-case")
    run = Run([spec._replace(diagnostics=own)], builtin_rules())
    (log,) = json.loads(written("sarif", run))["runs"]
    (rule,) = log["tool"]["driver"]["rules"]
    (file,) = (one for one in rule_files() if one.rule.id == "registry-host-case")
    assert rule["shortDescription"] == {"text": file.rule.summary}
    assert rule["fullDescription"] == {"text": file.rationale}
    assert rule["help"]["markdown"].startswith(
        f"{file.rule.summary}\n\n## Why\n\n{file.rationale}\n\n## How to fix\n\n{file.remediation}"
    )
    assert f"```yaml\n{file.examples[0].wrong.rstrip()}\n```" in rule["help"]["markdown"]
    assert rule["properties"]["tags"] == ["registryEndpoints", "stable"]


def test_every_rule_of_a_run_is_described_once() -> None:
    """Of all rules, a log has those that have results, sorted by id."""
    (log,) = json.loads(written("sarif", SMALL))["runs"]
    found = [rule["id"] for rule in log["tool"]["driver"]["rules"]]
    assert found == [rule.id for rule in RULES if rule.id.startswith("some-")]


@given(name=names, message=texts)
def test_sarif_survives_any_text(name: str, message: str) -> None:
    """Whatever a file or a message holds, the log is valid ASCII and gives back path and words."""
    text = written("sarif", run_of(linted((Found("some-error", "one", message),), name=name)))
    assert text.isascii()
    log = json.loads(text)
    assert [error.message for error in SARIF.iter_errors(log)] == []
    (result,) = log["runs"][0]["results"]
    artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert result["message"] == {"text": printable(message)}
    if "uriBaseId" in artifact:
        assert unquote(artifact["uri"]) == path_from(".", name)
