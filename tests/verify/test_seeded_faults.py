"""The proof bites: ten thousand faults, seeded into outputs of all kinds, are all reported."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest
from tests.proof.bicep_rpc import BicepRpc
from tests.proof.evaluate import EvaluationError, evaluate, templates
from tests.proof.mutate import bicep_mutants, yaml_mutants
from tests.support.faults import Case, case_of, differences, resource_faults, value_faults
from tests.support.summary import SUMMARY

from bikube.azure import all_kinds

EXTRA = b"  - extra.yaml\n"
GOLDEN = Path(__file__).parents[2] / "golden"
CASES = (
    *sorted(path.name for path in GOLDEN.glob("kind-*")),
    *("custom-location-id", "kubernetes-version", "labels-and-annotations"),
)
Record: TypeAlias = Callable[[str, object], None]
"""Says something at the end of the run."""


@pytest.fixture(scope="module")
def cases(bicep: BicepRpc) -> list[Case]:
    """Golden cases of all kinds, evaluated."""
    return [
        case_of(GOLDEN / name, evaluate(bicep, templates(GOLDEN / name / "bicep")))
        for name in CASES
    ]


def test_the_cases_are_of_all_kinds_and_without_a_fault(cases: list[Case]) -> None:
    """What faults are seeded into is right before."""
    sections = {entry.reading.kind.section for case in cases for entry in case.spec.entries}

    assert sections == {kind.section for kind in all_kinds()}
    for case in cases:
        assert case.found(case.pairs) == ()
        assert case.found_in_files(case.manifests) == []
        for text in case.bicep.values():
            assert case.found_in_text(text.decode()) == []


def test_every_value_that_is_wrong_is_reported(cases: list[Case], record_property: Record) -> None:
    """Each value, in value and type and place, in one output and alike in both."""
    survivors = []
    counts: Counter[str] = Counter()
    for case in cases:
        for what, spec, pair in value_faults(case):
            counts[what.split(" ")[2]] += 1
            if not differences(spec, [pair]):
                survivors.append(what)

    assert survivors == []
    assert min(counts.values()) > 2_000
    assert counts.total() > 10_000
    record_property(
        SUMMARY,
        f"{counts.total():,} faults seeded into values of all kinds ({counts['bicep']:,} in Bicep,"
        f" {counts['kubernetes']:,} in manifests, {counts['both']:,} alike in both): all reported",
    )


def test_every_resource_that_is_wrong_is_reported(
    cases: list[Case], record_property: Record
) -> None:
    """Each resource, parent, place, version and name, in one resource and alike in all."""
    survivors = []
    count = 0
    for case in cases:
        for what, pairs in resource_faults(case):
            count += 1
            if not case.found(pairs):
                survivors.append((case.name, what))

    assert survivors == []
    assert count > 400
    record_property(SUMMARY, f"{count:,} faults seeded into resources as such: all reported")


def file_faults(case: Case) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Folders of manifests with one fault in what is there, and what says so."""
    files = case.manifests
    listing = files["kustomization.yaml"]
    for name, data in files.items():
        yield f"{name} gone", {key: value for key, value in files.items() if key != name}
        yield f"{name} without header", {**files, name: data.partition(b"\n")[2]}
        yield f"{name} of another spec", {**files, name: data.replace(b"spec.yaml", b"x.yaml", 1)}
        if name != "kustomization.yaml":
            unlisted = re.sub(rf"  - {name}\n", "", listing.decode()).encode()
            yield f"{name} unlisted", {**files, "kustomization.yaml": unlisted}
            kept = {key: value for key, value in files.items() if key != name}
            yield f"{name} gone and unlisted", {**kept, "kustomization.yaml": unlisted}
            yield f"{name} twice", {**files, "extra.yaml": data}
            both = {
                **files,
                "extra.yaml": data,
                "kustomization.yaml": listing + b"  - extra.yaml\n",
            }
            yield f"{name} twice and listed", both
    yield "an extra file", {**files, "extra.yml": b"a: 1\n"}
    for key in (b"namespace: x\n", b"namePrefix: x\n", b"commonLabels: {a: b}\n"):
        yield f"kustomization {key!r}", {**files, "kustomization.yaml": listing + key}


def test_every_file_that_is_wrong_is_reported(cases: list[Case], record_property: Record) -> None:
    """Each file in or out of the folder and the list, each header, each line of each manifest."""
    survivors = []
    count = 0
    for case in cases:
        for what, files in file_faults(case):
            count += 1
            if not case.found_in_files(files):
                survivors.append((case.name, what))
        for one in case.alone():
            for name, data in one.manifests.items():
                for mutant in yaml_mutants(data.decode()):
                    count += 1
                    if not one.found_in_files({**one.manifests, name: mutant.text.encode()}):
                        survivors.append((name, mutant.what))

    assert survivors == []
    assert count > 1_000
    record_property(SUMMARY, f"{count:,} faults seeded into files of manifests: all reported")


def text_faults(text: str) -> Iterator[tuple[str, str]]:
    """Templates with a fault that no evaluation shows."""
    yield "header dropped", text.partition("\n")[2]
    yield "another spec", text.replace("spec.yaml", "other.yaml", 1)
    yield "output added", f"{text}\noutput a string = 'b'\n"
    yield "variable added", f"{text}\nvar a = 'b'\n"
    yield "scope added", f"targetScope = 'resourceGroup'\n{text}"
    for found in re.finditer(r"@(20\d\d-\d\d-\d\d(-preview)?)'", text):
        yield (
            f"version {found.start()}",
            f"{text[: found.start()]}@2024-11-01'{text[found.end() :]}",
        )
    for found in re.finditer(r"' = \{\n", text):
        members = "  dependsOn: [\n    instance\n  ]\n"
        yield f"dependsOn {found.start()}", f"{text[: found.end()]}{members}{text[found.end() :]}"


def test_every_text_that_is_wrong_is_reported(cases: list[Case], record_property: Record) -> None:
    """Headers, versions, explicit dependencies and outputs, which an evaluation does not show."""
    survivors = []
    count = 0
    for case in cases:
        for data in case.bicep.values():
            for what, text in text_faults(data.decode()):
                count += 1
                if not case.found_in_text(text):
                    survivors.append((case.name, what))

    assert survivors == []
    assert count > 100
    record_property(
        SUMMARY, f"{count:,} faults seeded beside what Bicep evaluates to: all reported"
    )


def test_what_the_compiler_makes_of_a_wrong_text_is_reported(
    cases: list[Case],
    bicep: BicepRpc,
    tmp_path: Path,
    record_property: Record,
) -> None:
    """The compiler refuses a changed template, or what it evaluates to is not what is asked for."""
    survivors = []
    outcomes: Counter[str] = Counter()
    file = tmp_path / "main.bicep"
    for case in cases:
        if not case.name.startswith("kind-"):
            continue
        text = case.bicep["main.bicep"].decode()
        found = list(bicep_mutants(text))
        for mutant in found[:: len(found) // 8]:
            file.write_text(mutant.text, encoding="utf-8")
            try:
                resources = evaluate(bicep, [file])
            except EvaluationError:
                outcomes["refused"] += 1
                continue
            outcomes["reported"] += 1
            pairs = [(one.data, None) for one in resources]
            pairs += [(None, pair.kubernetes) for pair in case.pairs]  # type: ignore[misc]
            if not case.found(pairs):
                survivors.append((case.name, mutant.what))

    assert survivors == []
    assert outcomes["reported"] > 50
    record_property(SUMMARY, f"{outcomes.total()} wrong templates compiled: {dict(outcomes)}")
