"""Many resources in several templates, each within Azure's limits, and stable."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import RunCli
from tests.proof.bicep_rpc import BicepRpc

from bikube.render.bicep.partition import LARGE, MAX_BYTES, MAX_RESOURCES, Item, Template, partition

# Other tests enter this code too; to count branches would double what so many cases take.
pytestmark = pytest.mark.no_cover

LIMIT_RESOURCES = 800
LIMIT_BYTES = 4 * 1024 * 1024
HEAD = """\
bikube: v1
instance:
  name: aio-plant-7
  customLocation: cl-plant-7
registryEndpoints:
"""


IDENTITY = (
    "{clientId: 0c8f4f2a-9a51-4c1e-b7d3-62d8a5e0417b,"
    " tenantId: 5e2b9d14-73c6-4f0a-8d51-c9e4f6a1b328}"
)


def item(name: str, size: int = 700, *, stage: int = 1, parent: str | None = None) -> Item:
    """A resource as partitioning sees it."""
    return Item(stage, f"kind{stage}", f"kind{stage}/{parent}/{name}", parent, size)


def items(count: int, prefix: str = "e") -> list[Item]:
    """Small resources without parents."""
    return [item(f"{prefix}-{number}") for number in range(count)]


def contents(parts: Iterable[Template], of: Sequence[Item]) -> dict[str, frozenset[str]]:
    """What each template holds, by its name."""
    return {part.name: frozenset(of[index].identity for index in part.members) for part in parts}


def changed(before: Sequence[Item], after: Sequence[Item]) -> list[str]:
    """The templates that are not the same for both."""
    return differing(contents(partition(before), before), contents(partition(after), after))


def differing(one: Mapping[str, object], other: Mapping[str, object]) -> list[str]:
    """The names under which the two do not hold the same."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def assert_partitioned(of: Sequence[Item]) -> None:
    """Every resource is in one template, and each template within the limits."""
    parts = partition(of)
    assert Counter(index for part in parts for index in part.members) == Counter(range(len(of)))
    assert len({part.name for part in parts}) == len(parts)
    files = [f"{part.name}.bicep" for part in parts]
    assert files == sorted(files)
    for part in parts:
        members = [of[index] for index in part.members]
        parents = {member.parent for member in members} - {None}
        assert 0 < len(members) + len(parents) <= MAX_RESOURCES
        assert sum(member.size for member in members) <= MAX_BYTES


def test_what_fits_is_in_one_template() -> None:
    """Up to the limit there is one, which holds all in the order in which they came."""
    assert partition(items(MAX_RESOURCES)) == [Template("main", list(range(MAX_RESOURCES)))]
    assert partition([]) == [Template("main", [])]


def test_one_more_makes_two() -> None:
    """Crossing the limit changes what is there, and brings a new one that deploys before it."""
    before, after = items(MAX_RESOURCES), items(MAX_RESOURCES + 1)
    names = [part.name for part in partition(after)]

    assert names == ["main-01-kind1-7fffff", "main"]
    assert changed(before, after) == ["main", "main-01-kind1-7fffff"]


def test_bytes_split_too() -> None:
    """A few large resources make as many templates as many small ones."""
    large = [item(f"e-{number}", LARGE - 1) for number in range(36)]

    assert len(partition(large[:35])) == 1
    assert len(partition(large)) == 2
    assert_partitioned(large)


def test_a_large_resource_is_by_itself_among_several_templates() -> None:
    """It would else unbalance the split of the others."""
    mixed = [*items(1000), item("large", LARGE), item("larger", MAX_BYTES)]
    parts = partition(mixed)

    assert [len(part.members) for part in parts if "large" in part.name] == [1, 1]
    assert_partitioned(mixed)


def test_stages_are_in_templates_of_their_own_in_order() -> None:
    """What is referred to deploys before what refers to it."""
    mixed = [*(item(f"a-{n}", stage=2) for n in range(500)), *items(500)]

    assert list(contents(partition(mixed), mixed)) == [
        "main-01-kind1-ffffff",
        "main",
    ]
    assert_partitioned(mixed)


