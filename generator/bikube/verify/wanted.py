"""What a spec asks for, in full: read and worked out apart from what lints and renders.

Of each entry this gives the very resource that Azure has to get, and the very manifest.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from bikube.azure import DEFAULT_VERSION, Kind, all_kinds
from bikube.compiler import RESOURCE_GROUP, SUBSCRIPTION
from bikube.verify.azure_types import types_of
from bikube.verify.beside import Asked, asked_by, asks_of
from bikube.verify.sides import DEFAULT_PARENT, Reading, Side
from bikube.verify.yaml_reader import ReadingFault, read

_NAMESPACE = "azure-iot-operations"
_CUSTOM_LOCATIONS = "Microsoft.ExtendedLocation/customLocations"
_INSTANCES = "Microsoft.IoTOperations/instances"


class Entry(NamedTuple):
    """One resource that a spec asks for: what all sides say of it, and what each output says alone.

    ``reading`` is the spec's own.
    """

    reading: Reading
    own: Mapping[Side, Mapping[str, Any]]


class Wanted(NamedTuple):
    """All that a spec asks for; ``versions`` are those in which types are declared in Bicep.

    ``beside`` is what it asks for that is no resource of AIO, and ``modules`` are files of modules.
    """

    file: str
    instance: str
    entries: tuple[Entry, ...]
    versions: Mapping[str, str]
    beside: tuple[Asked, ...] = ()
    modules: frozenset[str] = frozenset()

    @property
    def sides(self) -> Collection[Side]:
        """The outputs that have anything of it."""
        beside = {one.side for one in self.beside}
        return {Side.BICEP, Side.KUBERNETES} if self.entries else beside


def wanted(file: str, text: str) -> Wanted:
    """What the spec ``text`` asks for.

    Raises:
        ReadingFault: it cannot be read.
    """
    documents = read(text, old=False)
    if len(documents) != 1 or not isinstance(documents[0], dict):
        raise ReadingFault("one spec is expected")
    data = documents[0]
    spec = _Spec(file, data)
    asks = [one for _, one in asks_of(data)]
    versions = spec.versions()
    for one in asks:
        versions.update(one.versions)
    modules = frozenset[str]().union(*(one.modules for one in asks))
    beside = tuple(asked_by(file, data))
    return Wanted(file, spec.instance, tuple(spec.entries()), versions, beside, modules)


class _Spec:
    """The data of one spec."""

    def __init__(self, file: str, data: Mapping[str, Any]) -> None:
        self._file = file
        self._data = data
        instance = _map(data.get("instance"))
        self.instance = str(instance.get("name"))
        self._location = _location(str(instance.get("customLocation")))
        self._namespace = instance.get("namespace", _NAMESPACE)
        self._targets = _map(data.get("targets"))

    def entries(self) -> Iterator[Entry]:
        """Every entry, in the order of the kinds."""
        for kind in all_kinds():
            for index, entry in enumerate(self._data.get(kind.section) or ()):
                yield self._entry(kind, index, entry)

    def versions(self) -> dict[str, str]:
        """The versions of everything that can be declared, by its type."""
        found = {kind.arm_type: self._version(kind) for kind in all_kinds()}
        of_bicep = _map(self._targets.get("bicep"))
        found[_INSTANCES] = of_bicep.get("apiVersion") or DEFAULT_VERSION
        found[_CUSTOM_LOCATIONS] = "2021-08-15"
        return found

    def _version(self, kind: Kind) -> str:
        return str(self._chosen("bicep", kind) or DEFAULT_VERSION)

    def _chosen(self, target: str, kind: Kind) -> object:
        of_target = _map(self._targets.get(target))
        for_sections = _map(of_target.get("apiVersions"))
        return for_sections.get(kind.section) or of_target.get("apiVersion")

    def _entry(self, kind: Kind, index: int, entry: Mapping[str, Any]) -> Entry:
        name = entry["name"]
        apart = {"name", "metadata"} | ({kind.parent.ref} if kind.parent else set())
        written = {key: value for key, value in entry.items() if key not in apart}
        parent = entry.get(kind.parent.ref, DEFAULT_PARENT) if kind.parent else None
        reading = Reading(
            side=Side.SPEC,
            file=self._file,
            kind=kind,
            name=name,
            parent=parent,
            properties=types_of(kind, self._version(kind)).effective(written),
            own={},
            start=(kind.section, index),
        )
        own = {
            Side.BICEP: self._resource(kind, name, parent),
            Side.KUBERNETES: self._manifest(kind, name, _map(entry.get("metadata"))),
        }
        return Entry(reading, own)

    def _resource(self, kind: Kind, name: str, parent: str | None) -> dict[str, Any]:
        names = [self.instance, *filter(None, (parent, name))]
        provider, *types = kind.arm_type.split("/")
        steps = "/".join(f"{type_}/{one}" for type_, one in zip(types, names, strict=True))
        scope = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/{RESOURCE_GROUP}"
        return {
            "id": f"{scope}/providers/{provider}/{steps}",
            "type": kind.arm_type,
            "name": "/".join(names),
            "apiVersion": self._version(kind),
            "extendedLocation": {"name": self._location, "type": "CustomLocation"},
        }

    def _manifest(self, kind: Kind, name: str, metadata: Mapping[str, Any]) -> dict[str, Any]:
        custom = kind.custom_resource
        version = self._chosen("kubernetes", kind) or custom.version
        written = {key: value for key, value in metadata.items() if value}
        return {
            "apiVersion": f"{custom.group}/{version}",
            "kind": custom.kind,
            "metadata": {"name": name, "namespace": self._namespace, **written},
        }


def _location(text: str) -> str:
    """The id of the custom location that is called ``text``, which may be one itself."""
    if text.startswith("/"):
        return text
    scope = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/{RESOURCE_GROUP}"
    return f"{scope}/providers/{_CUSTOM_LOCATIONS}/{text}"


def _map(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
