"""Outputs with one fault in them, by the ten thousand, each next to a spec that they are not of."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from tests.proof.evaluate import Resource
from tests.proof.mutate import mutants

from bikube.compiler import Evaluated
from bikube.verify import Difference, Side, file_faults, prove, read_folder
from bikube.verify.manifests import Folder, Manifest
from bikube.verify.wanted import Wanted, wanted

Data = dict[str, Any]

HEADER = "spec.yaml"
_VERSION = "2024-11-01"


class Pair(NamedTuple):
    """One resource in both outputs."""

    bicep: Data
    kubernetes: Data


class Fault(NamedTuple):
    """What is wrong, and both outputs of which it is a part."""

    what: str
    pairs: Sequence[tuple[Data | None, Data | None]]


class Case(NamedTuple):
    """A spec with its outputs: evaluated, read, and as texts."""

    name: str
    spec: Wanted
    bicep: Mapping[str, bytes]
    manifests: Mapping[str, bytes]
    pairs: Sequence[Pair]

    def alone(self) -> "Iterator[Case]":
        """Cases of one resource each."""
        for entry, pair in zip(self.spec.entries, self.pairs, strict=True):
            name = f"{entry.reading.kind.singular.lower()}-{entry.reading.name}.yaml"
            lines = self.manifests["kustomization.yaml"].decode().splitlines(keepends=True)
            listing = "".join(line for line in lines if name in line or not line.startswith("  - "))
            files = {name: self.manifests[name], "kustomization.yaml": listing.encode()}
            spec = self.spec._replace(entries=(entry,))
            yield self._replace(spec=spec, manifests=files, pairs=[pair])

    def found(self, pairs: Sequence[tuple[Data | None, Data | None]]) -> Sequence[Difference]:
        """What is found where the outputs are ``pairs``."""
        return differences(self.spec, pairs)

    def found_in_files(self, manifests: Mapping[str, bytes]) -> Sequence[Difference]:
        """What is found where these are the files of manifests."""
        evaluated = [Evaluated("main.bicep", tuple(one.bicep for one in self.pairs))]
        proof = prove(evaluated, read_folder(manifests), self.spec)
        return [*proof.differences, *file_faults(Side.KUBERNETES, manifests, self.spec, HEADER)]

    def found_in_text(self, text: str) -> Sequence[Difference]:
        """What is found where a template is ``text``, whatever that evaluates to."""
        return list(file_faults(Side.BICEP, {"main.bicep": text.encode()}, self.spec, HEADER))


def case_of(folder: Path, resources: Sequence[Resource]) -> Case:
    """The golden case in ``folder``, whose templates are evaluated to ``resources``."""
    spec = wanted(HEADER, (folder / "spec.yaml").read_text(encoding="utf-8"))
    bicep = {path.name: path.read_bytes() for path in (folder / "bicep").iterdir()}
    names = sorted((folder / "kubernetes").iterdir())
    manifests = {path.name: path.read_bytes() for path in names}
    return Case(folder.name, spec, bicep, manifests, list(_pairs(spec, manifests, resources)))


def _pairs(
    spec: Wanted, manifests: Mapping[str, bytes], resources: Sequence[Resource]
) -> Iterator[Pair]:
    read = {
        (one.data["kind"], one.data["metadata"]["name"]): dict(one.data)
        for one in read_folder(manifests).manifests
    }
    evaluated = {one.data["name"]: one.data for one in resources}
    for entry in spec.entries:
        bicep, kubernetes = entry.own[Side.BICEP], entry.own[Side.KUBERNETES]
        name = kubernetes["kind"], kubernetes["metadata"]["name"]
        yield Pair(evaluated[bicep["name"]], read[name])


def differences(
    spec: Wanted, pairs: Sequence[tuple[Data | None, Data | None]]
) -> Sequence[Difference]:
    """What is found where the resources of ``spec`` are ``pairs``."""
    resources = tuple(bicep for bicep, _ in pairs if bicep is not None)
    manifests = tuple(
        Manifest(f"{number}.yaml", 0, kubernetes)
        for number, (_, kubernetes) in enumerate(pairs)
        if kubernetes is not None
    )
    return prove([Evaluated("main.bicep", resources)], Folder(manifests, ()), spec).differences


def value_faults(case: Case) -> Iterator[tuple[str, Wanted, tuple[Data, Data]]]:
    """Each value of each resource flipped, dropped, renamed, exchanged: in one output, or in both.

    They come with a spec that asks for that resource alone, since no other has a part in it.
    """
    for entry, pair in zip(case.spec.entries, case.pairs, strict=True):
        spec = case.spec._replace(entries=(entry,))
        name = f"{case.name} {entry.reading.label}"
        for mutant in mutants(pair.bicep):
            if isinstance(mutant.value, dict):
                what = f"{name} bicep {mutant.pointer} {mutant.what}"
                yield what, spec, (mutant.value, pair.kubernetes)
        for mutant in mutants(pair.kubernetes):
            if isinstance(mutant.value, dict):
                what = f"{name} kubernetes {mutant.pointer} {mutant.what}"
                yield what, spec, (pair.bicep, mutant.value)
        parent = {
            key: value
            for key, value in pair.kubernetes["spec"].items()
            if key not in pair.bicep["properties"]
        }
        for mutant in mutants(pair.bicep["properties"]):
            if isinstance(mutant.value, dict):
                bicep = {**pair.bicep, "properties": mutant.value}
                kubernetes = {**pair.kubernetes, "spec": {**parent, **mutant.value}}
                what = f"{name} both {mutant.pointer} {mutant.what}"
                yield what, spec, (bicep, kubernetes)


def resource_faults(case: Case) -> Iterator[Fault]:
    """Resources that are missing, there twice, added or moved; places that are wrong everywhere."""
    pairs: list[tuple[Data | None, Data | None]] = [
        (one.bicep, one.kubernetes) for one in case.pairs
    ]
    for index, (bicep, kubernetes) in enumerate(pairs):
        before, after = pairs[:index], pairs[index + 1 :]
        yield Fault(f"{index} dropped in bicep", [*before, (None, kubernetes), *after])
        yield Fault(f"{index} dropped in kubernetes", [*before, (bicep, None), *after])
        yield Fault(f"{index} dropped in both", [*before, *after])
        yield Fault(f"{index} twice in bicep", [*pairs, (bicep, None)])
        yield Fault(f"{index} twice in kubernetes", [*pairs, (None, kubernetes)])
        for what, changed in _changes(case.pairs[index]):
            yield Fault(f"{index} {what}", [*before, changed, *after])
    everywhere = [dict(_changes(pair)) for pair in case.pairs]
    for what in set.intersection(*(set(one) for one in everywhere)):
        yield Fault(f"all {what}", [one[what] for one in everywhere])
    yield from _swapped(case.pairs)


def _changes(pair: Pair) -> Iterator[tuple[str, tuple[Data, Data]]]:
    bicep, kubernetes = pair
    name = bicep["name"].split("/")[-1]
    for what, old, new in (
        ("custom location", "customLocations/", "customLocations/x"),
        ("resource group of the custom location", "resourceGroups/", "resourceGroups/x"),
        ("subscription of the custom location", "/subscriptions/", "/subscriptions/x"),
    ):
        location = deepcopy(bicep["extendedLocation"])
        location["name"] = location["name"].replace(old, new)
        yield what, ({**bicep, "extendedLocation": location}, kubernetes)
    version = bicep["apiVersion"].replace(bicep["apiVersion"], _VERSION)
    yield "API version", ({**bicep, "apiVersion": version}, kubernetes)
    instance = bicep["name"].split("/")[0]
    moved = json.loads(json.dumps(bicep).replace(f"{instance}/", f"{instance}x/"))
    yield "instance", (moved, kubernetes)
    group, _, version = kubernetes["apiVersion"].partition("/")
    yield "group version", (bicep, {**kubernetes, "apiVersion": f"{group}/{version}beta9"})
    added = {"namespace": "elsewhere", "labels": {"a": "b"}, "annotations": {"a": "b"}}
    for key, value in added.items():
        metadata = {**kubernetes["metadata"], key: value}
        yield key, (bicep, {**kubernetes, "metadata": metadata})
    twin = json.loads(re.sub(f'/{name}"', '/twin"', json.dumps(bicep)))
    metadata = {**kubernetes["metadata"], "name": "twin"}
    yield "name in both", (twin, {**kubernetes, "metadata": metadata})
    if bicep["name"].count("/") == 2:
        parent = bicep["name"].split("/")[1]
        other = json.loads(json.dumps(bicep).replace(f"/{parent}/", "/other/"))
        yield "parent in bicep", (other, kubernetes)
        spec = dict(kubernetes["spec"])
        field = next((key for key in ("profileRef", "brokerRef") if key in spec), None)
        if field:
            spec[field] = "other"
            yield "parent in kubernetes", (bicep, {**kubernetes, "spec": spec})
            yield "parent in both", (other, {**kubernetes, "spec": spec})


def _swapped(pairs: Sequence[Pair]) -> Iterator[Fault]:
    """Manifests that have each other's labels, or resources each other's properties."""
    for index, (one, other) in enumerate(pairwise(pairs)):
        rest: list[tuple[Data | None, Data | None]] = [*pairs[:index], *pairs[index + 2 :]]
        for key in ("labels", "annotations"):
            mine, yours = (pair.kubernetes["metadata"].get(key, {}) for pair in (one, other))
            if mine != yours:
                swapped = [_with(one, key, yours), _with(other, key, mine)]
                yield Fault(f"{index} swapped {key}", [*swapped, *rest])


def _with(pair: Pair, key: str, value: Data) -> tuple[Data, Data]:
    metadata = {**pair.kubernetes["metadata"], key: value}
    return pair.bicep, {**pair.kubernetes, "metadata": metadata}