def test_parents_count() -> None:
    """A template may have to declare each parent as existing."""
    children = [item(f"c-{number}", parent=f"p-{number}") for number in range(MAX_RESOURCES // 2)]

    assert len(partition(children)) == 1
    assert len(partition([*children, item("last", parent="p-0")])) == 2


def test_order_does_not_matter() -> None:
    """The same resources in another order are in the same templates."""
    forward, backward = items(3000), items(3000)[::-1]

    assert contents(partition(forward), forward) == contents(partition(backward), backward)


def test_growing_one_by_one_changes_at_most_two_templates() -> None:
    """At every size, one more changes one template, or one and a new one."""
    everything = items(2500)
    before = contents(partition([]), everything)
    counts: Counter[int] = Counter()
    for size in range(1, 2501):
        after = contents(partition(everything[:size]), everything)
        counts[len(differing(before, after))] += 1
        before = after

    assert counts.keys() == {1, 2}


names = st.from_regex("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]", fullmatch=True)
sizes = st.integers(500, 3000) | st.sampled_from([20_000, LARGE - 1, LARGE, 900_000])


@given(st.integers(1, 12_000) | st.integers(600, 800), st.data())
def test_adding_and_removing_any_resource_changes_at_most_two_templates(
    count: int, data: st.DataObject
) -> None:
    """Whatever its name and size, and however many there are."""
    others = [item(f"e-{number}", 500 + number % 7000) for number in range(count)]
    new = item(data.draw(names), data.draw(sizes))
    removed = data.draw(st.integers(0, len(others) - 1))
    without = others[:removed] + others[removed + 1 :]

    assert_partitioned([*others, new])
    assert len(changed(others, [*others, new])) <= 2
    assert len(changed(without, others)) <= 2


def endpoint(number: int, name: str | None = None) -> str:
    """One of the four ways to sign in, in turn."""
    text = f"  - name: {name or f'endpoint-{number}'}\n    host: registry{number}.azurecr.io\n"
    methods = (
        "{method: SystemAssignedManagedIdentity}",
        f"{{method: UserAssignedManagedIdentity, userAssignedManagedIdentitySettings: {IDENTITY}}}",
        "{method: ArtifactPullSecret, artifactPullSecretSettings: {secretRef: pull-secret}}",
        "{method: Anonymous}",
    )
    return f"{text}    authentication: {methods[number % 4]}\n"


def templates(run_cli: RunCli, entries: Iterable[str], folder: Path) -> dict[str, bytes]:
    """The Bicep files of a spec with these entries, in the order in which they deploy."""
    folder.mkdir(exist_ok=True)
    (folder / "bikube.yaml").write_text(HEAD + "".join(entries), encoding="utf-8")
    result = run_cli(*("generate", "bikube.yaml", "--out", "out", "--target", "bicep"), cwd=folder)
    assert result.code == 0, result.err[-2000:]
    files = (folder / "out" / "aio-plant-7" / "bicep").iterdir()
    return {file.name: file.read_bytes() for file in sorted(files)}


def test_ten_thousand_endpoints_compile_within_the_limits(
    run_cli: RunCli, bicep: BicepRpc, tmp_path: Path
) -> None:
    """Every template compiles in silence, and none has more resources or bytes than Azure takes."""
    entries = [endpoint(number) for number in range(10_000)]
    files = templates(run_cli, entries, tmp_path)
    deployed: Counter[str] = Counter()
    for name, data in files.items():
        file = tmp_path / "out" / "aio-plant-7" / "bicep" / name
        compilation = bicep.compile(file)
        assert compilation.template is not None
        resources = json.loads(compilation.template)["resources"]
        deployed.update(each["name"] for each in resources)
        assert compilation.diagnostics == ()
        assert data.count(b"\nresource ") == len(resources) + 2 <= LIMIT_RESOURCES
        assert len(compilation.template.encode()) < LIMIT_BYTES

    assert len(files) == 16
    assert len(deployed) == sum(deployed.values()) == 10_000


def test_one_more_endpoint_changes_at_most_two_files(run_cli: RunCli, tmp_path: Path) -> None:
    """All other templates of ten thousand endpoints keep every byte; so it is when one goes."""
    entries = [endpoint(number) for number in range(10_000)]
    before = templates(run_cli, entries, tmp_path)
    for number, name in enumerate(["aaa", "zzz", "new-endpoint", "0-0", "endpoint-10000"]):
        after = templates(run_cli, [endpoint(number, name), *entries], tmp_path)
        assert 1 <= len(differing(before, after)) <= 2


def test_the_endpoint_too_many_changes_at_most_two_files(run_cli: RunCli, tmp_path: Path) -> None:
    """Where one template is full, one more endpoint changes it and adds another."""
    entries = [endpoint(number) for number in range(MAX_RESOURCES + 1)]
    before = templates(run_cli, entries[:-1], tmp_path)
    after = templates(run_cli, entries, tmp_path)
    assert list(before) == ["main.bicep"]
    assert list(after) == ["main-01-registryendpoints-7fffff.bicep", "main.bicep"]


def scope(text: str) -> str:
    """A member of a user-assigned identity's settings, no character raw."""
    escaped = "".join(f"\\U{ord(character):08x}" for character in text)
    return f'scope: "{escaped}"'


@pytest.mark.parametrize(
    ("member", "count"),
    [
        (scope("\u4e2d" * 9000), 200),
        (scope("\\" * 9000), 300),
        (scope("\x01" * 9000), 100),
        (scope("[" * 9000), 500),
        (f"more: [{', '.join(['{type: Secret, secretRef: a}'] * 1000)}]", 50),
        (f"more: {'[' * 40}{', '.join('0' * 500)}{']' * 40}", 100),
    ],
    ids=["non-ascii", "backslashes", "controls", "brackets", "objects", "nested"],
)
def test_large_endpoints_compile_within_the_limits(
    member: str, count: int, run_cli: RunCli, bicep: BicepRpc, tmp_path: Path
) -> None:
    """Bytes count as the compiler writes them, whatever takes them."""
    entries = [endpoint(4 * number + 1).replace("}}", f", {member}}}}}") for number in range(count)]
    # Without types, a property that is not known is no error.
    entries.append("targets: {bicep: {apiVersion: 2025-10-01-preview}}\n")
    sizes_of = []
    for name in templates(run_cli, entries, tmp_path):
        compilation = bicep.compile(tmp_path / "out" / "aio-plant-7" / "bicep" / name)
        assert compilation.diagnostics == ()
        sizes_of.append(len((compilation.template or "").encode()))

    assert len(sizes_of) > 1
    assert max(sizes_of) < LIMIT_BYTES
