"""Registry endpoints: how AIO signs in to a container registry.

The custom resource's version is the one in Microsoft's how-to, "Configure registry endpoints".
The undocumented-in-types properties are from that page's table of settings. That page and all
samples write the methods in the case of Azure's types, in manifests too.
"""

from bikube.azure.kind import CustomResource, Kind, Replacement

_SYSTEM_IDENTITY = ("authentication", "systemAssignedManagedIdentitySettings")

KIND = Kind(
    section="registryEndpoints",
    singular="registryEndpoint",
    arm_type="Microsoft.IoTOperations/instances/registryEndpoints",
    custom_resource=CustomResource(
        group="connectivity.iotoperations.azure.com", kind="RegistryEndpoint", version="v1beta1"
    ),
    order=1,
    documented=((*_SYSTEM_IDENTITY, "extensionName"), (*_SYSTEM_IDENTITY, "tenantId")),
    replaced=(
        Replacement("trustSettings", "codeSigningCas", only="trustedSigningKeys"),
        Replacement("codeSigningCas", "trustSettings", only="trustedSigningKeys"),
    ),
    has_default=True,
    exact_variants=True,
)
