"""The proof bites: equal outputs pass, and one step away from them every output is objected to."""

import json
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from tests.proof.bicep_rpc import BicepRpc
from tests.proof.compare import Difference, compare
from tests.proof.data import mismatches
from tests.proof.evaluate import EvaluationError, Resource, evaluate, templates
from tests.proof.kinds import PAIRS
from tests.proof.manifests import Manifest, ManifestError, kustomize, read_folder, read_text
from tests.proof.mutate import TWIN, bicep_mutants, mutants, yaml_mutants

from bikube.azure import Kind, all_kinds
from bikube.verify.sides import Side

# Other tests enter this code too; to count branches would double what so many cases take.
pytestmark = pytest.mark.no_cover

pytest_plugins = ["tests.proof.fixtures"]

SAMPLE = Path(__file__).parent / "sample"
TEMPLATE = SAMPLE / "bicep" / "main.bicep"
KUBERNETES = SAMPLE / "kubernetes"

# The resources that change when the declaration of a symbol does.
NAMES = {
    "broker_default": {"brokerListeners edge", "brokerAuthentications devices"},
    "dataflowProfile_default": {"dataflowGraphs alarms"},
    "registryEndpoint_anonymous": {"registryEndpoints anonymous"},
    "registryEndpoint_pull_secret": {"registryEndpoints pull-secret"},
    "registryEndpoint_system": {"registryEndpoints system"},
    "registryEndpoint_user": {"registryEndpoints user"},
    "dataflowProfile_heavy": {"dataflowProfiles heavy"},
    "dataflow_uplink_In_heavy": {"dataflows uplink"},
    "dataflowGraph_alarms": {"dataflowGraphs alarms"},
    "brokerListener_edge": {"brokerListeners edge"},
    "brokerAuthentication_devices": {"brokerAuthentications devices"},
    TWIN: {f"{kind.section} {TWIN}" for kind in all_kinds()},
}
_TYPES = {kind.arm_type: kind for kind in all_kinds()}
_KINDS = {kind.custom_resource.kind: kind for kind in all_kinds()}


def kind_of(data: dict[str, Any]) -> Kind:
    """The kind of a resource or of a manifest."""
    return _TYPES[data["type"]] if "type" in data else _KINDS[data["kind"]]


def known(data: dict[str, Any]) -> str:
    """What a resource or a manifest is known by: its section and its name."""
    name = data["name"].split("/")[-1] if "type" in data else data["metadata"]["name"]
    return f"{kind_of(data).section} {name}"


@pytest.fixture(scope="session")
def manifests() -> tuple[Manifest, ...]:
    """The sample's manifests."""
    return read_folder(KUBERNETES)


@pytest.fixture(scope="session")
def resources() -> tuple[Resource, ...]:
    """The sample's resources as the compiler evaluates them, written down to need no compiler."""
    written = json.loads((SAMPLE / "evaluated.json").read_text(encoding="utf-8"))
    return tuple(Resource(TEMPLATE.name, data) for data in written)


def _data(resources: tuple[Resource, ...]) -> list[dict[str, Any]]:
    return [resource.data for resource in resources]


def named(differences: list[Difference]) -> set[str]:
    """The resources that the differences name, without their parents."""
    labels = [one.resource.split("/") for one in differences]
    return {f"{label[0]} {label[-1]}" for label in labels}


def test_the_package_knows_the_pairs_of_types_and_kinds() -> None:
    """The kinds of the package are those of Microsoft's pages, as this folder has them."""
    known = {
        (
            kind.arm_type,
            kind.custom_resource.group,
            kind.custom_resource.kind,
            (kind.parent.manifest or None) if kind.parent else None,
        )
        for kind in all_kinds()
    }

    assert known == set(map(tuple, PAIRS))


def test_compiler_evaluates_the_sample_to_the_resources_written_down(
    bicep: BicepRpc, resources: tuple[Resource, ...]
) -> None:
    """The resources that the other tests change are what the real compiler makes of the sample."""
    evaluated = evaluate(bicep, templates(TEMPLATE.parent))

    assert [each.file for each in evaluated] == [each.file for each in resources]
    assert list(mismatches(_data(evaluated), _data(resources))) == []


def test_equal_outputs_have_no_difference(bicep: BicepRpc, manifests: tuple[Manifest, ...]) -> None:
    """The sample's Bicep, evaluated, and its manifests mean the same."""
    assert compare(evaluate(bicep, [TEMPLATE]), manifests) == []


