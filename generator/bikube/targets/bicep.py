"""Bicep: one template for the instance, or several where Azure's limits ask for it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from bikube.biceptext import compiled_size, linter_codes, string
from bikube.diagnostics import Pointer
from bikube.kinds import Kind, kind_of
from bikube.kinds.versions import DEFAULT_VERSION, has_type
from bikube.model import Project
from bikube.partition import Item, partition
from bikube.rendering import HEADER, Job, RenderedFile, template
from bikube.resources import Resource

_INSTANCE = "Microsoft.IoTOperations/instances"
_NO_TYPES = "BCP081"
_DECOMPILED = "decompiler-cleanup"
_OVERHEAD = 700
"""Bytes of a compiled resource without its properties: type, name, location, at their longest."""
_PROPERTIES_INDENT = 6


class _Symbol(NamedTuple):
    """A resource as the template writes it."""

    symbol: str
    type: str
    parent: str
    name: str
    codes: tuple[str, ...]
    name_codes: tuple[str, ...]
    properties: Mapping[str, Any] = {}
    property_codes: Mapping[Pointer, str] = {}


def render(job: Job) -> Iterator[RenderedFile]:
    """``main.bicep``; past the limits ``main-01-….bicep`` and so on, which deploy in name order."""
    items = [_item(resource) for resource in job.resources]
    for part in partition(items):
        text = _text(job, [job.resources[index] for index in part.members])
        yield RenderedFile(f"{part.name}.bicep", text.encode())


def _item(resource: Resource) -> Item:
    kind = resource.kind
    return Item(
        stage=kind.order,
        label=kind.section.lower(),
        identity=f"{kind.section}/{resource.parent or ''}/{resource.name}",
        parent=f"{kind.parent}/{resource.parent}" if kind.parent is not None else None,
        size=_OVERHEAD + compiled_size(resource.properties, _PROPERTIES_INDENT),
    )


def _text(job: Job, resources: Sequence[Resource]) -> str:
    project = job.project
    location = project.instance.custom_location
    is_id = location.startswith("/")
    version = project.bicep.default or DEFAULT_VERSION
    return template("bicep/main.bicep.j2").render(
        header=HEADER + job.spec,
        instance=project.instance.name,
        instance_version=version,
        instance_codes=_codes(_INSTANCE, version),
        custom_location_id=location if is_id else "",
        custom_location_name=location,
        custom_location_codes=linter_codes(string(location)),
        parents=_parents(project, resources),
        resources=[_symbol(project, resource) for resource in resources],
    )


def _parents(project: Project, resources: Sequence[Resource]) -> list[_Symbol]:
    """The parents that these resources have and that are not among them."""
    here = {(one.kind.section, one.name) for one in resources}
    wanted = {(one.kind.parent, one.parent) for one in resources if one.parent is not None}
    parents = []
    for section, name in sorted((str(section), str(name)) for section, name in wanted - here):
        kind = kind_of(section)
        parents.append(_declared(project, kind, symbol_name(kind, name, None), name))
    return parents


def _codes(arm_type: str, version: str) -> tuple[str, ...]:
    return () if has_type(arm_type, version) else (_NO_TYPES,)


def _symbol(project: Project, resource: Resource) -> _Symbol:
    kind = resource.kind
    symbol = symbol_name(kind, resource.name, resource.parent)
    declared = _declared(project, kind, symbol, resource.name)
    if resource.parent is not None and kind.parent is not None:
        parent = symbol_name(kind_of(kind.parent), resource.parent, None)
        declared = declared._replace(parent=parent)
    return declared._replace(properties=resource.properties, property_codes=resource.codes)


def _declared(project: Project, kind: Kind, symbol: str, name: str) -> _Symbol:
    """A resource of the instance, without properties."""
    version = project.arm_version(kind)
    return _Symbol(
        symbol=symbol,
        type=f"{kind.arm_type}@{version}",
        parent="instance",
        name=name,
        codes=_codes(kind.arm_type, version),
        # A symbol that ends so looks to the linter as if the decompiler had made it.
        name_codes=(_DECOMPILED,) if symbol.endswith("_resource") else (),
    )


def symbol_name(kind: Kind, name: str, parent: str | None) -> str:
    """The Bicep symbol of a resource; names have no capitals and no ``_``, so it is unique."""
    symbol = f"{kind.singular}_{name.replace('-', '_')}"
    if parent not in (None, "default"):
        symbol += f"_In_{str(parent).replace('-', '_')}"
    return symbol


TARGET = render
