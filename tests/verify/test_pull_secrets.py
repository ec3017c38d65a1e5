"""What both outputs have of pull secrets is held to the spec, and to each other without one."""

import re
import shutil
from collections.abc import Iterator, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import RunCli
from tests.proof.bicep_rpc import BicepRpc
from tests.proof.evaluate import evaluate, templates
from tests.proof.mutate import mutants

from bikube.compiler import Evaluated
from bikube.verify import Difference, Side, Sighting, prove, read_folder
from bikube.verify.manifests import Folder, Manifest
from bikube.verify.proof import Proof
from bikube.verify.wanted import wanted

GOLDEN = Path(__file__).parents[2] / "golden"
CASES = ("pull-secret", "pull-secret-shared")
TEMPLATE = "main-00-pullsecrets.bicep"
TYPE, PATH = "kubernetes.io/dockerconfigjson", ("spec", "secretObject", "type")
OURS = ("Microsoft.SecretSyncController", "secret")

Data = dict[str, Any]


class Case:
    """The outputs of a golden case, as plain data."""

    def __init__(self, bicep: BicepRpc, name: str) -> None:
        folder = GOLDEN / name
        self.spec = wanted("spec.yaml", (folder / "spec.yaml").read_text(encoding="utf-8"))
        self.resources = [one.data for one in evaluate(bicep, templates(folder / "bicep"))]
        files = {path.name: path.read_bytes() for path in (folder / "kubernetes").iterdir()}
        self.folder = read_folder(files)

    def proof(self, resources: Sequence[Data], manifests: Sequence[Manifest]) -> Proof:
        """What comes of these outputs beside the spec."""
        return prove(self._evaluated(resources), Folder(tuple(manifests), ()), self.spec)

    def compared(self, resources: Sequence[Data], manifests: Sequence[Manifest]) -> Proof:
        """What comes of them without a spec."""
        return prove(self._evaluated(resources), Folder(tuple(manifests), ()))

    @staticmethod
    def _evaluated(resources: Sequence[Data]) -> list[Evaluated]:
        return [Evaluated("main.bicep", tuple(resources))]

    def faults(self) -> Iterator[tuple[str, list[Data], list[Manifest]]]:
        """Both outputs with one change in what is of pull secrets, in one of them."""
        manifests = list(self.folder.manifests)
        for index, data in enumerate(self.resources):
            if data["type"].startswith(OURS):
                for what, changed in _changes(data):
                    rest = [*self.resources[:index], *changed, *self.resources[index + 1 :]]
                    yield f"{data['type']} {what}", rest, manifests
        for index, one in enumerate(manifests):
            if str(one.data["apiVersion"]).startswith(OURS):
                for what, changed in _changes(dict(one.data)):
                    those = [one._replace(data=each) for each in changed]
                    others = [*manifests[:index], *those, *manifests[index + 1 :]]
                    yield f"{one.file} {what}", self.resources, others


def _changes(data: Data) -> Iterator[tuple[str, list[Data]]]:
    """What could be there in place of ``data``."""
    yield "gone", []
    yield "twice", [data, deepcopy(data)]
    for mutant in mutants(data):
        if isinstance(mutant.value, dict):
            yield f"{mutant.pointer} {mutant.what}", [mutant.value]


@pytest.mark.parametrize("name", CASES)
def test_the_golden_cases_are_what_their_specs_ask_for(bicep: BicepRpc, name: str) -> None:
    """With the spec nothing differs and nothing is apart; so it is without."""
    case = Case(bicep, name)
    for found in (
        case.proof(case.resources, case.folder.manifests),
        case.compared(case.resources, case.folder.manifests),
    ):
        assert (found.differences, found.apart) == ((), ())
        assert found.tallies["pullSecrets"].resources == {"pull-secret": 2}.get(name, 4)


def test_every_change_is_reported(bicep: BicepRpc) -> None:
    """Whatever is changed, dropped, added, renamed, missing or there twice in either output."""
    case = Case(bicep, "pull-secret")
    survivors, count = [], 0
    for what, resources, manifests in case.faults():
        count += 1
        if not case.proof(resources, manifests).differences:
            survivors.append(what)

    assert survivors == []
    assert count > 300


