"""Either output's resources in one shape, with every fault of form that was met on the way."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from tests.proof.bicep_rpc import RESOURCE_GROUP, SUBSCRIPTION
from tests.proof.data import Mismatch, mismatches, shown
from tests.proof.evaluate import Resource
from tests.proof.kinds import PAIRS, Pair
from tests.proof.manifests import Manifest

_BY_TYPE = {pair.arm_type: pair for pair in PAIRS}
_BY_KIND = {(pair.group, pair.kind): pair for pair in PAIRS}

_SCOPE = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/{RESOURCE_GROUP}/providers/"
_RESOURCE_KEYS = {"id", "type", "name", "apiVersion", "extendedLocation", "properties"}
_MANIFEST_KEYS = {"apiVersion", "kind", "metadata", "spec"}
_REQUIRED_METADATA = {"name", "namespace"}
_FREE_METADATA = {"labels", "annotations"}

_ARM_VERSION = re.compile(r"\d{4}-\d{2}-\d{2}(-preview)?")
_KUBERNETES_VERSION = re.compile(r"v\d+((alpha|beta)\d+)?")
_CUSTOM_LOCATION = re.compile(
    r"/subscriptions/[^/]+/resourceGroups/[^/]+"
    r"/providers/Microsoft\.ExtendedLocation/customLocations/[^/]+"
)


class Place(NamedTuple):
    """Where something stands: a file, the resource in it, and a JSON pointer into that."""

    file: str
    resource: str
    pointer: str = ""

    def at(self, pointer: str) -> "Place":
        """The place ``pointer`` below this one."""
        return self._replace(pointer=self.pointer + pointer)


class Constant(NamedTuple):
    """A value that is the same in all resources of an output."""

    pointer: str
    value: object


class Reading(NamedTuple):
    """A resource of either side; ``pair`` is None where its kind is not known."""

    place: Place
    pair: Pair | None
    name: str
    parent: str | None
    settings: object
    constants: tuple[Constant, ...]
    faults: tuple[Mismatch, ...]


def read_resource(resource: Resource) -> Reading:
    """An evaluated resource of a template."""
    data = resource.data
    pair = _BY_TYPE.get(str(data.get("type")))
    segments = str(data.get("name")).split("/")
    location = data.get("extendedLocation")
    constants = (
        Constant("/name", segments[0]),
        Constant("/extendedLocation", location),
    )
    return Reading(
        place=Place(resource.file, f"{pair.kind if pair else data.get('type')} {segments[-1]}"),
        pair=pair,
        name=segments[-1],
        parent=segments[1] if len(segments) == 3 else None,
        settings=data.get("properties"),
        constants=constants,
        faults=tuple(_resource_faults(data, pair, segments)),
    )


def _resource_faults(
    data: dict[str, Any], pair: Pair | None, segments: list[str]
) -> Iterator[Mismatch]:
    yield from _key_faults(data, _RESOURCE_KEYS, _RESOURCE_KEYS)
    if pair is None:
        yield Mismatch("/type", f"{shown(data.get('type'))} is no type that can be compared")
        return
    namespace, *types = pair.arm_type.split("/")
    if len(types) != len(segments) or not all(segments):
        yield Mismatch("/name", f"{shown(data.get('name'))} has not {len(types)} segments")
        return
    steps = [f"{kind}/{name}" for kind, name in zip(types, segments, strict=True)]
    yield from mismatches(data.get("id"), f"{_SCOPE}{namespace}/{'/'.join(steps)}", "/id")
    if not _ARM_VERSION.fullmatch(str(data.get("apiVersion"))):
        yield Mismatch("/apiVersion", f"{shown(data.get('apiVersion'))} is no version of an API")
    if not isinstance(data.get("properties"), dict):
        yield Mismatch("/properties", f"{shown(data.get('properties'))} is no object")
    yield from _location_faults(data.get("extendedLocation"))


def _location_faults(location: object) -> Iterator[Mismatch]:
    match location:
        case {"name": str(name), "type": "CustomLocation", **others} if not others:
            if not _CUSTOM_LOCATION.fullmatch(name):
                yield Mismatch("/extendedLocation/name", f"{name!r} is no custom location's id")
        case _:
            yield Mismatch("/extendedLocation", f"{shown(location)} is no custom location")


def read_manifest(manifest: Manifest) -> Reading:
    """A document of the manifests' folder."""
    data = manifest.data
    group, _, version = str(data.get("apiVersion")).rpartition("/")
    pair = _BY_KIND.get((group, str(data.get("kind"))))
    metadata = _mapping(data.get("metadata"))
    name = str(metadata.get("name"))
    spec = data.get("spec")
    field = pair.parent_field if pair else None
    parent = spec.get(field) if isinstance(spec, dict) and field else None
    if isinstance(spec, dict):
        spec = {key: value for key, value in spec.items() if key != field}
    return Reading(
        place=Place(manifest.file, f"{pair.kind if pair else data.get('kind')} {name}"),
        pair=pair,
        name=name,
        parent=parent,
        settings=spec,
        constants=(Constant("/metadata/namespace", metadata.get("namespace")),),
        faults=tuple(_manifest_faults(data, pair, version)),
    )


def _manifest_faults(data: dict[str, Any], pair: Pair | None, version: str) -> Iterator[Mismatch]:
    yield from _key_faults(data, _MANIFEST_KEYS, _MANIFEST_KEYS)
    if pair is None:
        yield Mismatch("/kind", f"{data.get('apiVersion')} {data.get('kind')} is no known kind")
    if not _KUBERNETES_VERSION.fullmatch(version):
        yield Mismatch("/apiVersion", f"{version!r} is no version of a group")
    if not isinstance(data.get("spec"), dict):
        yield Mismatch("/spec", f"{shown(data.get('spec'))} is no object")
    metadata = _mapping(data.get("metadata"))
    known = _REQUIRED_METADATA | _FREE_METADATA
    yield from _key_faults(metadata, _REQUIRED_METADATA, known, "/metadata")
    for key in sorted(_REQUIRED_METADATA & metadata.keys()):
        if not isinstance(metadata[key], str):
            yield Mismatch(f"/metadata/{key}", f"{shown(metadata[key])} is no string")
    for key in sorted(_FREE_METADATA & metadata.keys()):
        if not _is_text_map(metadata[key]):
            yield Mismatch(f"/metadata/{key}", f"{shown(metadata[key])} does not map text to text")


def _key_faults(
    data: dict[str, Any], required: set[str], known: set[str], pointer: str = ""
) -> Iterator[Mismatch]:
    for key in sorted(required - data.keys()):
        yield Mismatch(f"{pointer}/{key}", "is missing")
    for key in sorted(data.keys() - known, key=repr):
        yield Mismatch(f"{pointer}/{key}", "has no counterpart")


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _is_text_map(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(text, str) for pair in value.items() for text in pair
    )
