"""The committed schemas: within bikube's dialect, true to the facts."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from jsonschema import Draft202012Validator

from bikube.azure.versions import known_versions

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "generator" / "bikube" / "azure" / "schemas"
VERSIONS = known_versions()
WITH_CODE_SIGNING = [version for version in VERSIONS if version >= "2025-10-01"]
REGISTRY_ENDPOINTS = "Microsoft.IoTOperations/instances/registryEndpoints"
METHODS = [
    "Anonymous",
    "ArtifactPullSecret",
    "SystemAssignedManagedIdentity",
    "UserAssignedManagedIdentity",
]
ANNOTATIONS = {"title", "readOnly", "x-known", "x-described", "x-discriminator", "x-implied"}
KEYWORDS = ANNOTATIONS | {
    *("$ref", "type", "enum", "const", "allOf", "if", "then"),
    *("properties", "required", "additionalProperties"),
    *("items", "minItems", "maxItems"),
    *("pattern", "minLength", "maxLength", "minimum", "maximum"),
}


def load(version: str) -> dict[str, Any]:
    """Read a committed schema file."""
    data: dict[str, Any] = json.loads((SCHEMAS / f"{version}.json").read_text(encoding="utf-8"))
    return data


def subschemas(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a schema and all schemas inside it, references not followed."""
    yield schema
    inner = [*schema.get("properties", {}).values(), *schema.get("allOf", [])]
    inner += [
        schema[key] for key in ("items", "additionalProperties", "if", "then") if key in schema
    ]
    for child in inner:
        if child is not False:
            yield from subschemas(child)


def all_subschemas(version: str) -> list[dict[str, Any]]:
    """List every schema in a file."""
    data = load(version)
    roots = [*data["resources"].values(), *data["$defs"].values()]
    return [schema for root in roots for schema in subschemas(root)]


class Error(NamedTuple):
    """A validation error: its keyword, its place in the value, and the union variant it is in."""

    keyword: str
    path: str
    variant: str | None


def registry_errors(version: str, properties: object) -> set[Error]:
    """Validate a registry endpoint's properties."""
    data = load(version)
    variants = dict(enumerate(METHODS))
    schema = {**data["resources"][REGISTRY_ENDPOINTS], "$defs": data["$defs"]}
    found = set()
    for error in Draft202012Validator(schema).iter_errors(properties):
        steps = list(error.absolute_schema_path)
        variant = variants[steps[steps.index("allOf") + 1]] if "allOf" in steps else None
        path = "/".join(str(step) for step in error.absolute_path)
        found.add(Error(str(error.validator), path, variant))
    return found


def with_authentication(**authentication: object) -> dict[str, object]:
    """Make the properties of an endpoint with the given authentication."""
    return {"host": "contoso.azurecr.io", "authentication": authentication}


@pytest.mark.parametrize("version", VERSIONS)
def test_file_says_what_it_is(version: str) -> None:
    """A file names its version, its source, and nothing beside resources and definitions."""
    data = load(version)
    data["resources"], data["$defs"] = {}, {}
    assert data == {
        "$comment": "Derived from Azure's types by `make schemas`; MIT, see THIRD_PARTY_NOTICES",
        "apiVersion": version,
        "resources": {},
        "$defs": {},
    }


@pytest.mark.parametrize("version", VERSIONS)
def test_only_keywords_of_the_dialect_are_used(version: str) -> None:
    """The schemas stay within the keywords that bikube's own validator knows."""
    used = {keyword for schema in all_subschemas(version) for keyword in schema}
    assert used - KEYWORDS == set()


@pytest.mark.parametrize("version", VERSIONS)
def test_references_and_definitions_match(version: str) -> None:
    """Each reference leads to a definition, and each definition is referred to."""
    references = {schema["$ref"] for schema in all_subschemas(version) if "$ref" in schema}
    assert references == {f"#/$defs/{name}" for name in load(version)["$defs"]}


@pytest.mark.parametrize("version", VERSIONS)
def test_definitions_are_objects_with_a_title(version: str) -> None:
    """A definition is an object that is closed, or a union whose variants are."""
    shapes = {
        (definition["type"], "title" in definition, "additionalProperties" in definition)
        for definition in load(version)["$defs"].values()
        if "x-discriminator" not in definition
    }
    assert shapes == {("object", True, True)}


