"""The proof bites: equal outputs pass, and one step away from them every output is objected to."""

import json
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from tests.proof.bicep_rpc import BicepRpc
from tests.proof.compare import NOWHERE, Difference, compare
from tests.proof.data import mismatches
from tests.proof.evaluate import EvaluationError, Resource, evaluate, templates
from tests.proof.kinds import ONLY_IN_BICEP, ONLY_IN_KUBERNETES, PAIRS
from tests.proof.manifests import Manifest, ManifestError, kustomize, read_folder, read_text
from tests.proof.mutate import TWIN, bicep_mutants, mutants, yaml_mutants
from tests.proof.reading import Place, read_manifest, read_resource

pytest_plugins = ["tests.proof.fixtures"]

SAMPLE = Path(__file__).parent / "sample"
TEMPLATE = SAMPLE / "bicep" / "main.bicep"
KUBERNETES = SAMPLE / "kubernetes"

# The resources that change when the declaration of a symbol does.
NAMES = {
    "broker_default": {"BrokerListener edge", "BrokerAuthentication devices"},
    "dataflowProfile_default": {"DataflowGraph alarms"},
    "registryEndpoint_anonymous": {"RegistryEndpoint anonymous"},
    "registryEndpoint_pull_secret": {"RegistryEndpoint pull-secret"},
    "registryEndpoint_system": {"RegistryEndpoint system"},
    "registryEndpoint_user": {"RegistryEndpoint user"},
    "dataflowProfile_heavy": {"DataflowProfile heavy"},
    "dataflow_uplink_In_heavy": {"Dataflow uplink"},
    "dataflowGraph_alarms": {"DataflowGraph alarms"},
    "brokerListener_edge": {"BrokerListener edge"},
    "brokerAuthentication_devices": {"BrokerAuthentication devices"},
    TWIN: {f"{pair.kind} {TWIN}" for pair in PAIRS},
}


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
    """The resources that the differences name, on both sides of each."""
    for difference in differences:
        assert difference.where_bicep.resource == difference.where_kubernetes.resource
    return {difference.where_bicep.resource for difference in differences}


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
    assert [each.what for each in compare(twice, manifests)] == [
        "RegistryEndpoint anonymous is in bicep twice"
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
        expected = read_resource(original).place.resource
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
        expected = read_manifest(original).place.resource
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
    assert {resource for resource, _ in survivors} == {"RegistryEndpoint anonymous"}
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
            if read_manifest(original).place.resource not in named(found):
                survivors.append(mutant.what)

    assert survivors == ["flip     team: line-7"]
    assert outcomes["objected to"] > 100


def test_a_resource_missing_in_bicep_is_objected_to(
    resources: tuple[Resource, ...], manifests: tuple[Manifest, ...]
) -> None:
    """A manifest without its resource is named, with its file and the lack of another."""
    twins = {read_manifest(each).place.resource: each for each in manifests}
    for index, resource in enumerate(resources):
        label = read_resource(resource).place.resource
        place = read_manifest(twins[label]).place
        others = [*resources[:index], *resources[index + 1 :]]
        assert compare(others, manifests) == [
            Difference(Place(NOWHERE, label), place, "only in kubernetes")
        ]


def test_a_resource_missing_in_kubernetes_is_objected_to(
    resources: tuple[Resource, ...], manifests: tuple[Manifest, ...]
) -> None:
    """A resource without its manifest is named, with its file and the lack of another."""
    for index, manifest in enumerate(manifests):
        label = read_manifest(manifest).place.resource
        others = [*manifests[:index], *manifests[index + 1 :]]
        assert compare(resources, others) == [
            Difference(Place(TEMPLATE.name, label), Place(NOWHERE, label), "only in bicep")
        ]


def test_a_resource_that_is_there_twice_is_objected_to(
    resources: tuple[Resource, ...], manifests: tuple[Manifest, ...]
) -> None:
    """One kind and name twice in an output is a difference, even when both copies are equal."""
    for resource in resources:
        (found,) = compare([*resources, resource], manifests)
        label = read_resource(resource).place.resource
        assert (found.what, named([found])) == (f"{label} is in bicep twice", {label})
    for manifest in manifests:
        (found,) = compare(resources, [*manifests, manifest])
        label = read_manifest(manifest).place.resource
        assert (found.what, named([found])) == (f"{label} is in kubernetes twice", {label})


def test_one_name_below_two_parents_is_one_object_in_kubernetes(
    resources: tuple[Resource, ...], manifests: tuple[Manifest, ...]
) -> None:
    """Azure tells dataflows of two profiles apart by their parent; a cluster cannot."""
    uplink = resources[_index(resources, "Dataflow uplink")]
    below_default = Resource(uplink.file, _replaced(uplink.data, "/heavy/", "/default/"))
    below_default.data["id"] = below_default.data["id"].replace(
        "Profiles/heavy", "Profiles/default"
    )

    found = compare([*resources, below_default], manifests)

    assert [each.what for each in found] == ["Dataflow uplink is in bicep twice"]


@pytest.mark.parametrize(
    "label", ["Dataflow uplink", "DataflowGraph alarms", "BrokerListener edge"]
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
    twin = next(each for each in manifests if read_manifest(each).place.resource == label)
    field = next(key for key in ("profileRef", "brokerRef") if key in twin.data["spec"])
    bicep, kubernetes = (
        Place("main.bicep", label, "/name"),
        Place(twin.file, label, f"/spec/{field}"),
    )
    without = [_without(each, field) if each is twin else each for each in manifests]

    assert compare(moved, manifests) == [
        Difference(bicep, kubernetes, f"the parent is str 'other' against str '{parent}'")
    ]
    assert compare(resources, without) == [
        Difference(bicep, kubernetes, f"the parent is str '{parent}' against NoneType None")
    ]


def test_a_parent_that_kubernetes_cannot_name_has_to_be_default(
    resources: tuple[Resource, ...], manifests: tuple[Manifest, ...]
) -> None:
    """An authentication has no field for its broker, so that only the default one is the same."""
    index = _index(resources, "BrokerAuthentication devices")
    data = _replaced(resources[index].data, "default/", "other/")
    data["id"] = data["id"].replace("brokers/default/", "brokers/other/")
    moved = [*resources[:index], Resource("main.bicep", data), *resources[index + 1 :]]

    assert compare(moved, manifests) == [
        Difference(
            Place("main.bicep", "BrokerAuthentication devices", "/name"),
            Place("brokerauthentication-devices.yaml", "BrokerAuthentication devices"),
            "the parent is str 'other' against str 'default'",
        )
    ]


def test_comparing_nothing_is_a_difference(
    resources: tuple[Resource, ...], manifests: tuple[Manifest, ...]
) -> None:
    """Empty outputs are no proof, and neither are outputs without one resource in common."""
    nothing = Difference(Place(NOWHERE, ""), Place(NOWHERE, ""), "no resource is on both sides")

    assert compare([], []) == [nothing]
    assert [each.what for each in compare(resources[:1], manifests[:1])] == [
        "only in kubernetes",
        "only in bicep",
        nothing.what,
    ]


def test_a_difference_has_its_place_in_both_outputs(
    resources: tuple[Resource, ...], manifests: tuple[Manifest, ...]
) -> None:
    """A value that differs is shown with its type and a pointer into either file."""
    index = _index(resources, "BrokerListener edge")
    data = deepcopy(resources[index].data)
    data["properties"]["ports"][0]["port"] = "8883"
    changed = [*resources[:index], Resource("main.bicep", data), *resources[index + 1 :]]

    assert compare(changed, manifests) == [
        Difference(
            Place("main.bicep", "BrokerListener edge", "/properties/ports/0/port"),
            Place("brokerlistener-edge.yaml", "BrokerListener edge", "/spec/ports/0/port"),
            "str '8883' against int 8883",
        )
    ]


def _index(resources: tuple[Resource, ...], label: str) -> int:
    return [read_resource(each).place.resource for each in resources].index(label)


def _replaced(data: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    return {**deepcopy(data), "name": data["name"].replace(old, new)}


def _without(manifest: Manifest, field: str) -> Manifest:
    data = deepcopy(manifest.data)
    del data["spec"][field]
    return Manifest(manifest.file, data)


# One change for each entry of the two tables, made to all resources alike.
FREE_IN_BICEP: dict[str, Callable[[dict[str, Any]], object]] = {
    "/apiVersion": lambda data: data.update(apiVersion="2025-07-01-preview"),
    "/extendedLocation/name": lambda data: data["extendedLocation"].update(
        name=data["extendedLocation"]["name"].replace("cl-plant-7", "elsewhere")
    ),
    "/name (first segment)": lambda data: data.update(
        name=data["name"].replace("aio-plant-7", "aio-plant-8"),
        id=data["id"].replace("aio-plant-7", "aio-plant-8"),
    ),
}
FREE_IN_KUBERNETES: dict[str, Callable[[dict[str, Any]], object]] = {
    "/apiVersion (after the group)": lambda data: data.update(
        apiVersion=f"{data['apiVersion'].partition('/')[0]}/v2alpha1"
    ),
    "/metadata/namespace": lambda data: data["metadata"].update(namespace="elsewhere"),
    "/metadata/labels": lambda data: data["metadata"].update(labels={"a": "b"}),
    "/metadata/annotations": lambda data: data["metadata"].update(annotations={"a": "b"}),
}


def test_the_tables_of_allowed_differences_hold(
    resources: tuple[Resource, ...], manifests: tuple[Manifest, ...]
) -> None:
    """Each entry allows what it says, and there is no entry without a change that needs it."""
    for change in FREE_IN_BICEP.values():
        changed = deepcopy(resources)
        for resource in changed:
            change(resource.data)
        assert compare(changed, manifests) == []
    for change in FREE_IN_KUBERNETES.values():
        others = deepcopy(manifests)
        for manifest in others:
            change(manifest.data)
        assert compare(resources, others) == []
    assert FREE_IN_BICEP.keys() == ONLY_IN_BICEP.keys()
    assert FREE_IN_KUBERNETES.keys() == ONLY_IN_KUBERNETES.keys()
