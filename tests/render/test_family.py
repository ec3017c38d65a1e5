"""Whatever Azure lets one write of any kind arrives in both outputs, in every API version.

For each version there is one spec: each kind, each variant of each union, each listed value, and
what is tolerated beside them. The real compiler gets it as one template.
"""

import json
import subprocess
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from tests.proof.bicep_rpc import BicepRpc
from tests.proof.compare import compare
from tests.proof.data import mismatches
from tests.proof.evaluate import evaluate, templates
from tests.proof.manifests import Manifest, read_folder
from tests.render.bicep.test_linter import OLD_VERSION, every_rule, is_old
from tests.render.test_strings import STRUCTURAL, flow, properties, taken_apart, written
from tests.support.covering import Coverage, alternatives, taken

from bikube.azure import Kind, all_kinds, has_type, known_versions, schemas
from bikube.diagnostics import Severity
from bikube.lint.engine import lint

# Other tests enter this code too; to count branches would double what so many cases take.
pytestmark = pytest.mark.no_cover

INSTANCE = "aio-plant-7"
# How deep unions lie in each other.
DEPTHS = (0, 1, 2)

as_json = partial(json.dumps, sort_keys=True)

Entries = list[dict[str, Any]]


class Family(NamedTuple):
    """Both outputs of one spec: ``entries`` by section, and the folder that holds the files."""

    entries: dict[str, Entries]
    folder: Path

    @property
    def template(self) -> Path:
        """The only template."""
        (template,) = templates(self.folder / "bicep")
        return template


def kinds(version: str) -> list[Kind]:
    """Those that ``version`` has types of."""
    return [kind for kind in all_kinds() if has_type(kind.arm_type, version)]


def entries(kind: Kind, version: str) -> Entries:
    """Entries with everything that ``version`` has of ``kind``, and what is tolerated of it."""
    loaded = schemas(version)
    depths = (None,) if kind.exact_variants else (None, *DEPTHS)
    found: dict[str, Any] = {}
    for depth in depths:
        values = Coverage(loaded["$defs"], depth).values(loaded["resources"][kind.arm_type])
        found.update((json.dumps(one), one) for one in values)
    return [{"name": f"n-{number}", **one} for number, one in enumerate(found.values())]


@pytest.fixture(scope="module", params=known_versions())
def version(request: pytest.FixtureRequest) -> str:
    """Each API version in turn."""
    return str(request.param)


@pytest.fixture(scope="module")
def family(version: str, tmp_path_factory: pytest.TempPathFactory) -> Family:
    """What has been generated of all kinds in one version."""
    folder = tmp_path_factory.mktemp("family")
    sections = {kind.section: entries(kind, version) for kind in kinds(version)}
    spec = {
        "bikube": "v1",
        "instance": {"name": INSTANCE, "customLocation": "cl-plant-7"},
        "targets": {"bicep": {"apiVersion": version}},
        **sections,
    }
    linted = lint("spec.yaml", flow(spec).encode(), STRUCTURAL)
    rules = {one.rule for one in linted.diagnostics if one.severity is Severity.ERROR}
    # Connections of a graph are between texts of all sorts.
    assert rules <= {"unknown-node"}
    written(linted, folder)
    return Family(sections, folder)


@pytest.fixture(scope="module")
def manifests(family: Family) -> tuple[Manifest, ...]:
    """The manifests, read with care, once."""
    return read_folder(family.folder / "kubernetes")


def test_every_variant_and_listed_value_is_there(version: str, family: Family) -> None:
    """At each place where the types of a version have it; what is only described, too."""
    for kind in kinds(version):
        root, definitions = schemas(version)["resources"][kind.arm_type], schemas(version)["$defs"]
        written = family.entries[kind.section]
        found = {one for entry in written for one in taken(entry, root, definitions)}
        assert alternatives(root, definitions) - found == set()
        values = {value for _, value in found}
        assert (values >= {"All", "None", "custom"}) == (
            kind.section == "brokers" and version >= "2025-07-01-preview"
        )


def test_all_rules_of_the_linter_are_silent(version: str, family: Family, bicep: BicepRpc) -> None:
    """But for the age of a version that the spec itself has asked for."""
    (family.folder / "bicep" / "bicepconfig.json").write_text(every_rule(), encoding="utf-8")
    found = {one.code for one in bicep.compile(family.template).diagnostics}
    assert found == ({OLD_VERSION} if is_old(version) else set())
    assert bicep.format(family.template) == family.template.read_bytes().decode()


def test_both_outputs_are_what_the_spec_says(
    family: Family, manifests: tuple[Manifest, ...], bicep: BicepRpc
) -> None:
    """Resource by resource: Bicep as it is evaluated, manifests as they are read."""
    resources = evaluate(bicep, [family.template])
    assert compare(resources, manifests) == []
    evaluated = {
        f"{one.data['type']} {one.data['name'].rpartition('/')[2]}": one.data["properties"]
        for one in resources
    }
    expected = {
        f"{kind.arm_type} {entry['name']}": properties(entry)
        for kind in all_kinds()
        for entry in family.entries.get(kind.section, ())
    }
    assert list(mismatches(evaluated, expected)) == []


def test_kubectl_reads_all_manifests(
    family: Family, manifests: tuple[Manifest, ...], kubectl: Path
) -> None:
    """Kustomize gives each of them back."""
    command: list[str | Path] = [kubectl, "kustomize", family.folder / "kubernetes"]
    run = subprocess.run(command, capture_output=True, check=True)
    # The reader of the proof would take ten times as long, and has read them all before.
    built = yaml.load_all(run.stdout, yaml.CSafeLoader)
    assert sorted(map(as_json, built)) == sorted(as_json(one.data) for one in manifests)


def test_no_directive_is_needless(family: Family, bicep: BicepRpc) -> None:
    """Without them the compiler minds just those lines, for just those reasons."""
    silenced, bare = taken_apart(family.template.read_text(encoding="utf-8"))
    file = family.folder / "bare" / "main.bicep"
    file.parent.mkdir()
    file.write_text(bare, encoding="utf-8")
    found: dict[int, set[str]] = {}
    for one in bicep.compile(file).diagnostics:
        found.setdefault(one.line, set()).add(one.code)
    assert silenced == found
