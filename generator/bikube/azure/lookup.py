"""Finds kinds by section. What is in no spec is not even imported."""

from collections.abc import Container, Mapping
from functools import cache

from bikube import plugins
from bikube.azure.kind import Kind

_RESOURCES = "bikube.azure.kinds"


class KindNotFound(LookupError):
    """No kind has that section."""


@cache
def _files() -> Mapping[str, str]:
    """The plug-in of each section, whose file is called as the section is, in snake case."""
    found = {}
    for name in plugins.names(_RESOURCES):
        first, *others = name.split("-")
        found["".join((first, *(word.capitalize() for word in others)))] = name
    return found


def all_sections() -> tuple[str, ...]:
    """The sections of all kinds, sorted."""
    return tuple(sorted(_files()))


def all_kinds() -> tuple[Kind, ...]:
    """Every kind, in the order in which they deploy."""
    return kinds_of(_files())


def kinds_of(sections: Container[str]) -> tuple[Kind, ...]:
    """The kinds of those of ``sections`` that there are, in the order in which they deploy."""
    kinds = [kind_of(section) for section in _files() if section in sections]
    return tuple(sorted(kinds, key=lambda kind: (kind.order, kind.section)))


@cache
def kind_of(section: str) -> Kind:
    """The kind that ``section`` holds.

    Raises:
        KindNotFound: there is none.
    """
    name = _files().get(section)
    if name is None:
        raise KindNotFound(section)
    kind: Kind = plugins.load(_RESOURCES, name, "KIND")
    return kind
