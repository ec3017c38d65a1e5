"""Sections that are newer than the default API version, or differ between versions."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.support.new_kinds import PackageCopy

HEAD = "bikube: v1\ninstance: {name: aio-a, customLocation: cl-a}\n"
SERVICES = "akriServices: []\n"
CONNECTIONS = "mcpServerConnections: []\n"
GRAPH = """\
dataflowGraphs:
  - name: a1b
    nodes:
      - nodeType: Destination
        name: out
        destinationSettings:
          endpointRef: default
          dataDestination: a
          outputSchemaSettings: {schemaRef: aio-sr://a/b:1, serializationFormat: Json}
    nodeConnections: []
"""
RULE = """\
id: plant-service
summary: Names begin with the plant's.
severity: warning
since: 0.1.0
sections: [akriServices]
rationale: Names tell the plant.
remediation: Begin the name with "plant-".
references: [https://example.com/names]
require: {pattern: {at: /name, matches: 'plant-.*'}}
message: 'name "{value}" does not begin with the plant; "plant-" is expected; rename it'
fix: {safe: false, write: plant-a}
valid: ["- {name: plant-b}"]
invalid:
  - spec: "- {name: a1b}"
    expect: [{at: /akriServices/0/name, text: a1b}]
    fixed: "- {name: plant-a}"
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> PackageCopy:
    """A copy with kinds that came late, or that changed."""
    kinds = {
        "akriServices": "akriServices",
        "mcpServerConnections": "mcpServerConnections",
        "dataflowGraphs": "dataflowProfiles/dataflowGraphs",
    }
    return PackageCopy(tmp_path_factory.mktemp("copy"), kinds)


def findings(copy: PackageCopy, folder: Path, text: str, rule: str) -> list[tuple[Any, ...]]:
    """Place, severity, message, help and fix of what ``rule`` finds."""
    (folder / "bikube.yaml").write_text(text, encoding="utf-8")
    result = copy.run("lint", "--format", "json", "--select", rule, cwd=folder)
    assert result.returncode in (0, 1), result.stderr
    return [
        (one["pointer"], one["severity"], one["message"], one["help"], bool(one.get("fix")))
        for one in json.loads(result.stdout)["diagnostics"]
        if one["rule"] == rule
    ]


@pytest.mark.parametrize(
    ("section", "nearest"), [(SERVICES, "2026-03-01"), (CONNECTIONS, "2026-11-01-preview")]
)
def test_a_section_that_the_default_version_lacks_is_a_finding(
    copy: PackageCopy, tmp_path: Path, section: str, nearest: str
) -> None:
    """A spec that names no version is told which one to write; nothing there can be rewritten."""
    name = section.partition(":")[0]
    message = (
        f'API version "2025-10-01", the default, has no "{name}"; that type is there'
        f" since {nearest}"
    )
    expected = [(f"/{name}", "error", message, f'write "{nearest}"', False)]
    assert findings(copy, tmp_path, HEAD + section, "api-version-without-type") == expected
    fixed = copy.run("lint", "--fix", "--unsafe-fixes", cwd=tmp_path)
    assert fixed.returncode == 1, fixed.stderr
    assert (tmp_path / "bikube.yaml").read_text(encoding="utf-8") == HEAD + section


def test_a_version_that_is_written_is_rewritten(copy: PackageCopy, tmp_path: Path) -> None:
    """Where the spec names the version, the finding stands there and has its fix."""
    text = f"{HEAD}targets: {{bicep: {{apiVersion: 2025-10-01}}}}\n{SERVICES}"
    message = 'API version "2025-10-01" has no "akriServices"; that type is there since 2026-03-01'
    expected = [("/targets/bicep/apiVersion", "error", message, 'write "2026-03-01"', True)]
    assert findings(copy, tmp_path, text, "api-version-without-type") == expected


@pytest.mark.parametrize(
    ("version", "checked"),
    [
        (
            "2026-07-01",
            "2026-07-01",
        ),
        (
            "2026-09-30",
            "2026-07-01, by which 2026-09-30 is checked",
        ),
        ("2026-10-01", None),
        ("2026-11-01-preview", None),
        ("2099-01-01", None),
    ],
)
def test_a_property_that_came_back_is_told_by_version(
    copy: PackageCopy, tmp_path: Path, version: str, checked: str | None
) -> None:
    """2026-10-01 takes up what 2025-10-01 had dropped; newer versions are checked by the newest."""
    text = f"{HEAD}targets: {{bicep: {{apiVersion: {version}}}}}\n{GRAPH}"
    found = findings(copy, tmp_path, text, "property-not-in-version")
    message = (
        f'"outputSchemaSettings" is not in API version {checked}; it is there in'
        " 2025-07-01-preview only, and since 2026-10-01"
    )
    assert [one[2] for one in found] == ([] if checked is None else [message])


def test_examples_of_a_rule_are_entries_of_its_own_section(
    copy: PackageCopy, tmp_path: Path
) -> None:
    """``rules test`` and ``explain`` put a bare list below the rule's section."""
    (tmp_path / "plant-service.yaml").write_text(RULE, encoding="utf-8")
    result = copy.run("rules", "test", "plant-service.yaml", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (0, ""), result.stdout
    (tmp_path / "bikube.config.yaml").write_text("customRules: [plant-service.yaml]\n")
    page = copy.run("explain", "plant-service", cwd=tmp_path)
    assert 'name "a1b" does not begin with the plant' in page.stdout, page.stderr
