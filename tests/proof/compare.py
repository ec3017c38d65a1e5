"""The comparator: two descriptions of an instance in, every difference between them out."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import mode
from typing import NamedTuple

from tests.proof.data import mismatches, shown
from tests.proof.evaluate import Resource
from tests.proof.kinds import DEFAULT_PARENT, Pair
from tests.proof.manifests import Manifest
from tests.proof.reading import Place, Reading, read_manifest, read_resource

NOWHERE = "(nowhere)"


@dataclass(frozen=True)
class Difference:
    """One point where the outputs do not say the same, with its place in each."""

    where_bicep: Place
    where_kubernetes: Place
    what: str


class _Key(NamedTuple):
    """What makes an object in a cluster the same object: a namespace aside, kind and name."""

    pair: Pair
    name: str


def compare(resources: Iterable[Resource], manifests: Iterable[Manifest]) -> list[Difference]:
    """Every difference between evaluated Bicep and the manifests; none when both mean the same.

    What one side may say alone is in `tests.proof.kinds`. Comparing nothing is a difference too.
    """
    left = [read_resource(resource) for resource in resources]
    right = [read_manifest(manifest) for manifest in manifests]
    found = list(_faults(left, right))
    ours, theirs = _by_key(left), _by_key(right)
    keys = sorted(ours.keys() | theirs.keys())
    compared = 0
    for key in keys:
        one, other = ours.get(key, []), theirs.get(key, [])
        found += _count_differences(key, one, other)
        if one and other:
            compared += 1
            found += _pair_differences(key.pair, one[0], other[0])
    if not compared:
        nothing = Place(NOWHERE, "")
        found.append(Difference(nothing, nothing, "no resource is on both sides"))
    return found


def _by_key(readings: Iterable[Reading]) -> dict[_Key, list[Reading]]:
    keyed = defaultdict(list)
    for reading in readings:
        if reading.pair is not None:
            keyed[_Key(reading.pair, reading.name)].append(reading)
    return keyed


def _faults(left: list[Reading], right: list[Reading]) -> Iterator[Difference]:
    """What is wrong with one side by itself, or not the same in all of its resources."""
    for reading in left:
        for pointer, what in reading.faults:
            yield Difference(reading.place.at(pointer), _counterpart(reading.place), what)
    for reading in right:
        for pointer, what in reading.faults:
            yield Difference(_counterpart(reading.place), reading.place.at(pointer), what)
    for place, what in _inconstancies(left):
        yield Difference(place, _counterpart(place), what)
    for place, what in _inconstancies(right):
        yield Difference(_counterpart(place), place, what)


def _inconstancies(readings: list[Reading]) -> Iterator[tuple[Place, str]]:
    """The resources that disagree with most others about what is the same for all."""
    for constants in zip(*(reading.constants for reading in readings), strict=True):
        texts = [json.dumps(constant.value, sort_keys=True, default=repr) for constant in constants]
        usual = mode(texts)
        for reading, constant, text in zip(readings, constants, texts, strict=True):
            if text != usual:
                what = f"{shown(constant.value)} where most have {usual}"
                yield reading.place.at(constant.pointer), what


def _count_differences(key: _Key, one: list[Reading], other: list[Reading]) -> Iterator[Difference]:
    place = (one or other)[0].place
    if not one:
        yield Difference(_counterpart(place), place, "only in kubernetes")
    if not other:
        yield Difference(place, _counterpart(place), "only in bicep")
    twin = other[0].place if other else _counterpart(place)
    for extra in one[1:]:
        yield Difference(extra.place, twin, f"{key.pair.kind} {key.name} is in bicep twice")
    twin = one[0].place if one else _counterpart(place)
    for extra in other[1:]:
        yield Difference(twin, extra.place, f"{key.pair.kind} {key.name} is in kubernetes twice")


def _pair_differences(pair: Pair, one: Reading, other: Reading) -> Iterator[Difference]:
    expected = other.parent if pair.parent_field else one.parent and DEFAULT_PARENT
    if one.parent != expected:
        field = f"/spec/{pair.parent_field}" if pair.parent_field else ""
        what = f"the parent is {shown(one.parent)} against {shown(expected)}"
        yield Difference(one.place.at("/name"), other.place.at(field), what)
    for pointer, what in mismatches(one.settings, other.settings):
        ours, theirs = f"/properties{pointer}", f"/spec{pointer}"
        yield Difference(one.place.at(ours), other.place.at(theirs), what)


def _counterpart(place: Place) -> Place:
    return Place(NOWHERE, place.resource)
