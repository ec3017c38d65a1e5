"""Which Azure type is which Kubernetes kind, and what one side may say alone.

The pairs are those of Microsoft's how-to pages, which show most kinds in both forms.
"""

from typing import NamedTuple

CONNECTIVITY = "connectivity.iotoperations.azure.com"
BROKER = "mqttbroker.iotoperations.azure.com"
AKRI = "akri.iotoperations.azure.com"

# The only parent that exists without being deployed.
DEFAULT_PARENT = "default"


class Pair(NamedTuple):
    """One kind in both worlds.

    ``parent_field`` is the field of a manifest's spec that names the parent. A child kind without
    one cannot say its parent in Kubernetes, so there the parent has to be `DEFAULT_PARENT`.
    """

    arm_type: str
    group: str
    kind: str
    parent_field: str | None = None


_INSTANCES = "Microsoft.IoTOperations/instances"

PAIRS = (
    Pair(f"{_INSTANCES}/registryEndpoints", CONNECTIVITY, "RegistryEndpoint"),
    Pair(f"{_INSTANCES}/dataflowEndpoints", CONNECTIVITY, "DataflowEndpoint"),
    Pair(f"{_INSTANCES}/dataflowProfiles", CONNECTIVITY, "DataflowProfile"),
    Pair(f"{_INSTANCES}/dataflowProfiles/dataflows", CONNECTIVITY, "Dataflow", "profileRef"),
    Pair(
        f"{_INSTANCES}/dataflowProfiles/dataflowGraphs", CONNECTIVITY, "DataflowGraph", "profileRef"
    ),
    Pair(f"{_INSTANCES}/brokers", BROKER, "Broker"),
    Pair(f"{_INSTANCES}/brokers/listeners", BROKER, "BrokerListener", "brokerRef"),
    Pair(f"{_INSTANCES}/brokers/authentications", BROKER, "BrokerAuthentication"),
    Pair(f"{_INSTANCES}/brokers/authorizations", BROKER, "BrokerAuthorization"),
    Pair(f"{_INSTANCES}/akriConnectorTemplates", AKRI, "ConnectorTemplate"),
)

# What has no counterpart on the other side. Everything else has to be equal.
ONLY_IN_BICEP = {
    "/apiVersion": "each side has versions of its own",
    "/extendedLocation/name": "a cluster is in no custom location; one for all resources",
    "/name (first segment)": "a cluster holds one instance; one for all resources",
}
ONLY_IN_KUBERNETES = {
    "/apiVersion (after the group)": "each side has versions of its own",
    "/metadata/namespace": "Azure has no namespaces; one for all resources",
    "/metadata/labels": "Azure has tags instead, and not on these types",
    "/metadata/annotations": "Azure has nothing like it",
}
