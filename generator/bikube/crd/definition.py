"""The definition of one kind's custom resource, of what Azure's types say of the kind."""

from collections.abc import Sequence
from typing import Any

from bikube.azure import Kind, Schema, all_kinds, has_type, record, schemas
from bikube.crd.structural import structural
from bikube.spec import NAME

DERIVED = "bikube/derived-from"
"""The annotation that tells these definitions from those of Azure IoT Operations."""


def kinds_in(version: str) -> tuple[Kind, ...]:
    """The kinds that API ``version`` has, in the order in which they deploy."""
    return tuple(kind for kind in all_kinds() if has_type(kind.arm_type, version))


def definition(kind: Kind, version: str, served: Sequence[str] = ()) -> Schema:
    """The ``CustomResourceDefinition`` of ``kind`` with the properties that API ``version`` has.

    It serves the group's default version, or those in ``served``, whose first is the stored one.
    """
    custom = kind.custom_resource
    plural = f"{custom.kind.lower()}s"
    body = {"type": "object", "required": ["spec"], "properties": _properties(kind, version)}
    names = served or (custom.version,)
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {
            "name": f"{plural}.{custom.group}",
            "annotations": {DERIVED: _source(kind, version)},
        },
        "spec": {
            "group": custom.group,
            "names": {
                "kind": custom.kind,
                "listKind": f"{custom.kind}List",
                "plural": plural,
                "singular": custom.kind.lower(),
            },
            "scope": "Namespaced",
            "versions": [
                {
                    "name": name,
                    "served": True,
                    "storage": name == names[0],
                    "schema": {"openAPIV3Schema": body},
                }
                for name in names
            ],
        },
    }


def _source(kind: Kind, version: str) -> str:
    return f"{kind.arm_type}@{version} in the types of Bicep CLI {record().bicep}"


def _properties(kind: Kind, version: str) -> dict[str, Schema]:
    loaded = schemas(version)
    spec = structural(loaded["resources"][kind.arm_type], loaded["$defs"])
    for path in kind.documented:
        _add(spec, path)
    if kind.parent is not None and kind.parent.manifest:
        spec["properties"] = {kind.parent.manifest: NAME, **spec["properties"]}
    return {
        "apiVersion": {"type": "string"},
        "kind": {"type": "string"},
        "metadata": {"type": "object", "properties": {"name": NAME}},
        "spec": spec,
    }


def _add(spec: dict[str, Any], path: tuple[str, ...]) -> None:
    """Adds a text that Microsoft documents and Azure's types lack."""
    *parents, name = path
    for parent in parents:
        spec = spec["properties"][parent]
    spec.setdefault("properties", {}).setdefault(name, {"type": "string"})
