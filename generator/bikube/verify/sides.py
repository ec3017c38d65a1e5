"""What each side says of a resource, in one shape: the spec, the Bicep, the manifests."""

from collections.abc import Mapping
from enum import Enum
from typing import Any, NamedTuple

from bikube.azure import Kind
from bikube.verify.places import Pointer

DEFAULT_PARENT = "default"
"""The parent of a resource that names none, or whose manifest cannot."""


class Side(Enum):
    """Who says something."""

    SPEC = "spec"
    BICEP = "bicep"
    KUBERNETES = "kubernetes"


class Reading(NamedTuple):
    """A resource as one side says it; ``file`` and ``start`` are where.

    ``parent`` is ``None`` where the kind has no parents. ``own`` is all that this side alone says.
    """

    side: Side
    file: str
    kind: Kind
    name: str
    parent: object
    properties: object
    own: Mapping[str, Any]
    start: Pointer = ()

    @property
    def label(self) -> str:
        """What a person calls it."""
        below = f"{self.parent}/" if self.parent not in {None, DEFAULT_PARENT} else ""
        return f"{self.kind.section}/{below}{self.name}"


class Sighting(NamedTuple):
    """What a side says at one place; ``line`` is 0 until it is looked up, or where none is."""

    side: Side
    file: str
    pointer: Pointer
    value: object
    line: int = 0


class Difference(NamedTuple):
    """One point that is not as it should be: ``path`` below the resource, and what each side says.

    ``resource`` is empty where a whole file is meant.
    """

    resource: str
    path: str
    message: str
    sightings: tuple[Sighting, ...]
