"""Authentications: how clients of a broker prove who they are.

A manifest cannot say its broker: those in Microsoft's how-to have no field for it.
"""

from bikube.azure.kind import CustomResource, Kind, Parent

KIND = Kind(
    section="brokerAuthentications",
    singular="brokerAuthentication",
    arm_type="Microsoft.IoTOperations/instances/brokers/authentications",
    custom_resource=CustomResource(
        group="mqttbroker.iotoperations.azure.com", kind="BrokerAuthentication"
    ),
    order=3,
    parent=Parent("brokers", "brokerRef"),
    has_default=True,
)
