"""One definition for each kind and API version, in the form that Kubernetes wants."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from bikube.azure import all_kinds, kind_of, known_versions, versions_with
from bikube.crd import definition, kinds_in

KINDS = [(kind, version) for kind in all_kinds() for version in versions_with(kind.arm_type)]
KEYWORDS = {
    *("type", "required", "properties", "items", "additionalProperties", "enum", "pattern"),
    *("minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems"),
    *("x-kubernetes-preserve-unknown-fields", "x-kubernetes-validations"),
}
# What CEL writes in another way; see "Validation rules" in Kubernetes' documentation.
RESERVED = {
    *("true", "false", "null", "in", "as", "break", "const", "continue", "else", "for"),
    *("function", "if", "import", "let", "loop", "package", "namespace", "return", "var"),
    *("void", "while"),
}


def nodes(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A structural schema with all that it holds."""
    yield schema
    for member in schema.get("properties", {}).values():
        yield from nodes(member)
    for key in ("items", "additionalProperties"):
        if key in schema:
            yield from nodes(schema[key])


def body(made: dict[str, Any]) -> dict[str, Any]:
    """The schema in a definition."""
    schema: dict[str, Any] = made["spec"]["versions"][0]["schema"]["openAPIV3Schema"]
    return schema


@pytest.mark.parametrize(
    ("kind", "version"), KINDS, ids=[f"{kind.section}-{version}" for kind, version in KINDS]
)
def test_every_definition_is_structural(kind: Any, version: str) -> None:
    """Each node has a type or is open, and no keyword that Kubernetes has not."""
    for node in nodes(body(definition(kind, version))):
        assert node.keys() <= KEYWORDS
        assert "type" in node or node == {"x-kubernetes-preserve-unknown-fields": True}
        assert not {"properties", "additionalProperties"} <= node.keys()
        for rule in node.get("x-kubernetes-validations", ()):
            names = set(re.findall(r"self\.([\w$-]+)", rule["rule"]))
            assert names <= node["properties"].keys()
            assert not names & RESERVED


def test_a_definition_says_where_it_is_from() -> None:
    """Names are those that manifests use; the annotation tells it from AIO's own."""
    made = definition(kind_of("brokerListeners"), "2025-10-01")

    assert made["metadata"] == {
        "name": "brokerlisteners.mqttbroker.iotoperations.azure.com",
        "annotations": {
            "bikube/derived-from": "Microsoft.IoTOperations/instances/brokers/listeners"
            "@2025-10-01 in the types of Bicep CLI 0.49.2"
        },
    }
    assert made["spec"]["group"] == "mqttbroker.iotoperations.azure.com"
    assert made["spec"]["names"] == {
        "kind": "BrokerListener",
        "listKind": "BrokerListenerList",
        "plural": "brokerlisteners",
        "singular": "brokerlistener",
    }


def test_versions_that_are_served() -> None:
    """The kind's own by default; of others, the first is what the server keeps."""

    def versions(*served: str) -> list[tuple[str, bool, bool]]:
        made = definition(kind_of("registryEndpoints"), "2025-10-01", served)
        return [(one["name"], one["served"], one["storage"]) for one in made["spec"]["versions"]]

    assert versions() == [("v1beta1", True, True)]
    assert versions("v1", "v1beta1") == [("v1", True, True), ("v1beta1", True, False)]


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("dataflows", ["profileRef"]),
        ("dataflowGraphs", ["profileRef"]),
        ("brokerListeners", ["brokerRef"]),
        ("brokerAuthentications", []),
        ("brokerAuthorizations", []),
        ("registryEndpoints", []),
    ],
)
def test_a_parent_is_where_a_manifest_says_it(section: str, expected: list[str]) -> None:
    """The parent is a member of the spec for the kinds whose manifests have one."""
    spec = body(definition(kind_of(section), "2025-10-01"))["properties"]["spec"]

    assert [key for key in spec["properties"] if key.endswith("Ref")] == expected


def test_what_is_documented_only_is_there() -> None:
    """Properties that Microsoft's page shows and the types lack are texts."""
    spec = body(definition(kind_of("registryEndpoints"), "2025-10-01"))["properties"]["spec"]
    settings = spec["properties"]["authentication"]["properties"]

    assert settings["systemAssignedManagedIdentitySettings"] == {
        "type": "object",
        "properties": {
            "audience": {"type": "string"},
            "extensionName": {"type": "string"},
            "tenantId": {"type": "string"},
        },
    }


def test_what_only_azure_sets_is_not_there() -> None:
    """States belong to the status of a resource, which no manifest writes."""
    spec = body(definition(kind_of("brokers"), "2026-07-01"))["properties"]["spec"]

    assert not {"provisioningState", "healthState", "status"} & spec["properties"].keys()


def test_a_version_has_the_kinds_that_azure_has_in_it() -> None:
    """Kinds that came later are not there."""
    first, *_, last = ([kind.section for kind in kinds_in(version)] for version in known_versions())

    assert set(last) - set(first) == {
        "registryEndpoints",
        "dataflowGraphs",
        "akriConnectorTemplates",
    }
