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
from tests.proof.mutate import bicep_mutants, mutants, yaml_mutants
from tests.proof.reading import Place, read_manifest, read_resource

pytest_plugins = ["tests.proof.fixtures"]

SAMPLE = Path(__file__).parent / "proof" / "sample"
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
        if not named(found) & NAMES.get(mutant.resource, set()):
            survivors.append((mutant.resource, mutant.what, found))

    assert survivors == []
    assert outcomes["objected to"] > 150
    assert outcomes["refused"] < outcomes["objected to"]


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
