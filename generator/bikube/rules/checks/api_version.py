"""What Azure's types say about the API versions that a spec asks for."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from bikube.azure import (
    ARM,
    DEFAULT_VERSION,
    PREVIEW,
    Kind,
    has_type,
    is_newer,
    kinds_of,
    known_versions,
    record,
    version_order,
    versions_with,
)
from bikube.diagnostics import Pointer
from bikube.rules.check import Hit, Mention, all_fills, finds_one_of
from bikube.spec import Spec

_FILLS = {
    "newer": ("newest",),
    "not-served": ("release", "served"),
    "old-preview": ("advice", "nearest"),
    "preview": ("advice", "nearest"),
    "unknown": ("nearest",),
    "without-type": ("nearest", "note", "sections", "when"),
}


class ApiVersion:
    """Finds versions of one sort; ``{nearest}`` is the stable version to use instead.

    * ``newer``: later than all that bikube knows, the last of which is ``{newest}``
    * ``unknown``: in none of Azure's types, though these have later ones
    * ``old-preview``: of the time before the first release
    * ``preview``: any other preview; ``{advice}`` is what to do
    * ``without-type``: known, but without the types of ``{sections}`` in use; ``{when}`` says since
      and until when they are there, and where the spec names none, ``{note}`` that it is the
      default
    * ``not-served``: later than ``{served}``, which is the last that the ``{release}`` in
      ``aioVersion`` serves
    """

    fills: ClassVar[tuple[str, ...]] = all_fills(_FILLS)
    fills_by: ClassVar[tuple[str, Mapping[str, tuple[str, ...]]]] = ("finds", _FILLS)
    parameters: ClassVar[Mapping[str, Any]] = finds_one_of(_FILLS)

    def __init__(self, *, finds: str) -> None:
        self._finds = finds

    def search(self, spec: Spec) -> Iterator[Hit]:
        """The versions of that sort, each where it is written."""
        match self._finds:
            case "without-type":
                return _without_type(spec)
            case "not-served":
                return _not_served(spec)
        found = [one for one in _written(spec).items() if _sort(one[1]) == self._finds]
        return (_hit(spec, pointer, version, self._finds) for pointer, version in found)


def _sort(version: str) -> str:
    """What there is to say of ``version`` as such; empty where it is known and stable."""
    if version in known_versions():
        return "preview" if version.endswith(PREVIEW) else ""
    if is_newer(version):
        return "newer"
    return "old-preview" if version in record().older else "unknown"


def _hit(spec: Spec, pointer: Pointer, version: str, sort: str) -> Hit:
    usable = _usable(spec, pointer)
    match sort:
        case "newer":
            return _hit_with(pointer, newest=known_versions()[-1])
        case "unknown":
            earlier = [one for one in usable if version_order(one) <= (version[:10], True)]
            return _hit_with(pointer, nearest=(earlier or usable[:1])[-1])
        case _:
            later = [one for one in usable if version_order(one) > version_order(version)]
            if later:
                return _hit_with(pointer, nearest=later[0], advice=f'write "{later[0]}"')
            advice = f'the last of them so far is "{usable[-1]}"'
            return _hit_with(pointer, nearest=usable[-1], advice=advice)._replace(mendable=False)


def _hit_with(pointer: Pointer, **values: str) -> Hit:
    """A hit with what was found out; one that knows nothing to write instead is not mended."""
    return Hit(pointer, values=values, mendable="nearest" in values)


def _without_type(spec: Spec) -> Iterator[Hit]:
    """One hit for all sections that are there since and until the same versions."""
    written = _written(spec)
    lacking: dict[tuple[Pointer, tuple[str, ...]], list[str]] = {}
    for kind in spec.kinds:
        version = spec.arm_version(kind)
        is_lacking = version in known_versions() and not has_type(kind.arm_type, version)
        if kind.section in spec.tables and is_lacking:
            pointer = _place(spec, kind, written) or (kind.section,)
            key = (pointer, versions_with(kind.arm_type))
            lacking.setdefault(key, []).append(kind.section)
    for (pointer, described), sections in lacking.items():
        hit = _lacking(spec, pointer, described, sections)
        if pointer in written:
            mentions = (Mention((each,), "key", "this one") for each in sections)
            yield hit._replace(mentions=tuple(mentions))
        else:
            note = {"value": DEFAULT_VERSION, "note": ", the default,"}
            yield hit._replace(part="key", values={**hit.values, **note}, mendable=False)


def _lacking(spec: Spec, pointer: Pointer, described: Sequence[str], sections: list[str]) -> Hit:
    # Imported here because most versions have all types.
    from bikube.azure.history import when

    usable = [one for one in _usable(spec, pointer) if one in described]
    *others, last = (f'"{section}"' for section in sections)
    named, there = (
        (f"{', '.join(others)} and {last}", "these types are there")
        if others
        else (last, "that type is there")
    )
    return _hit_with(
        pointer,
        nearest=[*usable, *_stable(described), *described][0],
        note="",
        sections=named,
        when=f"{there} {when(described)}",
    )


def _not_served(spec: Spec) -> Iterator[Hit]:
    release = spec.instance.aio_version
    if not release:
        return
    # Imported here because most specs name no release.
    from bikube.azure.releases import served

    newest = served(release)
    if newest is None:
        return
    versions = {_default(spec): DEFAULT_VERSION, **_written(spec)}
    for pointer, version in versions.items():
        if version_order(version) > version_order(newest):
            place = pointer if pointer in _written(spec) else ("instance", "aioVersion")
            yield _hit_with(place, value=version, served=newest, release=release)


def _stable(versions: Iterable[str]) -> list[str]:
    return [version for version in versions if not version.endswith(PREVIEW)]


def _usable(spec: Spec, pointer: Pointer) -> list[str]:
    """The stable versions that have all types for which the version at ``pointer`` counts."""
    own = spec.arm_versions.per_section
    concerned = (
        {pointer[-1]} if pointer[-1] in own else {each for each in spec.tables if each not in own}
    )
    types = [kind.arm_type for kind in kinds_of(concerned)]
    stable = _stable(known_versions())
    return [
        known for known in stable if all(has_type(arm_type, known) for arm_type in types)
    ] or stable


def _default(spec: Spec) -> Pointer:
    return ("targets", spec.arm_target, "apiVersion")


def _own(spec: Spec, section: str) -> Pointer:
    return ("targets", spec.arm_target, "apiVersions", section)


def _place(spec: Spec, kind: Kind, written: Mapping[Pointer, str]) -> Pointer | None:
    """Where the version of ``kind`` is written, if it is."""
    places = (_own(spec, kind.section), _default(spec))
    return next((place for place in places if place in written), None)


def _written(spec: Spec) -> dict[Pointer, str]:
    """The ARM versions that the spec itself names, by their places.

    A text that is no version is the schema's.
    """
    chosen = spec.arm_versions
    texts = {_own(spec, section): version for section, version in chosen.per_section.items()}
    if chosen.default is not None:
        texts[_default(spec)] = chosen.default
    is_version = re.compile(ARM.versions).search
    return {at: text for at, text in texts.items() if is_version(text)}


CHECK = ApiVersion
