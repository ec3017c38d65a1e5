"""Data flow graphs: data through the modules of a graph.

The custom resource is that of Microsoft's how-to pages about data flow graphs.
"""

from bikube.azure.kind import CustomResource, Kind, Parent

KIND = Kind(
    section="dataflowGraphs",
    singular="dataflowGraph",
    arm_type="Microsoft.IoTOperations/instances/dataflowProfiles/dataflowGraphs",
    custom_resource=CustomResource(
        group="connectivity.iotoperations.azure.com", kind="DataflowGraph"
    ),
    order=9,
    parent=Parent("dataflowProfiles", "profileRef", manifest="profileRef"),
)
