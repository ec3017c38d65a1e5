"""Finds kinds by section."""

from functools import cache

from bikube import plugins
from bikube.azure.kind import Kind

_RESOURCES = "bikube.azure.kinds"


class KindNotFound(LookupError):
    """No kind has that section."""


@cache
def all_kinds() -> tuple[Kind, ...]:
    """Every kind, in the order in which they deploy."""
    kinds = [plugins.load(_RESOURCES, name, "KIND") for name in plugins.names(_RESOURCES)]
    return tuple(sorted(kinds, key=lambda kind: (kind.order, kind.section)))


def kind_of(section: str) -> Kind:
    """The kind that ``section`` holds.

    Raises:
        KindNotFound: there is none.
    """
    for kind in all_kinds():
        if kind.section == section:
            return kind
    raise KindNotFound(section)
