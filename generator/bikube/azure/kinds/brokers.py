"""Brokers: the MQTT broker itself, its size and its buffers.

Microsoft's documentation shows the custom resource only as that of the default broker.
"""

from bikube.azure.kind import CustomResource, Kind

KIND = Kind(
    section="brokers",
    singular="broker",
    arm_type="Microsoft.IoTOperations/instances/brokers",
    custom_resource=CustomResource(group="mqttbroker.iotoperations.azure.com", kind="Broker"),
    order=2,
    has_default=True,
)
