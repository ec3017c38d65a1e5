"""The differences that are allowed: what one side says and another does not. All else is equal.

This is the only list of them. What an output says alone is still held to the spec, where there is
one. The documentation shows the same table.
"""

from typing import NamedTuple

from bikube.verify.places import Pointer
from bikube.verify.sides import Side


class Allowed(NamedTuple):
    """What ``side`` alone says at ``path``, why the others do not, and what the spec says of it."""

    side: Side
    path: Pointer
    why: str
    spec: str


ALLOWED = (
    Allowed(
        Side.BICEP,
        ("id",),
        "a cluster has no ids of Azure",
        "made of `instance.name`, the parent and the name",
    ),
    Allowed(
        Side.BICEP,
        ("type",),
        "a manifest says kind and group instead",
        "the type of the section",
    ),
    Allowed(
        Side.BICEP,
        ("name",),
        "a manifest has the last part in `metadata.name`; a cluster holds one instance",
        "`instance.name`, the parent and the name",
    ),
    Allowed(
        Side.BICEP,
        ("apiVersion",),
        "each side has versions of its own",
        "`targets.bicep`, else bikube's default",
    ),
    Allowed(
        Side.BICEP,
        ("extendedLocation",),
        "a cluster is in no custom location; it is one",
        "`instance.customLocation`",
    ),
    Allowed(
        Side.KUBERNETES,
        ("apiVersion",),
        "each side has versions of its own",
        "`targets.kubernetes`, else the default of the kind",
    ),
    Allowed(Side.KUBERNETES, ("kind",), "Azure says it by the type", "the kind of the section"),
    Allowed(
        Side.KUBERNETES,
        ("metadata", "name"),
        "Azure has it in `name`, as the last part",
        "the name of the entry",
    ),
    Allowed(
        Side.KUBERNETES,
        ("metadata", "namespace"),
        "Azure has no namespaces",
        "`instance.namespace`, else `azure-iot-operations`",
    ),
    Allowed(
        Side.KUBERNETES,
        ("metadata", "labels"),
        "Azure has tags instead, and not on these types",
        "`metadata.labels` of the entry; an empty map is left out",
    ),
    Allowed(
        Side.KUBERNETES,
        ("metadata", "annotations"),
        "Azure has nothing like them",
        "`metadata.annotations` of the entry; an empty map is left out",
    ),
    Allowed(
        Side.BICEP,
        ("parent",),
        "the manifests of authentications and authorizations have no place for their broker",
        "`brokerRef`; where it is not `default`, a run names the resource",
    ),
    Allowed(
        Side.SPEC,
        ("null",),
        "a property that Azure's types know and that is `null` is not set",
        "left out of both outputs",
    ),
    Allowed(
        Side.SPEC,
        ("{}",),
        "settings that Azure requires, and that may be empty, may be left out of a spec",
        "`{}` in both outputs",
    ),
)


def is_own(side: Side, path: Pointer) -> bool:
    """Whether ``side`` may say something at ``path``, or below or above it, that others do not."""
    return any(
        one.side is side and one.path[: len(path)] == path[: len(one.path)] for one in ALLOWED
    )
