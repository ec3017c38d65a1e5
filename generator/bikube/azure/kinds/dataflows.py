"""Data flows: data from one endpoint to another, changed on the way.

The custom resource is that of Microsoft's how-to, "Create a data flow".
"""

from bikube.azure.kind import CustomResource, Kind, Parent, Reference

KIND = Kind(
    section="dataflows",
    singular="dataflow",
    arm_type="Microsoft.IoTOperations/instances/dataflowProfiles/dataflows",
    custom_resource=CustomResource(group="connectivity.iotoperations.azure.com", kind="Dataflow"),
    order=8,
    parent=Parent("dataflowProfiles", "profileRef", manifest="profileRef"),
    references=(
        Reference(("operations", "*", "sourceSettings", "endpointRef"), "dataflowEndpoints"),
        Reference(("operations", "*", "destinationSettings", "endpointRef"), "dataflowEndpoints"),
    ),
)
