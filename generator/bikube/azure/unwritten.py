"""What Azure has below an instance that no section of a spec is for."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from bikube.azure.lookup import all_kinds
from bikube.azure.versions import known_versions, schemas, versions_with

INSTANCES = "Microsoft.IoTOperations/instances"
"""The resource type that all others are below."""
_OF_RESOURCE = frozenset({"identity", "location", "tags"})
"""Properties that stand beside the ``properties`` of the instance."""


class Unwritten(NamedTuple):
    """A resource type without a section.

    ``name`` is what ARM calls it, and ``parent`` the section of what it is below; empty if that is
    the instance, or has no section either. Of what is ``read_only`` there is nothing to write.
    ``versions`` are those that have it, oldest first; ``type`` is its full name.
    """

    name: str
    parent: str
    read_only: bool
    versions: tuple[str, ...]
    type: str


def unwritten(name: str) -> Unwritten | None:
    """The type that a section called ``name`` is meant for, if it is one that has no section."""
    return _by_name().get(name.lower())


def unwritten_names() -> tuple[str, ...]:
    """What ARM calls the types without a section, sorted."""
    return tuple(sorted({one.name for one in _by_name().values()}))


@cache
def instance_properties() -> frozenset[str]:
    """All that Azure knows of an instance, in any version."""
    loaded = [schemas(version) for version in known_versions()]
    found = [one["$defs"][_referred(one["resources"][INSTANCES])]["properties"] for one in loaded]
    return _OF_RESOURCE.union(*found)


@cache
def _by_name() -> dict[str, Unwritten]:
    return {name.lower(): one for one in _all() for name in _names(one)}


def _all() -> Iterator[Unwritten]:
    sections = {kind.arm_type: kind.section for kind in all_kinds()}
    types = {one for version in known_versions() for one in schemas(version)["resources"]}
    for arm_type in sorted(types - sections.keys() - {INSTANCES}):
        above, _, name = arm_type.rpartition("/")
        versions = versions_with(arm_type)
        read_only = _is_read_only(arm_type, versions[-1])
        yield Unwritten(name, sections.get(above, ""), read_only, versions, arm_type)


def _names(one: Unwritten) -> Iterator[str]:
    """What a section for it may be called: as ARM does, below its parent, or for one alone."""
    yield from (one.name, one.name.removesuffix("s"))
    if one.parent:
        family = re.match("[a-z]*", one.parent)
        plural = f"{family[0] if family else ''}{one.name[:1].upper()}{one.name[1:]}"
        yield from (f"{one.parent}/{one.name}", plural, plural.removesuffix("s"))


def _is_read_only(arm_type: str, version: str) -> bool:
    loaded = schemas(version)
    members = loaded["$defs"][_referred(loaded["resources"][arm_type])]["properties"]
    return all(member.get("readOnly") for member in members.values())


def _referred(schema: dict[str, str]) -> str:
    return schema["$ref"].removeprefix("#/$defs/")
