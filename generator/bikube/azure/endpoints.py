"""What is behind a data flow endpoint, decided once for every rule.

The types and their settings are Azure's; that the broker of the instance is known by its host is
from "Configure data flow endpoints", the hosts of Event Grid and Event Hubs are from the pages
about MQTT and Kafka endpoints.
"""

import re
from typing import Any, Final

LOCAL_BROKER: Final = "local-broker"

_TYPES = {
    "dataexplorer": "data-explorer",
    "datalakestorage": "data-lake",
    "fabriconelake": "one-lake",
    "kafka": "kafka",
    "localstorage": "local-storage",
    "mqtt": "mqtt",
    "opentelemetry": "open-telemetry",
}
NAMES = frozenset({*_TYPES.values(), LOCAL_BROKER, "event-grid", "event-hubs"})
"""All that an endpoint can be; Event Hubs is also what an event stream of Fabric looks like."""

_LOCAL = re.compile(r"aio-broker(?:[.:][^/]*)?", re.IGNORECASE)
_EVENT_GRID = re.compile(r"[^/]*\.eventgrid\.azure\.(?:net|us|cn)(?::[0-9]*)?", re.IGNORECASE)
_EVENT_HUBS = re.compile(
    r"[^/]*\.servicebus\.(?:windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)(?::[0-9]*)?",
    re.IGNORECASE,
)


def behind(kind: Any, mqtt_host: Any, kafka_host: Any) -> str | None:
    """What an endpoint of the type ``kind`` is, one of ``NAMES``; ``None`` where that is unknown.

    The hosts are those of ``mqttSettings`` and ``kafkaSettings``. Where the former is ``None``, it
    is not set, and the broker of the instance counts.
    """
    known = _TYPES.get(kind.lower()) if isinstance(kind, str) else None
    if known == "mqtt":
        if mqtt_host is None or _fits(_LOCAL, mqtt_host):
            return LOCAL_BROKER
        return "event-grid" if _fits(_EVENT_GRID, mqtt_host) else known
    if known == "kafka" and _fits(_EVENT_HUBS, kafka_host):
        return "event-hubs"
    return known


def _fits(pattern: "re.Pattern[str]", host: Any) -> bool:
    return isinstance(host, str) and pattern.fullmatch(host) is not None
