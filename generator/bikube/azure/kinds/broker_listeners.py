"""Listeners: the ports on which a broker takes clients.

The custom resource is that of Microsoft's how-to, "Configure brokers, listeners and ports".
"""

from bikube.azure.kind import CustomResource, Kind, Parent, Reference

KIND = Kind(
    section="brokerListeners",
    singular="brokerListener",
    arm_type="Microsoft.IoTOperations/instances/brokers/listeners",
    custom_resource=CustomResource(
        group="mqttbroker.iotoperations.azure.com", kind="BrokerListener"
    ),
    order=5,
    parent=Parent("brokers", "brokerRef", manifest="brokerRef"),
    references=(
        Reference(("ports", "*", "authenticationRef"), "brokerAuthentications", same_parent=True),
        Reference(("ports", "*", "authorizationRef"), "brokerAuthorizations", same_parent=True),
    ),
    has_default=True,
)