def test_resources_may_be_spread_over_templates(
    bicep: BicepRpc, manifests: tuple[Manifest, ...], tmp_path: Path
) -> None:
    """Several templates together count as one output, and one resource in two of them as two."""
    head, *blocks = TEMPLATE.read_text(encoding="utf-8").split("\n\nresource registryEndpoint_")
    rest = "resource registryEndpoint_".join(["", *(f"{block}\n\n" for block in blocks[1:])])
    alone = f"{head}\n\nresource registryEndpoint_{blocks[0]}\n"
    (tmp_path / "main-01.bicep").write_text(alone, encoding="utf-8")
    (tmp_path / "main-02.bicep").write_text(f"{head}\n\n{rest}", encoding="utf-8")
    both = evaluate(bicep, templates(tmp_path))
    twice = evaluate(bicep, [tmp_path / "main-01.bicep", TEMPLATE])

    assert [each.file for each in both] == ["main-01.bicep"] + ["main-02.bicep"] * 8
    assert compare(both, manifests) == []
    assert [(each.resource, each.message) for each in compare(twice, manifests)] == [
        ("registryEndpoints/anonymous", "it is there twice in bicep")
    ]


def test_kustomize_and_the_reader_see_the_same_documents(
    kubectl: Path, manifests: tuple[Manifest, ...]
) -> None:
    """What kubectl makes of the sample's folder is what the reader finds in its files."""

    def by_identity(document: dict[str, Any]) -> tuple[str, str]:
        return document["kind"], document["metadata"]["name"]

    built = sorted(kustomize(kubectl, KUBERNETES), key=by_identity)
    read = sorted((manifest.data for manifest in manifests), key=by_identity)

    assert list(mismatches(built, read)) == []


def test_every_change_to_a_resource_is_objected_to(
    resources: tuple[Resource, ...], manifests: tuple[Manifest, ...]
) -> None:
    """Flips, drops, additions and exchanges in evaluated Bicep are each found and rightly named."""
    survivors = []
    count = 0
    for index, original in enumerate(resources):
        expected = known(original.data)
        for mutant in mutants(original.data):
            if not isinstance(mutant.value, dict):
                continue
            count += 1
            changed = Resource(original.file, mutant.value)
            found = compare([*resources[:index], changed, *resources[index + 1 :]], manifests)
            is_identity = mutant.pointer in {"/name", "/type"}
            if not (expected in named(found) if is_identity else named(found) == {expected}):
                survivors.append((expected, mutant.pointer, mutant.what, found))

    assert survivors == []
    assert count > 1000


def test_every_change_to_a_manifest_is_objected_to(
    resources: tuple[Resource, ...], manifests: tuple[Manifest, ...]
) -> None:
    """The same on the other side, where only the value of a label is free."""
    survivors = []
    count = 0
    for index, original in enumerate(manifests):
        expected = known(original.data)
        for mutant in mutants(original.data):
            if not isinstance(mutant.value, dict):
                continue
            count += 1
            changed = Manifest(original.file, mutant.value)
            found = compare(resources, [*manifests[:index], changed, *manifests[index + 1 :]])
            is_identity = mutant.pointer in {"/apiVersion", "/kind", "/metadata", "/metadata/name"}
            if not (expected in named(found) if is_identity else named(found) == {expected}):
                survivors.append((expected, mutant.pointer))

    assert {pointer for _, pointer in survivors} == {
        "/metadata/labels",
        "/metadata/labels/added",
        "/metadata/labels/team",
    }
    assert {resource for resource, _ in survivors} == {"registryEndpoints anonymous"}
    assert count > 1000


def test_every_change_to_the_bicep_text_is_objected_to(
    bicep: BicepRpc, manifests: tuple[Manifest, ...], tmp_path: Path
) -> None:
    """The real compiler refuses a changed template, or what it makes of it is objected to."""
    survivors = []
    outcomes: Counter[str] = Counter()
    file = tmp_path / TEMPLATE.name
    for mutant in bicep_mutants(TEMPLATE.read_text(encoding="utf-8")):
        file.write_text(mutant.text, encoding="utf-8")
        try:
            found = compare(evaluate(bicep, [file]), manifests)
        except EvaluationError:
            outcomes["refused"] += 1
            continue
        outcomes["objected to"] += 1
        if not named(found) & NAMES[mutant.resource]:
            survivors.append((mutant.resource, mutant.what, found))

    assert survivors == []
    assert outcomes["objected to"] > 150
    assert outcomes["refused"] < 30


