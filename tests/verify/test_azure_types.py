"""Azure's types judge what is deployed: by jsonschema, and with the exceptions that are known."""

from typing import Any

import pytest

from bikube.azure import kind_of
from bikube.verify.azure_types import types_of
from bikube.verify.places import shown


def judged(section: str, properties: dict[str, Any], version: str = "2025-10-01") -> list[str]:
    """Where properties do not fit."""
    return sorted(
        shown(pointer) for pointer, _ in types_of(kind_of(section), version).violations(properties)
    )


SYSTEM: dict[str, Any] = {
    "host": "abc.azurecr.io",
    "authentication": {
        "method": "SystemAssignedManagedIdentity",
        "systemAssignedManagedIdentitySettings": {},
    },
}


@pytest.mark.parametrize(
    ("properties", "places"),
    [
        (SYSTEM, []),
        ({**SYSTEM, "host": 5}, ["/host"]),
        ({**SYSTEM, "hosts": 5}, ["/hosts"]),
        ({"host": "abc.io"}, [""]),
        ({**SYSTEM, "provisioningState": "Succeeded"}, ["/provisioningState"]),
        ({**SYSTEM, "authentication": {"method": "Password"}}, ["/authentication/method"]),
        (
            {**SYSTEM, "authentication": {"method": "Anonymous", "tenantId": "x"}},
            ["/authentication/tenantId"],
        ),
        ({**SYSTEM, "authentication": {"method": "anonymous"}}, []),
    ],
)
def test_a_resource_is_held_to_its_variant(properties: dict[str, Any], places: list[str]) -> None:
    """A violation has its place; a variant in lower camel case is one that Azure takes."""
    assert judged("registryEndpoints", properties) == places


def test_what_documentation_shows_is_allowed() -> None:
    """Properties that Microsoft documents and the types lack are no violation."""
    settings = {"audience": "x", "extensionName": "y", "tenantId": "z"}
    authentication = {**SYSTEM["authentication"], "systemAssignedManagedIdentitySettings": settings}

    assert judged("registryEndpoints", {**SYSTEM, "authentication": authentication}) == []


def test_a_version_without_types_knows_no_unknown_keys() -> None:
    """Where the nearest version's types stand in, a property may be one of the other's own."""
    assert judged("registryEndpoints", {**SYSTEM, "new": 1}, "2025-10-01-preview") == []
    assert judged("registryEndpoints", {**SYSTEM, "host": 1}, "2025-10-01-preview") == ["/host"]


def test_values_that_only_a_description_has_are_allowed() -> None:
    """A union takes the values that its description lists beside its variants."""
    broker: dict[str, Any] = {"persistence": {"maxSize": "1Gi", "retain": {"mode": "All"}}}

    assert judged("brokers", broker) == []
    broker["persistence"]["retain"] = {"mode": "Some"}
    assert judged("brokers", broker) == ["/persistence/retain/mode"]
