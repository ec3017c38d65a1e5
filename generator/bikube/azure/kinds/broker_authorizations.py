"""Authorizations: what clients of a broker may do.

A manifest cannot say its broker: those in Microsoft's how-to have no field for it.
"""

from bikube.azure.kind import CustomResource, Kind, Parent

KIND = Kind(
    section="brokerAuthorizations",
    singular="brokerAuthorization",
    arm_type="Microsoft.IoTOperations/instances/brokers/authorizations",
    custom_resource=CustomResource(
        group="mqttbroker.iotoperations.azure.com", kind="BrokerAuthorization"
    ),
    order=4,
    parent=Parent("brokers", "brokerRef"),
)