def test_every_change_to_a_line_of_yaml_is_objected_to(
    resources: tuple[Resource, ...], manifests: tuple[Manifest, ...]
) -> None:
    """The readers refuse a changed manifest, or it is objected to, unless a label changed."""
    survivors = []
    outcomes: Counter[str] = Counter()
    for index, original in enumerate(manifests):
        text = (KUBERNETES / original.file).read_text(encoding="utf-8")
        for mutant in yaml_mutants(text):
            try:
                (data,) = read_text(mutant.text.encode(), original.file)
            except ManifestError:
                outcomes["refused"] += 1
                continue
            outcomes["objected to"] += 1
            changed = Manifest(original.file, data)
            found = compare(resources, [*manifests[:index], changed, *manifests[index + 1 :]])
            if known(original.data) not in named(found):
                survivors.append(mutant.what)

    assert survivors == ["flip     team: line-7"]
    assert outcomes["objected to"] > 100


def test_a_resource_missing_on_one_side_is_objected_to(
    resources: tuple[Resource, ...], manifests: tuple[Manifest, ...]
) -> None:
    """What one side has alone is named, with its file."""
    for index, resource in enumerate(resources):
        (found,) = compare([*resources[:index], *resources[index + 1 :]], manifests)
        assert (named([found]), found.message) == ({known(resource.data)}, "it is missing in bicep")
        assert [one.side for one in found.sightings] == [Side.KUBERNETES]
    for index, manifest in enumerate(manifests):
        (found,) = compare(resources, [*manifests[:index], *manifests[index + 1 :]])
        expected = {known(manifest.data)}, "it is missing in kubernetes"
        assert (named([found]), found.message) == expected
        assert [one.file for one in found.sightings] == [TEMPLATE.name]


def test_a_resource_that_is_there_twice_is_objected_to(
    resources: tuple[Resource, ...], manifests: tuple[Manifest, ...]
) -> None:
    """One kind and name twice in an output is a difference, even when both copies are equal."""
    for resource in resources:
        (found,) = compare([*resources, resource], manifests)
        assert (found.message, named([found])) == (
            "it is there twice in bicep",
            {known(resource.data)},
        )
    for manifest in manifests:
        (found,) = compare(resources, [*manifests, manifest])
        assert (found.message, named([found])) == (
            "it is there twice in kubernetes",
            {known(manifest.data)},
        )


def test_one_name_below_two_parents_is_one_object_in_kubernetes(
    resources: tuple[Resource, ...], manifests: tuple[Manifest, ...]
) -> None:
    """Azure tells dataflows of two profiles apart by their parent; a cluster has one of them."""
    uplink = resources[_index(resources, "dataflows uplink")]
    below_default = Resource(uplink.file, _replaced(uplink.data, "/heavy/", "/default/"))
    below_default.data["id"] = uplink.data["id"].replace("Profiles/heavy", "Profiles/default")

    found = compare([*resources, below_default], manifests)

    assert [(each.resource, each.message) for each in found] == [
        ("dataflows/uplink", "it is missing in kubernetes")
    ]


@pytest.mark.parametrize(
    "label", ["dataflows uplink", "dataflowGraphs alarms", "brokerListeners edge"]
)
def test_another_parent_is_objected_to_on_either_side(
    label: str, resources: tuple[Resource, ...], manifests: tuple[Manifest, ...]
) -> None:
    """The parent in a child's name is the one that its manifest refers to."""
    index = _index(resources, label)
    data = deepcopy(resources[index].data)
    instance, parent, name = data["name"].split("/")
    data["name"] = f"{instance}/other/{name}"
    data["id"] = data["id"].replace(f"/{parent}/", "/other/")
    moved = [*resources[:index], Resource("main.bicep", data), *resources[index + 1 :]]
    twin = next(each for each in manifests if known(each.data) == label)
    field = next(key for key in ("profileRef", "brokerRef") if key in twin.data["spec"])
    without = [_without(each, field) if each is twin else each for each in manifests]

    for found, values in (
        (compare(moved, manifests), ["other", parent]),
        (compare(resources, without), [parent, None]),
    ):
        (difference,) = found
        assert difference.message == "the parents differ"
        assert [one.value for one in difference.sightings] == values
        assert [one.pointer for one in difference.sightings] == [("parent",), (0, "spec", field)]


