"""Releases of Azure IoT Operations: the API version that each serves, and the CLI that fits it."""

import re
from typing import NamedTuple

_DOCS = "https://github.com/MicrosoftDocs/azure-docs/blob/main/articles/iot-operations"
_SUPPORTED_VERSIONS = (
    "https://learn.microsoft.com/azure/iot-operations/overview-support",
    f"{_DOCS}/includes/supported-versions.md",
)
_EDGE_AI = "https://github.com/microsoft/edge-ai"
_AIO = "https://github.com/Azure/azure-iot-operations"
_TEMPLATE = f"{_AIO}/blob/114d7a4/release/azure-iot-operations-instance.json"


class Release(NamedTuple):
    """A minor release: the last API version that it serves, and what is written about it.

    ``cli`` is the version of the ``azure-iot-ops`` extension that belongs to its last patch, empty
    where no source says which. ``supported`` is what Microsoft's page says, which counts the latest
    three; no page says yet that 1.2 is out of support.
    """

    minor: str
    serves: str
    cli: str
    supported: bool
    sources: tuple[str, ...]


RELEASES = (
    Release("1.0", "2024-11-01", "1.3.0", False, _SUPPORTED_VERSIONS),
    Release("1.1", "2025-04-01", "1.7.0", False, _SUPPORTED_VERSIONS),
    Release("1.2", "2025-10-01", "2.3.0", True, (*_SUPPORTED_VERSIONS, _TEMPLATE)),
    Release(
        *("1.3", "2026-03-01", "2.7.0", True),
        (
            *_SUPPORTED_VERSIONS,
            "https://github.com/Azure/azure-iot-ops-cli-extension/pull/812",
            f"{_EDGE_AI}/commit/73ccf401",
        ),
    ),
    Release("1.4", "2026-07-01", "2.9.0", True, (*_SUPPORTED_VERSIONS, f"{_EDGE_AI}/pull/731")),
    Release("1.5", "2026-10-01", "", True, (f"{_AIO}/releases/tag/v1.5.45",)),
)
"""From old to new."""


def parts(version: str) -> tuple[int, ...]:
    """The numbers of ``version``, which compare as releases do; none if it is no version."""
    return tuple(map(int, version.split("."))) if re.fullmatch(r"\d+(\.\d+)*", version) else ()


def served(version: str) -> str | None:
    """The last API version that the AIO release ``version`` serves, if it is known."""
    minor = parts(version)[:2]
    return next((one.serves for one in RELEASES if parts(one.minor) == minor), None)


def oldest_supported() -> str:
    """The first minor release that Microsoft supports."""
    return next(one.minor for one in RELEASES if one.supported)