@pytest.mark.parametrize("version", VERSIONS)
def test_schemas_are_valid_json_schema(version: str) -> None:
    """jsonschema accepts each resource's schema and each definition as draft 2020-12."""
    data = load(version)
    for schema in (*data["resources"].values(), *data["$defs"].values()):
        Draft202012Validator.check_schema(schema)
    assert REGISTRY_ENDPOINTS.rpartition("/")[0] in data["resources"]


@pytest.mark.parametrize("version", ["2024-11-01", "2025-04-01"])
def test_old_versions_have_no_registry_endpoints(version: str) -> None:
    """Registry endpoints came with 2025-07-01-preview."""
    prefix = "Microsoft.IoTOperations/instances"
    assert list(load(version)["resources"]) == [
        prefix,
        f"{prefix}/brokers",
        f"{prefix}/brokers/authentications",
        f"{prefix}/brokers/authorizations",
        f"{prefix}/brokers/listeners",
        f"{prefix}/dataflowEndpoints",
        f"{prefix}/dataflowProfiles",
        f"{prefix}/dataflowProfiles/dataflows",
    ]


HOST_AND_AUTHENTICATION = {
    "host": {"type": "string", "minLength": 3, "maxLength": 63},
    "authentication": {"$ref": "#/$defs/RegistryEndpointAuthentication"},
    "provisioningState": {"readOnly": True},
}


def registry_definition(properties: dict[str, object]) -> dict[str, object]:
    """Make the definition of a registry endpoint's properties with the given members added."""
    return {
        "title": "RegistryEndpointProperties",
        "type": "object",
        "properties": HOST_AND_AUTHENTICATION | properties,
        "required": ["authentication", "host"],
        "additionalProperties": False,
    }


def test_preview_has_trust_settings() -> None:
    """2025-07-01-preview has trustSettings, and no codeSigningCas yet."""
    assert load("2025-07-01-preview")["$defs"]["RegistryEndpointProperties"] == registry_definition(
        {"trustSettings": {"$ref": "#/$defs/RegistryEndpointTrustedSettings"}}
    )


@pytest.mark.parametrize("version", WITH_CODE_SIGNING)
def test_later_versions_have_code_signing_cas(version: str) -> None:
    """From 2025-10-01 on, codeSigningCas is an array and takes the place of trustSettings."""
    assert load(version)["$defs"]["RegistryEndpointProperties"] == registry_definition(
        {
            "healthState": {"readOnly": True},
            "codeSigningCas": {
                "type": "array",
                "items": {"$ref": "#/$defs/RegistryEndpointTrustedSigningKey"},
            },
        }
    )


@pytest.mark.parametrize("version", ["2025-07-01-preview", *WITH_CODE_SIGNING])
def test_signing_keys_are_a_closed_union(version: str) -> None:
    """A signing key is a ConfigMap or a Secret, told apart by `type`."""
    assert load(version)["$defs"]["RegistryEndpointTrustedSigningKey"] == {
        "title": "RegistryEndpointTrustedSigningKey",
        "type": "object",
        "x-discriminator": "type",
        "properties": {"type": {"type": "string", "enum": ["ConfigMap", "Secret"]}},
        "required": ["type"],
        "allOf": [
            {
                "if": {"properties": {"type": {"const": value}}, "required": ["type"]},
                "then": {"$ref": f"#/$defs/RegistryEndpointTrustedSigningKey{value}"},
            }
            for value in ("ConfigMap", "Secret")
        ],
    }


def test_implied_members_are_the_settings_that_may_be_empty() -> None:
    """Only settings that Azure requires but accepts empty are implied."""
    definitions = load("2026-07-01")["$defs"]
    assert {n: d["x-implied"] for n, d in definitions.items() if "x-implied" in d} == {
        "AkriConnectorTemplateRuntimeStatefulSetConfiguration": [
            "statefulSetConfigurationSettings"
        ],
        "BrokerRetainMessagesCustomPolicy": ["retainSettings"],
        "BrokerStateStoreCustomPolicy": ["stateStoreSettings"],
        "BrokerSubscriberQueueCustomPolicy": ["subscriberQueueSettings"],
        "DataflowOpenTelemetryAnonymousAuthentication": ["anonymousSettings"],
        "RegistryEndpointAnonymousAuthentication": ["anonymousSettings"],
        "RegistryEndpointSystemAssignedIdentityAuthentication": [
            "systemAssignedManagedIdentitySettings"
        ],
    }


