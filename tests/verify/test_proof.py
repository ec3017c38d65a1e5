"""A proof counts what it compares, and names what it does not."""

from typing import Any

import pytest

from bikube.compiler import Evaluated
from bikube.verify import Side, prove
from bikube.verify.manifests import Folder, Manifest

NOTHING = "the two have no resource in common"


def apart(*resources: dict[str, Any], manifests: tuple[dict[str, Any], ...] = ()) -> list[str]:
    """What is named of resources and manifests that are of no kind of bikube's."""
    folder = Folder(tuple(Manifest("a.yaml", 0, one) for one in manifests), ())
    evaluated = [Evaluated("main.bicep", resources)] if resources else []
    proof = prove(evaluated, folder)
    assert proof.total == (0, 0, 0, 0)
    said = [f"difference: {one.message}" for one in proof.differences if one.message != NOTHING]
    return [*said, *(f"{side.value}: {what}" for side, _, what in proof.apart)]


@pytest.mark.parametrize(
    ("type_", "name", "said"),
    [
        ("Microsoft.IoTOperations/instances", "a", "bicep: Microsoft.IoTOperations/instances a"),
        ("Microsoft.Storage/accounts", "a", "bicep: Microsoft.Storage/accounts a"),
        (
            "Microsoft.IoTOperations/instances/akriServices",
            "a/b",
            "difference: Microsoft.IoTOperations/instances/akriServices a/b cannot be compared",
        ),
    ],
)
def test_other_types_are_named(type_: str, name: str, said: str) -> None:
    """One of AIO that no manifest can have cannot be passed over; the instance itself can."""
    assert apart({"type": type_, "name": name}) == [said]


def test_other_kinds_are_named() -> None:
    """One of AIO's groups cannot be passed over; one of another group is named."""
    secret = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}}
    other = {"apiVersion": "mqttbroker.iotoperations.azure.com/v1", "kind": "Bridge"}

    assert apart(manifests=(secret, other)) == [
        "difference: mqttbroker.iotoperations.azure.com/v1 Bridge None cannot be compared",
        f"{Side.KUBERNETES.value}: v1 Secret s",
    ]


def test_what_does_not_compile_is_named_with_its_line() -> None:
    """A template that cannot be evaluated proves nothing, nor does one without resources."""
    files = [Evaluated("a.bicep", faults=((3, "no"),)), Evaluated("b.bicep")]
    found = prove(files, None).differences

    assert [(one.message, [where.line for where in one.sightings]) for one in found] == [
        ("this cannot be evaluated: no", [3]),
        ("it describes no resource", [0]),
        (NOTHING, []),
    ]
