"""Finds kinds and companions by section. What is in no spec is not even imported."""

from collections.abc import Container, Mapping
from functools import cache
from typing import TYPE_CHECKING

from bikube import plugins
from bikube.azure.kind import Kind

if TYPE_CHECKING:
    from bikube.azure.companion import Companion

_RESOURCES = "bikube.azure.kinds"
_COMPANIONS = "bikube.azure.companions"


class KindNotFound(LookupError):
    """No kind has that section."""


@cache
def _files(package: str) -> Mapping[str, str]:
    """The plug-in of each section."""
    return plugins.by_section(package)


def kind_sections() -> tuple[str, ...]:
    """The sections of all kinds, sorted."""
    return tuple(sorted(_files(_RESOURCES)))


def all_kinds() -> tuple[Kind, ...]:
    """Every kind, in the order in which they deploy."""
    return kinds_of(_files(_RESOURCES))


def kinds_of(sections: Container[str]) -> tuple[Kind, ...]:
    """The kinds of those of ``sections`` that there are, in the order in which they deploy."""
    kinds = [kind_of(section) for section in _files(_RESOURCES) if section in sections]
    return tuple(sorted(kinds, key=lambda kind: (kind.order, kind.section)))


@cache
def kind_of(section: str) -> Kind:
    """The kind that ``section`` holds.

    Raises:
        KindNotFound: there is none.
    """
    name = _files(_RESOURCES).get(section)
    if name is None:
        raise KindNotFound(section)
    kind: Kind = plugins.load(_RESOURCES, name, "KIND")
    return kind


def companion_sections() -> tuple[str, ...]:
    """The sections that are no kinds', sorted."""
    return tuple(sorted(_files(_COMPANIONS)))


def all_sections() -> tuple[str, ...]:
    """The sections of all kinds, and behind them those of companions."""
    return (*kind_sections(), *companion_sections())


def all_companions() -> "tuple[Companion, ...]":
    """Every companion, in their order."""
    return companions_of(_files(_COMPANIONS))


def companions_of(sections: Container[str]) -> "tuple[Companion, ...]":
    """The companions of those of ``sections`` that are no kinds', in their order."""
    found: list[Companion] = [
        plugins.load(_COMPANIONS, name, "COMPANION")
        for section, name in _files(_COMPANIONS).items()
        if section in sections
    ]
    return tuple(sorted(found, key=lambda one: (one.order, one.section)))
