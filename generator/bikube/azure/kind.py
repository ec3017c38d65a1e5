"""The shape of a kind: what one section of a spec is in Azure and in the cluster."""

from typing import NamedTuple


class Api(NamedTuple):
    """One of the two APIs that have AIO's resources; ``versions`` is the form of its versions."""

    versions: str


ARM = Api("^[0-9]{4}-[0-9]{2}-[0-9]{2}(-preview)?$")
"""Azure Resource Manager: its versions decide which properties a resource has."""

CLUSTER = Api("^v[0-9]+((alpha|beta)[0-9]+)?$")
"""The API of the Kubernetes cluster, where the resources are custom ones."""


class CustomResource(NamedTuple):
    """Group, kind and default version of a kind in the cluster."""

    group: str
    kind: str
    version: str = "v1"


class Parent(NamedTuple):
    """What resources of a kind are below, where that is not the instance itself.

    ``section`` is that of the parents, and ``ref`` the property of a spec that names one.
    ``manifest`` is what a manifest calls it; empty where a manifest cannot say its parent.
    """

    section: str
    ref: str
    manifest: str = ""


class Reference(NamedTuple):
    """A property by which resources of a kind name one of another kind.

    ``at`` is its path below an entry, where ``*`` is each item of a list or each value of a map,
    and ``section`` that of the resources named. With ``same_parent`` these are below the parent of
    the one that names them. It counts in every API version and variant in which it is written.
    """

    at: tuple[str, ...]
    section: str
    same_parent: bool = False


class PartReference(NamedTuple):
    """A property by which one part of an entry names another, as a graph's connections do nodes.

    ``at`` and ``parts`` are paths as a ``Reference`` has them: where a name stands, and where the
    parts have theirs; ``noun`` is what a part is called. After ``until``, if there is one, comes
    what is no part of the name.
    """

    at: tuple[str, ...]
    parts: tuple[str, ...]
    noun: str
    until: str = ""


class Replacement(NamedTuple):
    """The property ``old`` of some versions is ``new`` in others.

    Where one of the two is a list of what the other has one of, ``only`` is the key of that one.
    """

    old: str
    new: str
    only: str = ""


class Kind(NamedTuple):
    """One kind of AIO resource.

    ``section`` is the key in a spec and ``singular`` its name in symbols and file names.
    ``order`` sorts kinds for deployment: what is referred to comes before what refers.
    ``references`` are all that can be broken; what else a resource names is outside of AIO, or
    in ``part_references``. An instance that is fresh ``has_default`` one, which no spec need
    describe: below the default parent, where the kind has parents.
    ``documented`` are properties that Microsoft's documentation shows and Azure's types lack;
    ``replaced`` says what a removed property became. Where ``exact_variants``, no sample writes
    what chooses a variant in another case than Azure's types, as some do of other kinds.
    """

    section: str
    singular: str
    arm_type: str
    custom_resource: CustomResource
    order: int
    parent: Parent | None = None
    references: tuple[Reference, ...] = ()
    part_references: tuple[PartReference, ...] = ()
    has_default: bool = False
    documented: tuple[tuple[str, ...], ...] = ()
    replaced: tuple[Replacement, ...] = ()
    exact_variants: bool = False