def test_open_union_keeps_its_known_values() -> None:
    """A string with known values takes others too."""
    properties = load("2026-07-01")["$defs"]["BrokerProperties"]["properties"]
    assert properties["memoryProfile"] == {
        "type": "string",
        "x-known": ["Tiny", "Low", "Medium", "High"],
    }


GOOD = [
    with_authentication(method="Anonymous"),
    with_authentication(method="Anonymous", anonymousSettings={}),
    with_authentication(
        method="ArtifactPullSecret", artifactPullSecretSettings={"secretRef": "contoso-pull"}
    ),
    with_authentication(method="SystemAssignedManagedIdentity"),
    with_authentication(
        method="SystemAssignedManagedIdentity",
        systemAssignedManagedIdentitySettings={"audience": "https://management.azure.com/"},
    ),
    with_authentication(
        method="UserAssignedManagedIdentity",
        userAssignedManagedIdentitySettings={
            "clientId": "5f1c2a3e-0b7d-4c55-9a53-0d9c1a8a6f10",
            "tenantId": "0c2f4f1a-6a7b-4d0e-8f8e-3b9f6f2d7c11",
            "scope": "https://management.azure.com/.default",
        },
    ),
]


@pytest.mark.parametrize("version", ["2025-07-01-preview", *WITH_CODE_SIGNING])
@pytest.mark.parametrize("properties", GOOD)
def test_good_authentication_passes(version: str, properties: dict[str, object]) -> None:
    """Each method passes with its settings, and without those that are implied."""
    assert registry_errors(version, properties) == set()


BAD: list[tuple[dict[str, object], set[tuple[str, str]]]] = [
    (
        {"method": "Anonymous", "anonymousSettings": [], "artifactPullSecretSettings": {}},
        {("type", "/anonymousSettings"), ("additionalProperties", "")},
    ),
    ({"method": "ArtifactPullSecret"}, {("required", "")}),
    (
        {"method": "ArtifactPullSecret", "artifactPullSecretSettings": {"secret": "a"}},
        {
            ("required", "/artifactPullSecretSettings"),
            ("additionalProperties", "/artifactPullSecretSettings"),
        },
    ),
    (
        {
            "method": "SystemAssignedManagedIdentity",
            "systemAssignedManagedIdentitySettings": {"audience": 5, "tenantId": "x"},
        },
        {
            ("type", "/systemAssignedManagedIdentitySettings/audience"),
            ("additionalProperties", "/systemAssignedManagedIdentitySettings"),
        },
    ),
    (
        {
            "method": "UserAssignedManagedIdentity",
            "userAssignedManagedIdentitySettings": {"clientId": "x"},
            "anonymousSettings": {},
        },
        {("required", "/userAssignedManagedIdentitySettings"), ("additionalProperties", "")},
    ),
]


@pytest.mark.parametrize("version", ["2025-07-01-preview", *WITH_CODE_SIGNING])
@pytest.mark.parametrize(("authentication", "expected"), BAD)
def test_errors_lie_in_the_chosen_variant(
    version: str, authentication: dict[str, object], expected: set[tuple[str, str]]
) -> None:
    """A mistake is reported against the method that the user chose, and against no other."""
    assert registry_errors(version, with_authentication(**authentication)) == {
        Error(keyword, f"authentication{path}", str(authentication["method"]))
        for keyword, path in expected
    }


@pytest.mark.parametrize(
    ("authentication", "expected"),
    [
        ({"method": "anonymous"}, Error("enum", "authentication/method", None)),
        ({"anonymousSettings": {}}, Error("required", "authentication", None)),
    ],
)
def test_unknown_method_is_one_error(authentication: dict[str, object], expected: Error) -> None:
    """Without a valid method no variant is checked: there is one error, and it is the method's."""
    assert registry_errors("2026-07-01", with_authentication(**authentication)) == {expected}


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("ab", {Error("minLength", "host", None)}),
        ("abc", set()),
        ("a" * 63, set()),
        ("a" * 64, {Error("maxLength", "host", None)}),
        (5, {Error("type", "host", None)}),
    ],
)
def test_host_has_3_to_63_characters(host: object, expected: set[Error]) -> None:
    """A host is a string of 3 to 63 characters."""
    properties = {"host": host, "authentication": {"method": "Anonymous"}}
    assert registry_errors("2026-07-01", properties) == expected
