"""What Azure's types say about the API versions that a spec asks for."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar, Literal

from bikube.azure import all_kinds
from bikube.azure.versions import (
    DEFAULT_VERSION,
    has_type,
    known_versions,
    versions_with,
)
from bikube.diagnostics import Pointer
from bikube.rules.check import Hit
from bikube.spec.model import Spec

_PREVIEW = "-preview"


class ApiVersion:
    """Finds versions that are ``unknown``, that are a ``preview``, or ``without-type``.

    ``unknown`` versions are in none of Azure's types. ``without-type`` is a known version that
    lacks the type of a ``{section}`` in use. ``{nearest}`` is the stable version to use instead.
    """

    fills: ClassVar[tuple[str, ...]] = ("nearest", "section")
    parameters: ClassVar[Mapping[str, Any]] = {
        "type": "object",
        "required": ["finds"],
        "additionalProperties": False,
        "properties": {"finds": {"type": "string", "enum": ["unknown", "preview", "without-type"]}},
    }

    def __init__(self, *, finds: Literal["unknown", "preview", "without-type"]) -> None:
        self._finds = finds

    def search(self, spec: Spec) -> Iterator[Hit]:
        """The versions of that sort, each where it is written."""
        if self._finds == "without-type":
            yield from self._without_type(spec)
            return
        for pointer, version in _written(spec):
            unknown = version not in known_versions()
            if self._finds == "unknown" and unknown:
                yield Hit(pointer, "value", {"nearest": _nearest(spec, pointer, version)})
            elif self._finds == "preview" and version.endswith(_PREVIEW) and not unknown:
                yield Hit(pointer, "value", {"nearest": DEFAULT_VERSION})

    def _without_type(self, spec: Spec) -> Iterator[Hit]:
        written = dict(_written(spec))
        target = ("targets", spec.arm_target)
        for kind in all_kinds():
            version = spec.arm_version(kind)
            lacking = version in known_versions() and not has_type(kind.arm_type, version)
            if kind.section not in spec.tables or not lacking:
                continue
            own = (*target, "apiVersions", kind.section)
            pointer = own if own in written else (*target, "apiVersion")
            values = {"nearest": _stable(versions_with(kind.arm_type))[0], "section": kind.section}
            yield Hit(pointer, "value", values)


def _stable(versions: Iterable[str]) -> list[str]:
    return [version for version in versions if not version.endswith(_PREVIEW)]


def _nearest(spec: Spec, pointer: Pointer, version: str) -> str:
    """The newest stable version that is not later and has the types concerned, else the first."""
    own = spec.arm_versions.per_section
    concerned = (
        {pointer[-1]} if pointer[-1] in own else {each for each in spec.tables if each not in own}
    )
    types = [kind.arm_type for kind in all_kinds() if kind.section in concerned]
    usable = [
        known
        for known in _stable(known_versions())
        if all(has_type(arm_type, known) for arm_type in types)
    ]
    return [usable[0], *(known for known in usable if known <= version)][-1]


def _written(spec: Spec) -> Iterator[tuple[Pointer, str]]:
    """The ARM versions that the spec itself names, with their places."""
    target, chosen = ("targets", spec.arm_target), spec.arm_versions
    if chosen.default is not None:
        yield (*target, "apiVersion"), chosen.default
    for section, version in chosen.per_section.items():
        yield (*target, "apiVersions", section), version


CHECK = ApiVersion
