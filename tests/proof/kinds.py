"""Which Azure type is which Kubernetes kind: the tests' own table, apart from the package's.

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
