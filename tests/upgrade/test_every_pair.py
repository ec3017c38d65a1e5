"""Every upgrade of the golden specs and of the plant, between each pair of versions, evaluated."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import pytest
from tests.proof.tools import find

from bikube.app.compiling import Evaluator, evaluator
from bikube.app.requests import CompilerChoice
from bikube.azure import known_versions
from bikube.lint import Linted, lint
from bikube.render.rendering import render
from bikube.rules import builtin_rules
from bikube.spec import Spec
from bikube.upgrade import Upgraded, upgrade_spec
from bikube.verify import Side, file_faults, prove, read_folder, wanted
from bikube.verify.manifests import Folder

# Other tests enter this code too; to count branches would double what so many cases take.
pytestmark = pytest.mark.no_cover

ROOT = Path(__file__).parents[2]
SPECS = sorted([*ROOT.glob("golden/*/spec.yaml"), *ROOT.glob("examples/**/*bikube.yaml")])

NAME = "spec.yaml"
AIO = "Microsoft.IoTOperations/"
Place: TypeAlias = tuple[str | int, ...]

PERSONS = {
    "property-not-in-version": "renamed",  # Two certificates, where the version has one.
    "unknown-value": "removed",  # A connector that Helm installs.
}
"""The errors that an upgrade may end with, and the sort of difference that tells of each."""


class Output(NamedTuple):
    """What the Bicep of a spec deploys, evaluated: values by entry and path, and API versions."""

    values: Mapping[Place, Any]
    versions: frozenset[str]


@pytest.fixture(scope="module")
def compiler() -> Iterator[Evaluator]:
    """The real compiler, one process for all specs."""
    with evaluator(CompilerChoice(find("bicep"))) as started:
        yield started


@cache
def look(data: bytes) -> Linted:
    """What bikube's own rules find."""
    return lint(NAME, data, builtin_rules())


def outputs(compiler: Evaluator, texts: Sequence[bytes]) -> dict[bytes, Output]:
    """What the Bicep of specs deploys; proves that it and the manifests are what they say."""
    specs = [spec for spec in (look(data).spec for data in texts) if spec is not None]
    assert len(specs) == len(texts)
    files = [_rendered(spec) for spec in specs]
    # All at once, so that the compiler works while the others are read.
    begun = compiler.texts([one[Side.BICEP] for one in files])
    found = {}
    for data, spec, sides, evaluation in zip(texts, specs, files, begun, strict=True):
        asked = wanted(NAME, data.decode())
        folder = manifests(tuple(sides[Side.KUBERNETES].items()))
        wrong = [one for side in sides for one in file_faults(side, sides[side], asked, NAME)]
        evaluated = evaluation()
        assert (wrong, prove(evaluated, folder, asked).differences) == ([], ())
        resources = [one for template in evaluated for one in template.resources]
        by_name = {(one["type"], one["name"]): one["properties"] for one in resources}
        # Companions have versions of their own.
        versions = frozenset(one["apiVersion"] for one in resources if AIO in one["type"])
        found[data] = Output(dict(_values(spec, by_name)), versions)
    return found


@cache
def manifests(files: tuple[tuple[str, bytes], ...]) -> Folder:
    """What manifests say, which most API versions have in common."""
    return read_folder(dict(files))


def _rendered(spec: Spec) -> dict[Side, dict[str, bytes]]:
    files: dict[Side, dict[str, bytes]] = {Side.BICEP: {}, Side.KUBERNETES: {}}
    for file in render(spec, NAME, [side.value for side in files]):
        files[Side(file.path.split("/")[1])][file.path] = file.data
    return files


def _values(spec: Spec, resources: Mapping[tuple[str, str], Any]) -> Iterator[tuple[Place, Any]]:
    for kind in spec.kinds:
        for index, entry in enumerate(spec.tables[kind.section].entries):
            parents = [entry.get(kind.parent.ref, "default")] if kind.parent is not None else []
            name = "/".join((spec.instance.name, *parents, entry["name"]))
            yield from leaves(resources[kind.arm_type, name], (kind.section, index))


def leaves(value: Any, at: Place) -> Iterator[tuple[Place, Any]]:
    """Every value in ``value`` that holds no other one, by its path."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, child in inner:
        if isinstance(child, dict | list) and child:
            yield from leaves(child, (*at, key))
        else:
            yield (*at, key), child


def is_below(path: Place, places: list[Place]) -> bool:
    """Whether one of ``places`` holds what is at ``path``."""
    return any(path[: len(place)] == place for place in places)


def compare(done: Upgraded, before: Output, after: Output) -> None:
    """Hold what the evaluated output loses and gains to what is told."""
    assert after.versions == {done.version}
    gone = [one.at for one in done.differences if one.is_going and one.what != "null"]
    renamed = [one for one in done.differences if one.sort == "renamed"]
    come = [(*one.at[:-1], one.what.strip('"')) for one in renamed]

    lost = {path for path in before.values if path not in after.values}
    assert lost == {path for path in before.values if is_below(path, gone)}
    assert [place for place in gone if not any(is_below(path, [place]) for path in lost)] == []
    for path, value in after.values.items():
        # A map that has lost its last member is empty.
        is_emptied = value == {} and any(place[: len(path)] == path for place in gone)
        assert is_below(path, come) or is_emptied or before.values[path] == value, path
    for one, place in zip(renamed, come, strict=True):
        old = sorted(
            str(value) for path, value in before.values.items() if is_below(path, [one.at])
        )
        new = sorted(str(value) for path, value in after.values.items() if is_below(path, [place]))
        assert old == new


def refused(done: Upgraded) -> bool:
    """Whether a spec stays as it is, which has to have a reason that is told."""
    if done.wanting:
        sorts = {one.sort for one in done.differences}
        assert {PERSONS[one.rule] for one in done.wanting} <= sorts
    elif done.refusal:
        assert " has no " in done.refusal or " serves up to " in done.refusal
    return bool(done.refusal)


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_pair_of_versions(compiler: Evaluator, path: Path) -> None:
    """The result lints and is verified, and lacks what is told and nothing else."""
    own = path.read_bytes()
    starts = [upgrade_spec(own, look, version) for version in known_versions()]
    done = [
        (start.data, upgrade_spec(start.data, look, version))
        for start, version in product(starts, known_versions())
        if not refused(start)
    ]
    assert [one.refusal for data, one in done if refused(one) and one.data != data] == []
    pairs = [(data, one) for data, one in done if not one.refusal]
    texts = sorted({text for data, one in pairs for text in (data, one.data)})
    found = outputs(compiler, texts)
    for data, one in pairs:
        compare(one, found[data], found[one.data])

    assert pairs != []
