"""The API server refuses what Azure's types refuse."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

import pytest
from jsonschema import Draft202012Validator
from tests.server.cases import Manifest
from tests.server.changes import Change, changes
from tests.server.client import Server
from tests.support.samples import samples
from tests.support.summary import SUMMARY

from bikube.azure import known_versions, schemas
from bikube.crd import kinds_in

LEAST = 30
"""How many changes of each sort there are at least."""

SORTS = {
    "unknown": "field not declared in schema",
    "case": "Unsupported value",
    "variant": r"is for \w+ ",
    "type": "expected",
    "missing": "Required value|needs",
}
"""What the server says of each sort of change."""


def spoilt(manifests: Iterable[Manifest]) -> Iterator[tuple[Manifest, Change]]:
    """Every change of each property of each kind in each API version, in one of the manifests."""
    seen = set()
    for manifest in manifests:
        loaded = schemas(manifest.version)
        properties = loaded["resources"][manifest.kind.arm_type]
        for change in changes(manifest.content["spec"], properties, loaded["$defs"]):
            place = re.sub(r"\[\d+\]", "", change.at)
            key = (manifest.kind.section, manifest.version, change.sort, place)
            if key not in seen:
                seen.add(key)
                yield manifest, change


def test_the_server_takes_every_manifest(
    servers: Mapping[str, Server], manifests: list[Manifest]
) -> None:
    """What is refused below is refused for what was changed."""
    answers = [servers[one.version].apply(one.content) for one in manifests]

    assert [answer for answer in answers if answer] == []


def test_every_change_is_refused_for_what_it_is(
    servers: Mapping[str, Server],
    manifests: list[Manifest],
    record_property: Callable[[str, object], None],
) -> None:
    """Unknown keys, values in another case, settings of another variant, other types, gaps."""
    counted: Counter[str] = Counter()
    passed = []
    for manifest, change in spoilt(manifests):
        counted[change.sort] += 1
        content = {**manifest.content, "spec": change.properties}
        answer = servers[manifest.version].apply(content)
        if not re.search(SORTS[change.sort], answer):
            passed.append((manifest.place, change.sort, change.at, answer))

    assert passed == []
    assert all(counted[sort] >= LEAST for sort in SORTS), counted
    record_property(SUMMARY, f"the API server has refused {counted.total()} changed manifests")


def test_a_key_that_is_there_twice_is_refused(
    servers: Mapping[str, Server], manifests: list[Manifest]
) -> None:
    """As text: a program that reads YAML first may keep the last one and say nothing."""
    for manifest in manifests:
        twice = re.sub(rb"(?m)^(spec:\n)(  \w+:.*\n)", rb"\1\2\2", manifest.data, count=1)
        assert twice != manifest.data
        answer = servers[manifest.version].apply(manifest.content, twice)
        assert "already set in map" in answer, f"{manifest.place}: {answer}"


@pytest.mark.parametrize("version", known_versions())
def test_the_server_and_azures_types_agree(servers: Mapping[str, Server], version: str) -> None:
    """On values that between them have every property of every variant of every kind."""
    loaded = schemas(version)
    for kind in kinds_in(version):
        custom, properties = kind.custom_resource, loaded["resources"][kind.arm_type]
        validator = Draft202012Validator({**properties, "$defs": loaded["$defs"]})
        for sample in samples(properties, loaded["$defs"]):
            manifest = {
                "apiVersion": f"{custom.group}/{custom.version}",
                "kind": custom.kind,
                "metadata": {"name": "abc", "namespace": "any"},
                "spec": sample,
            }
            answer = servers[version].apply(manifest)
            is_valid = validator.is_valid(sample)
            assert (answer == "") == is_valid, f"{kind.section}: {answer or sample}"


@pytest.mark.parametrize("mode", ["All", "None"])
def test_the_server_takes_what_a_description_lists(
    servers: Mapping[str, Server], mode: str
) -> None:
    """Azure's text lists values for a broker's policies that its types lack; outputs have them."""
    policies = ("retain", "stateStore", "subscriberQueue")
    persistence = {"maxSize": "1G"} | {policy: {"mode": mode} for policy in policies}
    broker = {
        "apiVersion": "mqttbroker.iotoperations.azure.com/v1",
        "kind": "Broker",
        "metadata": {"name": "abc", "namespace": "any"},
        "spec": {"persistence": persistence},
    }

    assert servers["2025-10-01"].apply(broker) == ""
