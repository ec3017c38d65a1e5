"""What a resource's properties are in all outputs."""

from copy import deepcopy
from typing import Any

import pytest

from bikube.azure import kind_of
from bikube.spec.effective import Normaliser

SECTION = "registryEndpoints"
HOST = "contoso.azurecr.io"


def effective(version: str, **properties: Any) -> dict[str, Any]:
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

    assert result == written
    assert list(result) == list(written)


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

    assert result["authentication"] == {"method": method, settings: {}}


def test_no_other_settings_are_added() -> None:
    """What has members that are required cannot be guessed."""
    authentication = {"method": "ArtifactPullSecret"}
    result = effective("2025-10-01", host=HOST, authentication=authentication)

    assert result == {"host": HOST, "authentication": authentication}


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

    assert result == {"host": HOST, "authentication": expected}


@pytest.mark.parametrize(
    ("retain", "result"),
    [
        ({"mode": "custom"}, {"mode": "custom", "retainSettings": {}}),
        ({"mode": "All"}, {"mode": "All"}),
    ],
)
def test_a_variant_that_is_tolerated_is_kept_as_written(
    retain: dict[str, object], result: dict[str, object]
) -> None:
    """In lower camel case it has the settings of its variant; what is only described has none."""
    persistence = {"maxSize": "1Gi", "retain": retain, "encryption": None}
    found = Normaliser(kind_of("brokers"), "2025-10-01").normalise({"persistence": persistence})
    assert found == {"persistence": {"maxSize": "1Gi", "retain": result}}


def test_null_means_not_set_in_a_map_of_any_keys() -> None:
    """What stands below the keys has a type too."""
    x509 = {"authorizationAttributes": {"line 7": {"attributes": {"a": "b"}, "subject": "c"}}}
    written = {"line 7": {**x509["authorizationAttributes"]["line 7"], "future": None}}
    entry = {"method": "X509", "x509Settings": {"authorizationAttributes": written}}
    normaliser = Normaliser(kind_of("brokerAuthentications"), "2025-10-01")
    found = normaliser.normalise({"authenticationMethods": [entry]})
    assert found == {"authenticationMethods": [{"method": "X509", "x509Settings": x509}]}


def test_null_is_a_value_of_a_map_of_any_keys() -> None:
    """Its keys are no properties that could be unset."""
    runtime = {
        "runtimeConfigurationType": "ManagedConfiguration",
        "managedConfigurationSettings": {
            "managedConfigurationType": "StatefulSetConfiguration",
            "statefulSetConfigurationSettings": {"a": None},
        },
    }
    normaliser = Normaliser(kind_of("akriConnectorTemplates"), "2025-10-01")
    assert normaliser.normalise({"runtimeConfiguration": runtime}) == {
        "runtimeConfiguration": runtime
    }


def test_null_is_a_value_where_anything_goes() -> None:
    """Inside a value without a type, null is data like any other."""
    settings = {"a": None, "b": [None, {"c": None}]}
    authentication = {"method": "Anonymous", "anonymousSettings": settings}
    result = effective("2025-10-01", host=HOST, authentication=authentication)

    assert result == {"host": HOST, "authentication": authentication}


@pytest.mark.parametrize("version", ["2025-10-01-preview", "2024-11-01", "2099-01-01"])
def test_a_version_without_types_is_like_the_nearest(version: str) -> None:
    """The settings that are required there are there too."""
    authentication = {"method": "Anonymous", "zzz": 1}
    result = effective(version, zzz=1, authentication=authentication)

    assert result == {"zzz": 1, "authentication": {**authentication, "anonymousSettings": {}}}
