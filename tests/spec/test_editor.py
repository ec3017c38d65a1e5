"""The schema for editors underlines what is an error, and not what is a warning."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bikube.render import target_apis
from bikube.spec.editor import editor_schema

HEAD = {"bikube": "v1", "instance": {"name": "aio-plant-7", "customLocation": "cl-plant-7"}}


def underlined(section: str, entry: dict[str, Any]) -> list[str]:
    """What an editor has to say of a spec with this entry alone, for API version 2026-07-01."""
    schema = editor_schema(target_apis(), "2026-07-01")
    found = Draft202012Validator(schema).iter_errors({**HEAD, section: [{"name": "abc", **entry}]})
    return [error.json_path.rpartition("]")[2] for error in found]


def connector(runtime: str, managed: str, **settings: Any) -> dict[str, Any]:
    """A connector template whose variants are called so."""
    return {
        "deviceInboundEndpointTypes": [{"endpointType": "Contoso.Scale"}],
        "runtimeConfiguration": {
            "runtimeConfigurationType": runtime,
            "managedConfigurationSettings": {"managedConfigurationType": managed, **settings},
        },
    }


@pytest.mark.parametrize("managed", ["ImageConfiguration", "imageConfiguration"])
@pytest.mark.parametrize("runtime", ["ManagedConfiguration", "managedConfiguration"])
def test_variants_may_be_in_lower_camel_case(runtime: str, managed: str) -> None:
    """They are held to the same members as in the form that Azure's types have."""
    settings = {"imageConfigurationSettings": {"imageName": "scale"}}
    assert underlined("akriConnectorTemplates", connector(runtime, managed, **settings)) == []
    assert underlined("akriConnectorTemplates", connector(runtime, managed, image={})) == [
        *(".runtimeConfiguration.managedConfigurationSettings",) * 2
    ]


def test_other_variants_are_underlined() -> None:
    """What is the name of none in either form is a mistake."""
    at = ".runtimeConfiguration.managedConfigurationSettings.managedConfigurationType"
    for wrong in ("imageconfiguration", "Image", ""):
        assert underlined("akriConnectorTemplates", connector("ManagedConfiguration", wrong)) == [
            at
        ]


@pytest.mark.parametrize(("mode", "found"), [("All", []), ("all", [".persistence.retain.mode"])])
def test_values_that_are_only_described_are_not_underlined(mode: str, found: list[str]) -> None:
    """The broker keeps all retained messages with a value that Azure's list lacks."""
    persistence = {"maxSize": "1G", "retain": {"mode": mode}}
    assert underlined("brokers", {"persistence": persistence}) == found


def test_variants_of_registry_endpoints_are_exact() -> None:
    """Nobody writes these in lower camel case, which is an error there."""
    entry = {"host": "docker.io", "authentication": {"method": "anonymous"}}
    assert underlined("registryEndpoints", entry) == [".authentication.method"]
