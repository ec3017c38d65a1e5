"""The types of AIO that a Bicep CLI carries, read out of the program without running it."""

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from dnfile import dnPE
from scripts.schemas.bundle import Bundle, inflate, open_bundle
from scripts.schemas.errors import Unusable

_ASSEMBLY = "Azure.Bicep.Types.Az.dll"
_LIBRARIES = "bicep.deps.json"
_TYPES = re.compile(r"[^/]+/microsoft\.iotoperations/([^/]+)/types\.json\.deflated")
_CLR_DIRECTORY = 14

Types = list[dict[str, Any]]


class Carried(NamedTuple):
    """The versions of a Bicep CLI and of the types in it, and AIO's types by API version."""

    bicep: str
    types: str
    versions: Mapping[str, Types]


def carried(data: bytes) -> Carried:
    """What the Bicep CLI carries that is the program `data`.

    Raises:
        Unusable: it is another program, not all of one, or has no types of AIO.
    """
    bundle = open_bundle(data)
    bicep, types = _library(bundle, "bicep"), _library(bundle, _ASSEMBLY.removesuffix(".dll"))
    found = {
        match[1]: _parsed(content, name)
        for name, content in embedded(bundle.read(_ASSEMBLY))
        if (match := _TYPES.fullmatch(name)) is not None
    }
    if not found:
        raise Unusable("there are no types of Microsoft.IoTOperations in it; name another one")
    return Carried(bicep, types, dict(sorted(found.items())))


def _library(bundle: Bundle, name: str) -> str:
    """The version of the library `name`, as the program lists it."""
    try:
        libraries = json.loads(bundle.read(_LIBRARIES))["libraries"]
    except (ValueError, KeyError, TypeError) as error:
        raise Unusable(f"{_LIBRARIES} in it does not say what the program consists of") from error
    for library in libraries:
        title, _, version = library.partition("/")
        if title == name:
            return str(version)
    raise Unusable(f"{_LIBRARIES} in it has no {name}; another program is meant")


def embedded(assembly: bytes) -> list[tuple[str, bytes]]:
    """The names and contents of what is embedded in an assembly."""
    # The library annotates only some of what it has.
    read: Any = dnPE
    try:
        image = read(data=assembly, fast_load=True, clr_lazy_load=True)
        image.parse_data_directories(directories=[_CLR_DIRECTORY])
        return [(str(one.name), bytes(one.data)) for one in image.net.resources]
    except Exception as error:
        # Whatever comes: the library answers a broken assembly with whichever error it runs into.
        raise Unusable(f"{_ASSEMBLY} in it is no .NET assembly that can be read") from error


def _parsed(content: bytes, name: str) -> Types:
    try:
        parsed = json.loads(inflate(content, name))
    except ValueError as error:
        raise Unusable(f"{name} in it is no JSON") from error
    if not isinstance(parsed, list) or not all(isinstance(one, dict) for one in parsed):
        raise Unusable(f"{name} in it is no list of types")
    return parsed
