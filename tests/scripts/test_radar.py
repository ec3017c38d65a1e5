"""What a made-up API version touches, as `make schemas` prints it."""

import json
from collections.abc import Iterable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from scripts.schemas.__main__ import put
from scripts.schemas.radar import Change, changes, facts, goldens, radar, reads

from bikube.azure import kind_of, schemas
from bikube.rules import builtin_rules

OLD, NEW = "2026-11-01-preview", "2027-01-01"
LISTENERS = "Microsoft.IoTOperations/instances/brokers/listeners"
TEXT = {"type": "string"}

REPORT = """\
2027-01-01, compared with 2026-11-01-preview:
  registryEndpoints
    removed  codeSigningCas
    added    mirrors
    rules    code-signing-absent
  dataflowProfiles
    changed  instanceCount: without maximum 20; with maximum 30
  added Microsoft.IoTOperations/instances/mirrors, no kind
  removed Microsoft.IoTOperations/instances/akriConnectorTemplates
""".splitlines()


def told(lines: Iterable[str]) -> list[str]:
    """``lines`` without those that grow with every rule and golden case."""
    return [one for one in lines if not one.startswith(("    section ", "    goldens "))]


def properties(schema: Any, arm_type: str) -> Any:
    """The properties of a type in a schema file."""
    found = schema["resources"][f"Microsoft.IoTOperations/instances/{arm_type}"]
    return schema["$defs"][found["$ref"].rpartition("/")[2]]["properties"]


@pytest.fixture
def made_up() -> Any:
    """The newest version, with a property and a type more and less, and another bound."""
    schema = deepcopy(schemas(OLD))
    endpoint = properties(schema, "registryEndpoints")
    del endpoint["codeSigningCas"]
    endpoint["mirrors"] = {"type": "array", "items": {"type": "object", "properties": {"a": TEXT}}}
    endpoint["provisioningState"] = {"readOnly": True}
    properties(schema, "dataflowProfiles")["instanceCount"]["maximum"] = 30
    resources = schema["resources"]
    resources["Microsoft.IoTOperations/instances/mirrors"] = {"type": "object"}
    del resources["Microsoft.IoTOperations/instances/akriConnectorTemplates"]
    return schema


def test_a_new_version_is_compared_with_the_one_before(made_up: Any) -> None:
    """Per kind: what is different, who names it, and which specs use it."""
    before = {OLD: schemas(OLD)}
    lines = list(radar(before, {**before, NEW: made_up}))
    blind, first, second = (one for one in lines if one not in told(lines))

    assert told(lines) == REPORT
    assert "registry-host-gcr" in blind
    assert "version-2025-10-01" in first
    assert ("kind-dataflow-profiles" in second, "version-2025-10-01" in second) == (True, False)


def test_a_version_that_is_different_is_compared_with_what_it_was(made_up: Any) -> None:
    """Nothing is told of what is the same, or where no version was known."""
    old = schemas(OLD)
    lines = list(radar({OLD: old, NEW: old}, {OLD: old, NEW: made_up}))
    same = list(radar({OLD: old}, {OLD: old, NEW: old}))

    assert told(lines) == ["2027-01-01, compared with what it was:", *REPORT[1:]]
    assert same == ["2027-01-01, compared with 2026-11-01-preview:", "  no kind is touched"]
    assert list(radar({}, {OLD: old})) == list(radar({OLD: old}, {OLD: old})) == []


def test_it_is_printed_behind_what_is_written(
    made_up: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The names of the files come first."""
    both = {OLD: schemas(OLD), NEW: made_up}
    texts = {f"schemas/{name}.json": json.dumps(one) for name, one in both.items()}
    (tmp_path / "schemas").mkdir()
    (tmp_path / f"schemas/{OLD}.json").write_text(texts[f"schemas/{OLD}.json"], encoding="utf-8")

    put({**texts, "bicep.json": "{}"}, tmp_path)

    wrote = [f"wrote {tmp_path / name}" for name in (f"schemas/{NEW}.json", "bicep.json")]
    assert told(capsys.readouterr().out.splitlines()) == [*wrote, *REPORT]


def test_paths_of_all_variants_and_items() -> None:
    """What a variant has is at the path of its union; what leads to itself ends there."""
    union = {
        "x-discriminator": "kind",
        "properties": {"kind": {"enum": ["A"]}},
        "required": ["kind"],
        "allOf": [
            {
                "if": {"properties": {"kind": {"const": "A"}}},
                "then": {"properties": {"kind": {"const": "A"}, "self": {"$ref": "#/$defs/U"}}},
            }
        ],
    }
    schema = {"properties": {"u": {"$ref": "#/$defs/U"}, "m": {"additionalProperties": TEXT}}}

    assert facts(schema, {"U": union}) == {
        (): set(),
        ("u",): set(),
        ("u", "kind"): {"enum A", "required"},
        ("u", "self"): set(),
        ("m",): set(),
        ("m", "*"): {"type string"},
    }


def test_what_is_required_no_more_is_changed() -> None:
    """As in the version that asks for no group of an issuer."""
    old, new = schemas("2026-07-01"), schemas("2026-10-01")
    arm_type = kind_of("brokerListeners").arm_type
    path = ("ports", "*", "tls", "certManagerCertificateSpec", "issuerRef", "group")

    assert changes(arm_type, old, new) == [Change("changed", path, "without required")]
    assert {"bottling.bikube.yaml", "kind-broker-listeners"} <= {
        *goldens("brokerListeners", [path])
    }
    assert "kind-brokers" not in goldens("brokerListeners", [path])


@pytest.mark.parametrize(
    ("rule", "section", "path", "expected"),
    [
        ("listener-node-port", "brokerListeners", "ports/*/nodePort", True),
        ("listener-node-port", "brokerListeners", "ports", True),
        ("listener-node-port", "brokerListeners", "ports/*/tls/mode", False),
        ("listener-node-port", "brokers", "ports/*/nodePort", False),
        ("connector-pull-secret", "registryEndpoints", "authentication/method", True),
        ("connector-pull-secret", "registryEndpoints", "host", False),
        ("connector-pull-secret", "akriConnectorTemplates", "runtimeConfiguration", True),
        ("listener-port-repeated", "brokerListeners", "ports/*/port", True),
    ],
)
def test_which_rules_name_a_path(rule: str, section: str, path: str, expected: bool) -> None:
    """By what they choose and check, below what they look at each of, and through references."""
    found = reads(builtin_rules()[rule], kind_of(section), [tuple(path.split("/"))])

    assert found is expected
