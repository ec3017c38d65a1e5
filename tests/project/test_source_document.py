"""Microsoft's how-to about registry endpoints, whose examples bikube gives back in both forms.

The examples are kept as the page has them (Configure registry endpoints in Azure IoT Operations,
December 2025); only the placeholders are filled in.
"""

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from tests.conftest import RunCli
from tests.proof.bicep_rpc import BicepRpc
from tests.proof.data import mismatches
from tests.proof.evaluate import evaluate, templates
from tests.proof.manifests import Manifest, read_folder

GOLDEN = Path(__file__).parents[2] / "golden"

FILLED_IN = {
    "<AIO_INSTANCE_NAME>": "aio-plant-7",
    "<CUSTOM_LOCATION_NAME>": "cl-plant-7",
    "<REGISTRY_ENDPOINT_NAME>": "my-acr-endpoint",
    "<YOUR_ACR_NAME>": "myregistry",
    "<CLIENT_ID>": "0c8f4f2a-9a51-4c1e-b7d3-62d8a5e0417b",
    "<TENANT_ID>": "5e2b9d14-73c6-4f0a-8d51-c9e4f6a1b328",
}

KUBERNETES = """\
apiVersion: connectivity.iotoperations.azure.com/v1beta1
kind: RegistryEndpoint
metadata:
  name: <REGISTRY_ENDPOINT_NAME>
  namespace: azure-iot-operations
spec:
  host: <YOUR_ACR_NAME>.azurecr.io
  authentication:
    method: SystemAssignedManagedIdentity
    systemAssignedManagedIdentitySettings:
      audience: https://management.azure.com/
"""

BICEP = """\
param aioInstanceName string = '<AIO_INSTANCE_NAME>'
param customLocationName string = '<CUSTOM_LOCATION_NAME>'
param registryEndpointName string = '<REGISTRY_ENDPOINT_NAME>'
param acrName string = '<YOUR_ACR_NAME>'

resource aioInstance 'Microsoft.IoTOperations/instances@2025-10-01' existing = {
  name: aioInstanceName
}

resource customLocation 'Microsoft.ExtendedLocation/customLocations@2021-08-31-preview' existing = {
  name: customLocationName
}

resource registryEndpoint 'Microsoft.IoTOperations/instances/registryEndpoints@2025-10-01-preview' = {
  parent: aioInstance
  name: registryEndpointName
  extendedLocation: {
    name: customLocation.id
    type: 'CustomLocation'
  }
  properties: {
    host: '${acrName}.azurecr.io'
    authentication: {
      method: 'SystemAssignedManagedIdentity'
      systemAssignedManagedIdentitySettings: {
        audience: 'https://management.azure.com/'
      }
    }
  }
}
"""  # noqa: E501 - as the page has it

SNIPPETS = {
    "document-system-identity": """\
authentication: {
  method: 'SystemAssignedManagedIdentity'
  systemAssignedManagedIdentitySettings: {
    audience: 'https://management.azure.com/'
    extensionName: null  // Optional: specific extension name
    tenantId: null       // Optional: specific tenant ID
  }
}
""",
    "document-user-identity": """\
authentication: {
  method: 'UserAssignedManagedIdentity'
  userAssignedManagedIdentitySettings: {
    clientId: '<CLIENT_ID>'
    tenantId: '<TENANT_ID>'
    scope: null  // Optional: specific scope
  }
}
""",
    "document-pull-secret": """\
authentication: {
  method: 'ArtifactPullSecret'
  artifactPullSecretSettings: {
    secretRef: 'my-registry-secret'
  }
}
""",
    "document-anonymous": """\
authentication: {
  method: 'Anonymous'
  anonymousSettings: {}
}
""",
}


def filled_in(text: str) -> str:
    """An example with values in the place of its placeholders."""
    for placeholder, value in FILLED_IN.items():
        text = text.replace(placeholder, value)
    return text


def with_snippet(snippet: str) -> str:
    """The document's Bicep file with another authentication, at an API version that exists."""
    start, end = BICEP.index("authentication: {"), BICEP.rindex("  }\n}\n")
    return (BICEP[:start] + snippet + BICEP[end:]).replace("2025-10-01-preview'", "2025-10-01'")


def evaluated(bicep: BicepRpc, text: str, folder: Path) -> list[dict[str, Any]]:
    """What the document's Bicep, filled in, would deploy."""
    file = folder / "document.bicep"
    file.write_text(filled_in(text), encoding="utf-8")
    return [resource.data for resource in evaluate(bicep, [file])]


def generated(run_cli: RunCli, case: str, out: Path) -> Path:
    """The folder of the instance that a golden case is rendered into."""
    result = run_cli("generate", GOLDEN / case / "spec.yaml", "--out", out)
    assert result.code == 0, result.err
    return out / "aio-plant-7"


def without_null(value: Any) -> Any:
    """A value without the members that are null."""
    if not isinstance(value, dict):
        return value
    return {key: without_null(child) for key, child in value.items() if child is not None}


def test_the_manifest_is_that_of_the_document(run_cli: RunCli, tmp_path: Path) -> None:
    """The example of the Kubernetes tab comes out equal as data, its API version included."""
    folder = generated(run_cli, "document-kubernetes-tab", tmp_path)
    document = YAML(typ="safe", pure=True).load(filled_in(KUBERNETES))

    assert read_folder(folder / "kubernetes") == (
        Manifest("registryendpoint-my-acr-endpoint.yaml", document),
    )


def test_the_template_evaluates_to_that_of_the_document(
    run_cli: RunCli, bicep: BicepRpc, tmp_path: Path
) -> None:
    """The example of the Bicep tab deploys the very same resource, its API version included."""
    folder = generated(run_cli, "document-bicep-tab", tmp_path)
    ours = [resource.data for resource in evaluate(bicep, templates(folder / "bicep"))]
    theirs = evaluated(bicep, BICEP, tmp_path)

    assert list(mismatches(ours, theirs)) == []
    assert [resource["apiVersion"] for resource in theirs] == ["2025-10-01-preview"]
    (file,) = templates(folder / "bicep")
    assert "'Microsoft.IoTOperations/instances@2025-10-01' existing" in file.read_text("utf-8")


@pytest.mark.parametrize("case", SNIPPETS)
def test_each_snippet_evaluates_to_that_of_the_document(
    case: str, run_cli: RunCli, bicep: BicepRpc, tmp_path: Path
) -> None:
    """Each way to sign in deploys the same, except that what is null is not there."""
    folder = generated(run_cli, case, tmp_path)
    ours = [resource.data for resource in evaluate(bicep, templates(folder / "bicep"))]
    theirs = evaluated(bicep, with_snippet(SNIPPETS[case]), tmp_path)

    assert list(mismatches(ours, [without_null(each) for each in theirs])) == []
    assert len(theirs) == 1
