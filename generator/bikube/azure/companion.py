"""The shape of a companion: a section of a spec whose entries are no resources of AIO.

They are what people do beside the instance before its resources work. A companion has no API
versions of AIO and no parent, and only some outputs have it: see ADR 9.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple


class Companion(NamedTuple):
    """One section, and what its entries are.

    ``section`` is the key in a spec; ``order`` sorts companions among each other. ``entry`` is the
    JSON Schema of one entry: our own, as strict as Azure's types allow. ``identify`` says what
    makes an entry the one it is, in lower case where Azure minds no case: two that have the same
    would be one. It is given whatever the author wrote, and says nothing where that is not enough.
    ``types`` are those of the resources that outputs have for it, with their API versions.
    ``existing`` is the JSON Schema of what a spec names below that word in this section: what is
    there and not described; without it, nothing can be named. There are no more than ``most``
    entries, which is what outputs have room for.
    """

    section: str
    order: int
    entry: Mapping[str, Any]
    identify: Callable[[Mapping[str, Any]], tuple[str, ...]]
    types: tuple[str, ...] = ()
    existing: Mapping[str, Any] | None = None
    most: int = 1000


def by_name(entry: Mapping[str, Any]) -> tuple[str, ...]:
    """The identity of an entry that nothing but its name tells from others."""
    name = entry.get("name")
    return (name,) if isinstance(name, str) and name else ()
