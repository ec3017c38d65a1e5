"""What a resource's properties are in both outputs, and what the compiler says of them."""

from copy import deepcopy
from typing import Any

import pytest

from bikube.azure import kind_of
from bikube.spec.effective import Effective, Normaliser

SECTION = "registryEndpoints"
HOST = "contoso.azurecr.io"


def effective(version: str, **properties: Any) -> Effective:
    """Properties of a registry endpoint, made effective; what they were made of stays as it is."""
    before = deepcopy(properties)
    result = Normaliser(kind_of(SECTION), version).normalise(properties)
    assert properties == before
    return result


def test_what_is_written_stays() -> None:
    """Values, their types and their order come out as they went in."""
    authentication = {
        "method": "UserAssignedManagedIdentity",
        "userAssignedManagedIdentitySettings": {"tenantId": "b", "scope": "c", "clientId": "a"},
    }
    authorities = [{"type": "Secret", "secretRef": "x"}, {"configMapRef": "y", "type": "ConfigMap"}]
    written = {"codeSigningCas": authorities, "authentication": authentication, "host": HOST}
    result = effective("2026-07-01", **written)

    assert result == Effective(written, {})
    assert list(result.properties) == list(written)


@pytest.mark.parametrize(
    ("method", "settings"),
    [
        ("Anonymous", "anonymousSettings"),
        ("SystemAssignedManagedIdentity", "systemAssignedManagedIdentitySettings"),
    ],
)
@pytest.mark.parametrize("written", [{}, {"settings": None}, {"settings": {}}])
def test_settings_that_may_be_empty_are_there(
    method: str, settings: str, written: dict[str, Any]
) -> None:
    """Azure requires them, so that both outputs have them, left out, null or empty as they were."""
    members = {settings if key == "settings" else key: value for key, value in written.items()}
    authentication = {"method": method, **members}
    result = effective("2025-10-01", host=HOST, authentication=authentication)

    assert result.properties["authentication"] == {"method": method, settings: {}}


def test_no_other_settings_are_added() -> None:
    """What has members that are required cannot be guessed."""
    authentication = {"method": "ArtifactPullSecret"}
    result = effective("2025-10-01", host=HOST, authentication=authentication)

    assert result == Effective({"host": HOST, "authentication": authentication}, {})


def test_null_means_not_set_where_azure_has_a_type() -> None:
    """Optional properties that are null are left out, known ones and unknown ones."""
    authentication = {
        "method": "SystemAssignedManagedIdentity",
        "systemAssignedManagedIdentitySettings": {"audience": None, "extensionName": None},
    }
    result = effective(
        "2025-10-01", host=HOST, codeSigningCas=None, extra=None, authentication=authentication
    )
    expected = {**authentication, "systemAssignedManagedIdentitySettings": {}}

    assert result == Effective({"host": HOST, "authentication": expected}, {})


def test_null_is_a_value_where_anything_goes() -> None:
    """Inside a value without a type, null is data like any other."""
    settings = {"a": None, "b": [None, {"c": None}]}
    authentication = {"method": "Anonymous", "anonymousSettings": settings}
    result = effective("2025-10-01", host=HOST, authentication=authentication)

    assert result == Effective({"host": HOST, "authentication": authentication}, {})


def test_the_compiler_minds_what_its_types_lack() -> None:
    """Codes stand at the member: unknown, perhaps misspelt, read-only, too long in UTF-16."""
    settings = {"audience": "a", "extensionName": "x"}
    result = effective(
        "2025-10-01",
        host="\U0001f600" * 32,
        trustSettings={"unknown": {"below": 1}},
        codeSigningCa=[],
        provisioningState="Succeeded",
        authentication={
            "method": "SystemAssignedManagedIdentity",
            "systemAssignedManagedIdentitySettings": settings,
        },
        codeSigningCas=[{"type": "Secret", "secretRef": "s", "zzz": 1}],
    )
    authentication = ("authentication", "systemAssignedManagedIdentitySettings", "extensionName")

    assert result.codes == {
        ("host",): "BCP332",
        ("trustSettings",): "BCP037",
        ("codeSigningCa",): "BCP037 BCP089",
        ("provisioningState",): "BCP073",
        authentication: "BCP037",
        ("codeSigningCas", 0, "zzz"): "BCP037",
    }


@pytest.mark.parametrize("host", ["\U0001f600" * 31, "\u4e2d" * 63, "a" * 63])
def test_a_host_that_fits_has_no_code(host: str) -> None:
    """Up to 63 units of UTF-16 the compiler says nothing."""
    authentication = {"method": "Anonymous", "anonymousSettings": {}}

    assert effective("2025-10-01", host=host, authentication=authentication).codes == {}


@pytest.mark.parametrize("version", ["2025-10-01-preview", "2024-11-01", "2099-01-01"])
def test_a_version_without_types_has_no_codes(version: str) -> None:
    """There the compiler warns once of the version, and of nothing below it."""
    authentication = {"method": "Anonymous", "zzz": 1}
    result = effective(version, host="\U0001f600" * 63, zzz=1, authentication=authentication)

    assert result.codes == {}
    assert result.properties["authentication"] == {**authentication, "anonymousSettings": {}}
