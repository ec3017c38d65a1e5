"""Akri connector templates: how connectors to devices run, and which ones they serve.

The custom resource is that of the samples in Microsoft's SDKs (Azure/iot-operations-sdks).
"""

from bikube.azure.kind import CustomResource, Kind, Reference

KIND = Kind(
    section="akriConnectorTemplates",
    singular="akriConnectorTemplate",
    arm_type="Microsoft.IoTOperations/instances/akriConnectorTemplates",
    custom_resource=CustomResource(group="akri.iotoperations.azure.com", kind="ConnectorTemplate"),
    order=10,
    references=(
        Reference(
            (
                *("runtimeConfiguration", "managedConfigurationSettings"),
                *("imageConfigurationSettings", "registrySettings", "registryEndpointRef"),
            ),
            "registryEndpoints",
        ),
        # In 2025-07-01-preview only.
        Reference(
            (
                *("runtimeConfiguration", "helmConfigurationSettings"),
                *("registrySettings", "registryEndpointRef"),
            ),
            "registryEndpoints",
        ),
    ),
)
