"""Data flow endpoints: where data flows read from and write to.

The custom resource is that of Microsoft's how-to pages about each type of endpoint.
"""

from bikube.azure.kind import CustomResource, Kind

KIND = Kind(
    section="dataflowEndpoints",
    singular="dataflowEndpoint",
    arm_type="Microsoft.IoTOperations/instances/dataflowEndpoints",
    custom_resource=CustomResource(
        group="connectivity.iotoperations.azure.com", kind="DataflowEndpoint"
    ),
    order=6,
    has_default=True,
)