def test_a_parent_that_kubernetes_cannot_name_has_to_be_default(
    resources: tuple[Resource, ...], manifests: tuple[Manifest, ...]
) -> None:
    """An authentication has no field for its broker, so that only the default one is the same."""
    index = _index(resources, "brokerAuthentications devices")
    data = _replaced(resources[index].data, "default/", "other/")
    data["id"] = data["id"].replace("brokers/default/", "brokers/other/")
    moved = [*resources[:index], Resource("main.bicep", data), *resources[index + 1 :]]

    (difference,) = compare(moved, manifests)

    assert difference.resource == "brokerAuthentications/other/devices"
    assert [one.value for one in difference.sightings] == ["other", "default"]


def test_comparing_nothing_is_a_difference(
    resources: tuple[Resource, ...], manifests: tuple[Manifest, ...]
) -> None:
    """Empty outputs are no proof, and neither are outputs without one resource in common."""
    nothing = "the two have no resource in common"

    assert [each.message for each in compare([], [])] == [nothing]
    assert [each.message for each in compare(resources[:1], manifests[:1])] == [
        "it is missing in kubernetes",
        "it is missing in bicep",
        nothing,
    ]


def test_a_difference_has_its_place_in_both_outputs(
    resources: tuple[Resource, ...], manifests: tuple[Manifest, ...]
) -> None:
    """A value that differs is shown with its type and a pointer into either file."""
    index = _index(resources, "brokerListeners edge")
    data = deepcopy(resources[index].data)
    data["properties"]["ports"][0]["port"] = 8883.0
    changed = [*resources[:index], Resource("main.bicep", data), *resources[index + 1 :]]

    (difference,) = compare(changed, manifests)

    assert (difference.resource, difference.path, difference.message) == (
        "brokerListeners/edge",
        "/ports/0/port",
        "the values differ",
    )
    assert [(one.file, one.pointer, one.value) for one in difference.sightings] == [
        ("main.bicep", ("properties", "ports", 0, "port"), 8883.0),
        ("brokerlistener-edge.yaml", (0, "spec", "ports", 0, "port"), 8883),
    ]


def _index(resources: tuple[Resource, ...], label: str) -> int:
    return [known(each.data) for each in resources].index(label)


def _replaced(data: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    return {**deepcopy(data), "name": data["name"].replace(old, new)}


def _without(manifest: Manifest, field: str) -> Manifest:
    data = deepcopy(manifest.data)
    del data["spec"][field]
    return Manifest(manifest.file, data)


# What one output may say alone, where no spec says how: one change, made to all resources alike.
FREE: dict[Side, list[Callable[[dict[str, Any]], object]]] = {
    Side.BICEP: [
        lambda data: data.update(apiVersion="2026-07-01"),
        lambda data: data["extendedLocation"].update(
            name=data["extendedLocation"]["name"].replace("cl-plant-7", "elsewhere")
        ),
        lambda data: data.update(
            name=data["name"].replace("aio-plant-7", "aio-plant-8"),
            id=data["id"].replace("aio-plant-7", "aio-plant-8"),
        ),
    ],
    Side.KUBERNETES: [
        lambda data: data.update(apiVersion=f"{data['apiVersion'].partition('/')[0]}/v2alpha1"),
        lambda data: data["metadata"].update(namespace="elsewhere"),
        lambda data: data["metadata"].update(labels={"a": "b"}),
        lambda data: data["metadata"].update(annotations={"a": "b"}),
    ],
}


def test_what_one_output_may_say_alone_is_free_without_a_spec(
    resources: tuple[Resource, ...], manifests: tuple[Manifest, ...]
) -> None:
    """Versions, places and labels have no counterpart: only a spec could say what is right."""
    for change in FREE[Side.BICEP]:
        changed = deepcopy(resources)
        for resource in changed:
            change(resource.data)
        assert compare(changed, manifests) == []
    for change in FREE[Side.KUBERNETES]:
        others = deepcopy(manifests)
        for manifest in others:
            change(manifest.data)
        assert compare(resources, others) == []
