"""What a spec asks for: the very resource and the very manifest of each entry."""

import pytest

from bikube.compiler import RESOURCE_GROUP, SUBSCRIPTION
from bikube.verify.sides import Side
from bikube.verify.wanted import wanted
from bikube.verify.yaml_reader import ReadingFault

SCOPE = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/{RESOURCE_GROUP}/providers"
SPEC = """\
bikube: v1
instance: {name: aio-a, customLocation: cl-a}
x-shared: &operations
  - {operationType: Source, sourceSettings: null}
dataflowProfiles:
  - {name: p, instanceCount: 1}
dataflows:
  - name: d
    profileRef: p
    mode: null
    metadata: {labels: {on: off}, annotations: {}}
    operations: *operations
registryEndpoints:
  - {name: r, host: abc.azurecr.io, authentication: {method: anonymous, more: null}}
"""


def test_all_of_an_entry_is_worked_out() -> None:
    """Versions, places and parents come from the spec, or are what bikube promises without it."""
    found = wanted("bikube.yaml", SPEC)
    by_name = {one.reading.name: one for one in found.entries}
    flow = by_name["d"]

    assert (found.file, found.instance, list(by_name)) == ("bikube.yaml", "aio-a", ["r", "p", "d"])
    assert flow.reading.start == ("dataflows", 0)
    assert (flow.reading.parent, by_name["p"].reading.parent) == ("p", None)
    assert flow.own == {
        Side.BICEP: {
            "id": f"{SCOPE}/Microsoft.IoTOperations/instances/aio-a/dataflowProfiles/p/dataflows/d",
            "type": "Microsoft.IoTOperations/instances/dataflowProfiles/dataflows",
            "name": "aio-a/p/d",
            "apiVersion": "2025-10-01",
            "extendedLocation": {
                "name": f"{SCOPE}/Microsoft.ExtendedLocation/customLocations/cl-a",
                "type": "CustomLocation",
            },
        },
        Side.KUBERNETES: {
            "apiVersion": "connectivity.iotoperations.azure.com/v1",
            "kind": "Dataflow",
            "metadata": {
                "name": "d",
                "namespace": "azure-iot-operations",
                "labels": {"on": "off"},
            },
        },
    }


def test_properties_are_as_both_outputs_have_them() -> None:
    """What is null is not set where the types know it, and settings that may be empty are there."""
    by_name = {one.reading.name: one.reading.properties for one in wanted("x", SPEC).entries}

    assert by_name == {
        "d": {"operations": [{"operationType": "Source"}]},
        "p": {"instanceCount": 1},
        "r": {
            "host": "abc.azurecr.io",
            "authentication": {"method": "anonymous", "anonymousSettings": {}},
        },
    }


def test_versions_are_chosen_by_section() -> None:
    """A section's own version goes before that of the target, and that before the default."""
    targets = (
        "targets:\n"
        "  bicep: {apiVersion: 2026-03-01, apiVersions: {dataflows: 2026-07-01}}\n"
        "  kubernetes: {apiVersion: v3, apiVersions: {dataflows: v2beta1}}\n"
    )
    found = wanted("x", SPEC + targets)
    sides = (Side.BICEP, Side.KUBERNETES)
    chosen = {
        one.reading.name: tuple(one.own[side]["apiVersion"] for side in sides)
        for one in found.entries
    }

    assert chosen == {
        "r": ("2026-03-01", "connectivity.iotoperations.azure.com/v3"),
        "p": ("2026-03-01", "connectivity.iotoperations.azure.com/v3"),
        "d": ("2026-07-01", "connectivity.iotoperations.azure.com/v2beta1"),
    }
    assert found.versions["Microsoft.IoTOperations/instances"] == "2026-03-01"


def test_a_custom_location_may_be_an_id() -> None:
    """An id of another resource group stays what it is."""
    location = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ExtendedLocation/x/y"
    (first, *_) = wanted("x", SPEC.replace("cl-a", location)).entries

    assert first.own[Side.BICEP]["extendedLocation"]["name"] == location


@pytest.mark.parametrize("text", ["", "- a\n", "a: 1\n---\nb: 1\n", "a: [\n"])
def test_what_is_no_spec_is_a_fault(text: str) -> None:
    """One map is expected."""
    with pytest.raises(ReadingFault):
        wanted("x", text)
