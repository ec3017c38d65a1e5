"""What the two outputs say, as readings; and what is wrong with the form of either."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from bikube.azure import Kind, all_kinds
from bikube.compiler import is_expression
from bikube.verify.allowed import is_own
from bikube.verify.manifests import Manifest
from bikube.verify.places import Pointer, shown
from bikube.verify.sides import DEFAULT_PARENT, Difference, Reading, Side, Sighting

_ARM_VERSION = re.compile(r"\d{4}-\d{2}-\d{2}(-preview)?")
_CLUSTER_VERSION = re.compile(r"v\d+((alpha|beta)\d+)?")
_LOCATION = re.compile(
    r"/subscriptions/[^/]+/resourceGroups/[^/]+"
    r"/providers/Microsoft\.ExtendedLocation/customLocations/[^/]+"
)
_SCOPE = re.compile(r"/subscriptions/[^/]+/resourceGroups/[^/]+")
_SHARED = {Side.BICEP: "properties", Side.KUBERNETES: "spec"}


@cache
def _types() -> Mapping[str, Kind]:
    return {kind.arm_type.lower(): kind for kind in all_kinds()}


@cache
def _kinds() -> Mapping[tuple[str, str], Kind]:
    customs = ((kind.custom_resource, kind) for kind in all_kinds())
    return {(custom.group, custom.kind): kind for custom, kind in customs}


def kind_of_resource(data: Mapping[str, Any]) -> Kind | None:
    """The kind of an evaluated resource; ``None`` where it is none of AIO that has manifests."""
    return _types().get(str(data.get("type")).lower())


def kind_of_manifest(data: Mapping[str, Any]) -> Kind | None:
    """The kind of a manifest's resource; ``None`` where it is none of AIO."""
    group = str(data.get("apiVersion")).rpartition("/")[0]
    return _kinds().get((group, str(data.get("kind"))))


def of_bicep(file: str, kind: Kind, data: Mapping[str, Any]) -> Reading:
    """An evaluated resource of a template."""
    segments = str(data.get("name")).split("/")
    return Reading(
        side=Side.BICEP,
        file=file,
        kind=kind,
        name=segments[-1],
        parent="/".join(segments[1:-1]) if kind.parent else None,
        properties=data.get("properties"),
        own={key: value for key, value in data.items() if key != "properties"},
    )


def of_manifest(manifest: Manifest, kind: Kind) -> Reading:
    """A document of the manifests' folder."""
    data = manifest.data
    metadata = data.get("metadata")
    spec = data.get("spec")
    field = kind.parent.manifest if kind.parent else ""
    parent: object = DEFAULT_PARENT if kind.parent else None
    if field and isinstance(spec, dict):
        parent = spec.get(field)
        spec = {key: value for key, value in spec.items() if key != field}
    return Reading(
        side=Side.KUBERNETES,
        file=manifest.file,
        kind=kind,
        name=str(metadata.get("name")) if isinstance(metadata, dict) else "",
        parent=parent,
        properties=spec,
        own={key: value for key, value in data.items() if key != "spec"},
        start=(manifest.document,),
    )


def form_faults(reading: Reading) -> Iterator[Difference]:
    """What is wrong with a resource of an output by itself, whatever a spec says."""
    for path, value in _unexpected(reading.side, (), reading.own):
        yield fault(reading, path, "nothing on the other side says this", value)
    if not isinstance(reading.properties, dict):
        yield fault(reading, (_SHARED[reading.side],), "a map is expected", reading.properties)
    own = reading.own
    for key, value in own.items():
        if is_expression(value):
            yield fault(reading, (key,), "the compiler cannot evaluate this offline", value)
    if reading.side is Side.BICEP:
        yield from _resource_faults(reading, own)
    else:
        yield from _manifest_faults(reading, own)


def _unexpected(
    side: Side, path: Pointer, value: Mapping[str, Any]
) -> Iterator[tuple[Pointer, object]]:
    for key, one in value.items():
        at = (*path, key)
        if not is_own(side, at):
            yield at, one
        elif at == ("metadata",) and isinstance(one, dict):
            yield from _unexpected(side, at, one)


def _resource_faults(reading: Reading, own: Mapping[str, Any]) -> Iterator[Difference]:
    version = own.get("apiVersion")
    if not (isinstance(version, str) and _ARM_VERSION.fullmatch(version)):
        yield fault(reading, ("apiVersion",), "this is no version of Azure's API", version)
    if own.get("type") != reading.kind.arm_type:
        message = f'"{reading.kind.arm_type}" is how Azure writes it'
        yield fault(reading, ("type",), message, own.get("type"))
    names, types = str(own.get("name")).split("/"), reading.kind.arm_type.split("/")[1:]
    if len(names) != len(types) or not all(names):
        message = f"a name of {len(types)} parts is expected"
        yield fault(reading, ("name",), message, own.get("name"))
    else:
        steps = "/".join(f"{type_}/{one}" for type_, one in zip(types, names, strict=True))
        provider = reading.kind.arm_type.partition("/")[0]
        rest = str(own.get("id")).removesuffix(f"/providers/{provider}/{steps}")
        if not _SCOPE.fullmatch(rest):
            yield fault(reading, ("id",), "this is not the id of that name", own.get("id"))
    yield from _location_faults(reading, own.get("extendedLocation"))


def _location_faults(reading: Reading, location: object) -> Iterator[Difference]:
    match location:
        case {"name": str(name), "type": "CustomLocation", **others} if (
            not others and _LOCATION.fullmatch(name)
        ):
            pass
        case other:
            yield fault(reading, ("extendedLocation",), "a custom location is expected", other)


def _manifest_faults(reading: Reading, own: Mapping[str, Any]) -> Iterator[Difference]:
    version = str(own.get("apiVersion")).rpartition("/")[2]
    if not _CLUSTER_VERSION.fullmatch(version):
        message = "this has no version of a group"
        yield fault(reading, ("apiVersion",), message, own.get("apiVersion"))
    metadata = own.get("metadata")
    if not isinstance(metadata, dict):
        yield fault(reading, ("metadata",), "a map is expected", metadata)
        return
    for key in ("name", "namespace"):
        if not isinstance(metadata.get(key), str):
            yield fault(reading, ("metadata", key), "a string is expected", metadata.get(key))
    for key in ("labels", "annotations"):
        if key in metadata and not _is_text_map(metadata[key]):
            message = "a map of strings is expected"
            yield fault(reading, ("metadata", key), message, metadata[key])


def _is_text_map(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(one, str) for one in value.values())


def fault(reading: Reading, path: Pointer, message: str, value: object) -> Difference:
    """What is wrong at one place of one side."""
    sighting = Sighting(reading.side, reading.file, (*reading.start, *path), value)
    return Difference(reading.label, shown(path), message, (sighting,))
