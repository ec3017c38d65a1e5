"""Akri connector templates: how connectors to devices run, and which ones they serve.

The custom resource is that of the samples in Microsoft's SDKs (Azure/iot-operations-sdks).
"""

from bikube.azure.kind import CustomResource, Kind

KIND = Kind(
    section="akriConnectorTemplates",
    singular="akriConnectorTemplate",
    arm_type="Microsoft.IoTOperations/instances/akriConnectorTemplates",
    custom_resource=CustomResource(group="akri.iotoperations.azure.com", kind="ConnectorTemplate"),
    order=10,
)
