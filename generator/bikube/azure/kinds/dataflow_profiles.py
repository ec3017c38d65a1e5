"""Data flow profiles: how many instances run data flows, and how they are watched.

The custom resource is that of Microsoft's how-to, "Configure data flow profiles".
"""

from bikube.azure.kind import CustomResource, Kind

KIND = Kind(
    section="dataflowProfiles",
    singular="dataflowProfile",
    arm_type="Microsoft.IoTOperations/instances/dataflowProfiles",
    custom_resource=CustomResource(
        group="connectivity.iotoperations.azure.com", kind="DataflowProfile"
    ),
    order=7,
    has_default=True,
)
