"""Differences get the lines of their places, or of the nearest thing around them."""

import pytest

from bikube.verify import Difference, Side, Sighting, located

BICEP = """\
resource instance 'Microsoft.IoTOperations/instances@2025-10-01' existing = {
  name: 'aio-a'
}
resource profile 'Microsoft.IoTOperations/instances/dataflowProfiles@2025-10-01' = {
  parent: instance
  name: 'heavy'
  properties: {
    instanceCount: 2
  }
}
resource flow 'Microsoft.IoTOperations/instances/dataflowProfiles/dataflows@2025-10-01' = {
  parent: profile
  name: 'uplink'
}
resource class_pull 'Microsoft.A/classes@2025-10-01' = {
  name: 'pull'
  properties: { objects: 'x' }
}
resource sync_pull 'Microsoft.A/syncs@2025-10-01' = {
  name: 'pull'
  properties: { type: 'x' }
}
"""
SPEC = """\
targets:
  bicep:
    apiVersion: 2025-10-01
dataflowProfiles:
  - name: heavy
"""
TEXTS = {"main.bicep": BICEP, "bikube.yaml": SPEC, "a.yaml": "a: 1\n---\nspec:\n  b: 2\n", "x": "["}


@pytest.mark.parametrize(
    ("resource", "sighting", "line"),
    [
        ("dataflowProfiles/heavy", (Side.BICEP, "main.bicep", ("properties", "instanceCount")), 8),
        ("dataflowProfiles/heavy", (Side.BICEP, "main.bicep", ("properties", "x", 1)), 7),
        ("dataflowProfiles/heavy", (Side.BICEP, "main.bicep", ()), 4),
        ("dataflows/heavy/uplink", (Side.BICEP, "main.bicep", ("parent",)), 12),
        ("dataflows/other/uplink", (Side.BICEP, "main.bicep", ("parent",)), 12),
        ("dataflows/heavy/gone", (Side.BICEP, "main.bicep", ("parent",)), 0),
        ("pullSecrets/pull", (Side.BICEP, "main.bicep", ("properties", "objects")), 17),
        ("pullSecrets/pull", (Side.BICEP, "main.bicep", ("properties", "type")), 21),
        ("pullSecrets/pull", (Side.BICEP, "main.bicep", ("properties",)), 0),
        ("pullSecrets/other", (Side.BICEP, "main.bicep", ("properties", "type")), 0),
        ("a", (Side.SPEC, "bikube.yaml", ("targets", "bicep", "apiVersions", "brokers")), 3),
        ("a", (Side.SPEC, "bikube.yaml", ("targets", "kubernetes", "apiVersions", "brokers")), 1),
        ("a", (Side.SPEC, "bikube.yaml", ("dataflowProfiles", 0, "name")), 5),
        ("a", (Side.SPEC, "x", ("dataflowProfiles", 0)), 0),
        ("a", (Side.KUBERNETES, "a.yaml", (1, "spec", "b")), 4),
        ("a", (Side.KUBERNETES, "a.yaml", (1, "spec", "c")), 3),
        ("a", (Side.KUBERNETES, "a.yaml", (7, "spec")), 0),
        ("", (Side.KUBERNETES, "a.yaml", ()), 0),
    ],
)
def test_a_place_has_its_line(
    resource: str, sighting: tuple[Side, str, tuple[str | int, ...]], line: int
) -> None:
    """What is not there is where it would be; a version for all sections stands for each."""
    where = Sighting(*sighting, value=None)
    (found,) = located([Difference(resource, "", "x", (where,))], TEXTS.__getitem__)

    assert found.sightings[0].line == line


def test_a_line_that_is_known_is_kept() -> None:
    """The compiler's own lines are not looked up again."""
    where = Sighting(Side.BICEP, "gone", (), None, 7)

    assert list(located([Difference("a", "", "x", (where,))], TEXTS.__getitem__)) == [
        Difference("a", "", "x", (where,))
    ]
