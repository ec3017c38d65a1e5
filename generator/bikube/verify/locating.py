"""Finds the lines of what differs. Only a run that has found something needs them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TypeAlias

from bikube.azure import Kind
from bikube.verify.bicep_text import Declaration, declarations
from bikube.verify.outputs import kind_of_resource
from bikube.verify.places import Lines, Pointer, line_of
from bikube.verify.sides import DEFAULT_PARENT, Difference, Side, Sighting
from bikube.verify.yaml_reader import ReadingFault, read

Texts: TypeAlias = Callable[[str], str]
"""Gives the text of a file by the name that sightings have for it."""

_KEPT = 64
"""Files whose lines are kept while differences are looked up."""


def located(differences: Iterable[Difference], texts: Texts) -> Iterator[Difference]:
    """``differences`` with the line of each sighting."""
    find = _Finder(texts)
    for one in differences:
        where = tuple(
            sighting if sighting.line else sighting._replace(line=find.line(one.resource, sighting))
            for sighting in one.sightings
        )
        yield one._replace(sightings=where)


class _Finder:
    """Knows the lines of the files that were asked for last."""

    def __init__(self, texts: Texts) -> None:
        self._yaml = lru_cache(_KEPT)(lambda file: _yaml_lines(texts(file)))
        self._bicep = lru_cache(_KEPT)(lambda file: _resources(texts(file)))

    def line(self, resource: str, sighting: Sighting) -> int:
        """Where a sighting is, as near as can be told; 0 where nothing can."""
        pointer = sighting.pointer
        if not (pointer or resource):
            return 0
        if sighting.side is Side.BICEP:
            return self._in_bicep(resource, sighting)
        documents: list[Lines] = self._yaml(sighting.file)
        if sighting.side is Side.KUBERNETES:
            index, *rest = pointer
            lines = documents[index] if isinstance(index, int) and index < len(documents) else {}
            return line_of(lines, tuple(rest))
        return line_of(documents[0], _nearest(documents[0], pointer)) if documents else 0

    def _in_bicep(self, resource: str, sighting: Sighting) -> int:
        found: Mapping[str, Lines] = self._bicep(sighting.file)
        lines = found.get(resource)
        if lines is None:
            section, *_, name = resource.split("/")
            near = [one for label, one in found.items() if _is_of(label, section, name)]
            # Two resources of a companion may have one name; a place is in one of them.
            near = near or [one for one in _called(found, name) if sighting.pointer in one]
            lines = near[0] if len(near) == 1 else {}
        return line_of(lines, sighting.pointer)


def _is_of(label: str, section: str, name: str) -> bool:
    return label.startswith(f"{section}/") and label.endswith(f"/{name}")


def _called(found: Mapping[str, Lines], name: str) -> Iterator[Lines]:
    """The lines of resources that are none of AIO's and have this name."""
    return (lines for label, lines in found.items() if label.startswith(f"{name}@"))


def _nearest(lines: Lines, pointer: Pointer) -> Pointer:
    """``pointer``, or for a version that a section does not choose, the one for all sections."""
    match pointer:
        case ("targets", target, "apiVersions", _) if pointer not in lines:
            return ("targets", target, "apiVersion")
        case _:
            return pointer


def _yaml_lines(text: str) -> list[Lines]:
    lines: list[Lines] = []
    try:
        read(text, lines=lines, old=False)
    except ReadingFault:
        return []
    return lines


def _resources(text: str) -> dict[str, Lines]:
    """The lines of a template's resources, by what differences call these.

    Those that are none of AIO's are called by name and symbol.
    """
    declared = {one.symbol: one for one in declarations(text) if one.word == "resource"}
    found: dict[str, Lines] = {}
    for one in declared.values():
        kind = kind_of_resource({"type": one.type.partition("@")[0]})
        if not one.is_existing:
            label = _label(kind, one, declared) if kind is not None else f"{one.name}@{one.symbol}"
            found.setdefault(label, one.lines)
    return found


def _label(kind: Kind, one: Declaration, declared: Mapping[str, Declaration]) -> str:
    parent = declared.get(one.texts.get(("parent",), ""))
    below = ""
    if kind.parent is not None and parent is not None and parent.name != DEFAULT_PARENT:
        below = f"{parent.name}/"
    return f"{kind.section}/{below}{one.name}"
