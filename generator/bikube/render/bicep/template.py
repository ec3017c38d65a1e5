"""One template for the instance, or several where Azure's limits ask for it."""

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from bikube.azure import Kind, kind_of
from bikube.azure.template_size import compiled_size
from bikube.render.bicep.codes import linter_codes
from bikube.render.bicep.literals import Expressions, literal, string
from bikube.render.bicep.partition import Item, partition
from bikube.render.bicep.warnings import Warnings, type_codes
from bikube.render.target import Job
from bikube.render.templates import template
from bikube.spec import Identity, Spec
from bikube.spec.references import names_below, texts_below
from bikube.spec.resources import Resource

_INSTANCE_TYPE = "Microsoft.IoTOperations/instances"
_INSTANCE = "instance"
"""The symbol of the instance."""
_DECOMPILED = "decompiler-cleanup"
_OVERHEAD = 700
"""Bytes of a compiled resource without its properties: type, name, location, at their longest."""
_DEPENDENCY = 80
"""Bytes of a line in "dependsOn" without type and names."""
_INDENT = 2
_COMPILED_INDENT = 6
"""That of a resource's properties in a compiled template."""


class _Type(NamedTuple):
    """A resource type with its API version, and what the compiler says of the two."""

    text: str
    codes: tuple[str, ...]


class _Symbol(NamedTuple):
    """A resource as the template writes it; its parent is a symbol, its properties a literal."""

    symbol: str
    type: _Type
    parent: str
    name: str
    properties: str = ""

    @property
    def name_codes(self) -> tuple[str, ...]:
        """What the linter says of the line with the name."""
        # A symbol that ends so looks to it as if the decompiler had made it.
        return (_DECOMPILED,) if self.symbol.endswith("_resource") else ()


def render(job: Job) -> Iterator[tuple[str, str]]:
    """``main.bicep``; past the limits ``main-01-….bicep`` and so on before it, in name order.

    What companions have comes last, in files of their own.
    """
    for part in partition(list(map(item, job.resources))) if job.resources else ():
        resources = [job.resources[index] for index in part.members]
        yield f"{part.name}.bicep", _text(job.spec, resources)
    yield from job.beside("bikube.render.bicep.companions")


def item(resource: Resource) -> Item:
    """What partitioning has to know of ``resource``."""
    kind = resource.kind
    return Item(
        stage=kind.order,
        label=kind.section.lower(),
        identity=f"{kind.section}/{resource.parent or ''}/{resource.name}",
        parent=f"{kind.parent.section}/{resource.parent}" if kind.parent is not None else None,
        size=_OVERHEAD
        + compiled_size(resource.properties, _COMPILED_INDENT)
        + sum(_dependency_size(one) for one in _needed(resource)),
    )


def _needed(resource: Resource) -> Iterator[tuple[str, Identity]]:
    """What ``resource`` may have to wait for: some of it twice, or not here."""
    kind = resource.kind
    if kind.parent is not None:
        yield kind.parent.section, (str(resource.parent),)
    for reference in kind.references:
        above = (str(resource.parent),) if reference.same_parent else ()
        for name in texts_below(resource.properties, reference.at):
            yield reference.section, (*above, name)


def _dependency_size(needed: tuple[str, Identity]) -> int:
    """No fewer bytes than it takes in a compiled template to wait for what is ``needed``."""
    section, identity = needed
    return _DEPENDENCY + len(kind_of(section).arm_type) + sum(map(len, identity))


def _text(spec: Spec, resources: Sequence[Resource]) -> str:
    location = spec.instance.custom_location
    is_id = location.startswith("/")
    return template("bicep/main.bicep.j2", bicep=literal).render(
        instance=spec.instance.name,
        instance_type=_type(_INSTANCE_TYPE, spec.arm_version()),
        custom_location_id=location if is_id else "",
        custom_location_name=location,
        custom_location_codes=linter_codes(string(location)),
        parents=_parents(spec, resources),
        resources=list(_symbols(spec, resources)),
    )


def _parents(spec: Spec, resources: Sequence[Resource]) -> list[_Symbol]:
    """The parents that these resources have and that are not among them."""
    here = {(one.kind.section, one.name) for one in resources}
    wanted = {(one.kind.parent.section, str(one.parent)) for one in resources if one.kind.parent}
    parents = []
    for section, name in sorted(wanted - here):
        kind = kind_of(section)
        symbol = symbol_name(kind, name, None)
        parents.append(_Symbol(symbol, _versioned(spec, kind), _INSTANCE, name))
    return parents


def _versioned(spec: Spec, kind: Kind) -> _Type:
    return _type(kind.arm_type, spec.arm_version(kind))


def _type(arm_type: str, version: str) -> _Type:
    return _Type(f"{arm_type}@{version}", type_codes(arm_type, version))


def _symbols(spec: Spec, resources: Sequence[Resource]) -> Iterator[_Symbol]:
    here: dict[str, set[Identity]] = {}
    for one in resources:
        here.setdefault(one.kind.section, set()).add(one.identity)
    for kind, group in groupby(resources, key=attrgetter("kind")):
        arm_type = _versioned(spec, kind)
        warnings = Warnings(kind, spec.arm_version(kind))
        above = kind_of(kind.parent.section) if kind.parent is not None else None
        for one in group:
            symbol = symbol_name(kind, one.name, one.parent)
            parent = symbol_name(above, one.parent, None) if above and one.parent else _INSTANCE
            codes = warnings.codes(one.properties)
            properties = literal(one.properties, _INDENT, codes, _references(one, here))
            yield _Symbol(symbol, arm_type, parent, one.name, properties)


def _references(resource: Resource, here: Mapping[str, Container[Identity]]) -> Expressions:
    """What is written in place of names of resources that are ``here``, in the same template.

    It is the same name, and the compiler sees what to wait for.
    """
    found = {}
    for reference in resource.kind.references:
        if reference.section not in here:
            continue
        kind, others = kind_of(reference.section), here[reference.section]
        parent = resource.parent if reference.same_parent else None
        for path, name in names_below(resource.properties, reference.at):
            if ((name,) if parent is None else (parent, name)) in others:
                found[path] = f"{symbol_name(kind, name, parent)}.name"
    return found


def symbol_name(kind: Kind, name: str, parent: str | None) -> str:
    """The Bicep symbol of a resource; names have no capitals and no ``_``, so it is unique."""
    symbol = f"{kind.singular}_{name.replace('-', '_')}"
    if parent not in (None, "default"):
        symbol += f"_In_{str(parent).replace('-', '_')}"
    return symbol