def test_what_a_change_is_reported_as(bicep: BicepRpc) -> None:
    """The resource, the path, what the spec asks for, and what is there, in its file."""
    case = Case(bicep, "pull-secret")
    (sync,) = (one for one in case.folder.manifests if one.file.startswith("secretsync"))
    changed = deepcopy(sync.data)
    changed["spec"]["secretObject"]["type"] = "Opaque"
    manifests = [one if one is not sync else one._replace(data=changed) for one in case.folder[0]]

    assert case.proof(case.resources, manifests).differences == (
        Difference(
            "pullSecrets/harbor-pull",
            "/spec/secretObject/type",
            "kubernetes is not what the spec asks for",
            (
                Sighting(Side.SPEC, "spec.yaml", ("pullSecrets", 0), TYPE),
                Sighting(Side.KUBERNETES, sync.file, (0, *PATH), "Opaque"),
            ),
        ),
    )
    assert case.compared(case.resources, manifests).differences == (
        Difference(
            "pullSecrets/harbor-pull",
            "/spec/secretObject/type",
            "the values differ",
            (
                Sighting(Side.BICEP, "main.bicep", ("pullSecrets",), TYPE),
                Sighting(Side.KUBERNETES, sync.file, (0, *PATH), "Opaque"),
            ),
        ),
    )


def test_what_both_outputs_say_is_compared_without_a_spec(bicep: BicepRpc) -> None:
    """Each value of the properties, but for space behind YAML; what one of them has is named."""
    case = Case(bicep, "pull-secret")
    survivors, count = [], 0
    for what, resources, manifests in case.faults():
        if " /spec/" in what or " /properties/" in what or what.endswith((" gone", " twice")):
            found = case.compared(resources, manifests)
            count += 1
            if not (found.differences or found.apart):
                survivors.append(what)

    assert [
        what for what in survivors if not re.search(r"/objects flip to .*\\n[\\n ]+'$", what)
    ] == []
    assert len(survivors) == 4
    assert count > 200


@pytest.mark.parametrize(
    ("objects", "is_same"),
    [
        (
            "array:\n    - |\n      objectName: harbor-dockerconfig\n      objectType: secret\n",
            False,
        ),
        ('array: \n  - |\n    objectName: "harbor-dockerconfig"\n    objectType: secret\n', True),
        ("array:\n  - |\n    objectName: other\n    objectType: secret\n", False),
        ("array:\n  - [\n", False),
        ("", False),
    ],
)
def test_the_layout_of_what_is_read_is_no_difference(
    bicep: BicepRpc, objects: str, is_same: bool
) -> None:
    """Between files of others; what the text holds is compared. Beside a spec, letters count."""
    case = Case(bicep, "pull-secret")
    resources = deepcopy(case.resources)
    for one in resources:
        if "objects" in one["properties"]:
            one["properties"]["objects"] = objects

    assert (case.compared(resources, case.folder.manifests).differences == ()) is is_same
    assert case.proof(resources, case.folder.manifests).differences != ()


def test_a_resource_without_properties_is_apart(bicep: BicepRpc) -> None:
    """No manifest says the same."""
    case = Case(bicep, "pull-secret")
    resources = [{**one, "properties": None} for one in case.resources if "location" in one]
    found = case.compared(resources, case.folder.manifests)
    assert len(found.apart) == 4


@pytest.mark.usefixtures("bicep")
def test_the_command_counts_what_it_proves(run_cli: RunCli, tmp_path: Path) -> None:
    """Two resources a secret, as a proof of specs and of files."""
    shutil.copytree(GOLDEN / "pull-secret-shared", tmp_path / "case")
    result = run_cli("verify", "spec.yaml", cwd=tmp_path / "case")
    assert (result.code, result.err) == (0, "")
    assert "  pullSecrets: 4 resources, " in result.out
    for file in (tmp_path / "case/kubernetes").iterdir():
        if not file.name.startswith("secret"):
            file.unlink()
    files = ("--bicep", f"bicep/{TEMPLATE}", "--manifests", "kubernetes")
    result = run_cli("verify", *files, cwd=tmp_path / "case")
    assert "pullSecrets: 4 resources, " in result.out
