"""The resources of a spec and the entries of its companions, in the order of the outputs."""

from typing import Any, NamedTuple

from bikube.azure import Kind
from bikube.spec.effective import Normaliser
from bikube.spec.identity import Identity, parent_of
from bikube.spec.model import Spec

_OWN = ("name", "metadata")


class Resource(NamedTuple):
    """One entry of a spec without errors.

    ``parent`` is the name of the parent resource where the kind has one. ``properties`` are
    what all outputs have.
    """

    kind: Kind
    name: str
    parent: str | None
    metadata: dict[str, dict[str, str]]
    properties: dict[str, Any]

    @property
    def identity(self) -> Identity:
        """Parent and name, or the name alone where the parent is the instance."""
        return (self.name,) if self.parent is None else (self.parent, self.name)


def resources_of(spec: Spec) -> list[Resource]:
    """Every resource, sorted by kind, parent and name, whatever their order in the spec."""
    found: list[Resource] = []
    for kind in spec.kinds:
        table = spec.tables.get(kind.section)
        if table is None:
            continue
        normaliser = Normaliser(kind, spec.arm_version(kind))
        resources = [_resource(kind, entry, normaliser) for entry in table.entries]
        resources.sort(key=lambda resource: (resource.parent or "", resource.name))
        found += resources
    return found


def companions_of(spec: Spec) -> dict[str, list[dict[str, Any]]]:
    """The entries of each companion that has any, sorted by what they are known by.

    What is ``null`` is left out.
    """
    found = {}
    for companion in spec.companions:
        table = spec.tables.get(companion.section)
        if table is not None and table.entries:
            entries = table.entries
            written = [{key: one for key, one in e.items() if one is not None} for e in entries]
            found[companion.section] = sorted(written, key=companion.identify)
    return found


def _resource(kind: Kind, entry: dict[str, Any], normaliser: Normaliser) -> Resource:
    own = _OWN if kind.parent is None else (*_OWN, kind.parent.ref)
    written = {key: value for key, value in entry.items() if key not in own}
    properties = normaliser.normalise(written)
    # The API server drops an empty map too; who compares would see a difference for ever.
    metadata = {key: value for key, value in (entry.get("metadata") or {}).items() if value}
    return Resource(kind, entry["name"], parent_of(kind, entry), metadata, properties)
