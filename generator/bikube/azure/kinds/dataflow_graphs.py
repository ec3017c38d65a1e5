"""Data flow graphs: data through the modules of a graph.

The custom resource is that of Microsoft's how-to pages about data flow graphs.
They also show that a connection may come from an output of a node, as in "check.output".
"""

from bikube.azure.kind import CustomResource, Kind, Parent, PartReference, Reference

_NODES = ("nodes", "*", "name")

KIND = Kind(
    section="dataflowGraphs",
    singular="dataflowGraph",
    arm_type="Microsoft.IoTOperations/instances/dataflowProfiles/dataflowGraphs",
    custom_resource=CustomResource(
        group="connectivity.iotoperations.azure.com", kind="DataflowGraph"
    ),
    order=9,
    parent=Parent("dataflowProfiles", "profileRef", manifest="profileRef"),
    references=(
        Reference(("nodes", "*", "sourceSettings", "endpointRef"), "dataflowEndpoints"),
        Reference(("nodes", "*", "graphSettings", "registryEndpointRef"), "registryEndpoints"),
        Reference(("nodes", "*", "destinationSettings", "endpointRef"), "dataflowEndpoints"),
    ),
    part_references=(
        PartReference(("nodeConnections", "*", "from", "name"), _NODES, noun="node", until="."),
        PartReference(("nodeConnections", "*", "to", "name"), _NODES, noun="node"),
    ),
)
