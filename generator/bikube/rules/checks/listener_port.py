"""A host and its port are those of a listener."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from bikube.diagnostics import split_pointer
from bikube.rules.check import AT, Hit, Mention, arguments
from bikube.spec import Rows, Spec, Table

_SECTION = "brokerListeners"
_HOST = re.compile(r"([a-z0-9-]+)(?:\.[a-z0-9.-]+)?:([0-9]{1,5})")


class ListenerPort:
    """The host at ``at``, in the form ``service:port``, has a port of the listener of that service.

    A service is called as ``serviceName`` says, else as its listener. Of hosts that are no such
    service nothing is said. ``{listener}`` is the listener's name, and ``{ports}`` are its ports.
    """

    about_values: ClassVar[bool] = True
    fills: ClassVar[tuple[str, ...]] = ("listener", "ports")
    parameters: ClassVar[Mapping[str, Any]] = arguments(at=AT)

    def __init__(self, *, at: str) -> None:
        self._at = split_pointer(at)

    def select(self, spec: Spec, table: Table, rows: Rows) -> Rows:
        """The rows whose host is that of a listener, with one of its ports."""
        found = self._found(spec, table, rows)
        return [row for row, listener, port in found if port in _ports(spec, listener)]

    def find(self, spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
        """The hosts with another port."""
        for row, listener, port in self._found(spec, table, rows):
            ports = _ports(spec, listener)
            if ports and port not in ports:
                values = {
                    "listener": spec.tables[_SECTION].name(listener),
                    "ports": ", ".join(map(str, ports)),
                }
                mention = Mention((_SECTION, listener, "ports"), "key", "these are its ports")
                yield Hit((*table.place(row), *self._at), "value", values, (mention,))

    def _found(self, spec: Spec, table: Table, rows: Rows) -> Iterator[tuple[int, int, int]]:
        """The rows whose host is that of a listener, the listener's row, and the port."""
        listeners = spec.tables.get(_SECTION)
        if listeners is None:
            return
        services = listeners.derived(_services)
        for row, host in zip(*table.typed(self._at, str, rows), strict=True):
            match = _HOST.fullmatch(host)
            listener = services.get(match[1]) if match else None
            if match and listener is not None:
                yield row, listener, int(match[2])


def _services(table: Table) -> dict[str, int]:
    """The row of the listener of each service."""
    found: dict[str, int] = {}
    for row, service in enumerate(table.column(("serviceName",))):
        found.setdefault(service if isinstance(service, str) else table.name(row), row)
    return found


def _ports(spec: Spec, row: int) -> list[int]:
    ports = spec.tables[_SECTION].column(("ports",))[row]
    listed = ports if isinstance(ports, list) else []
    numbers = [one.get("port") for one in listed if isinstance(one, dict)]
    return [number for number in numbers if type(number) is int]


CHECK = ListenerPort
