"""``bikube verify``: what is proved, what is found, and what keeps it from an answer."""

import json
import shutil
import sys
from pathlib import Path

import pytest
from tests.conftest import RunCli
from tests.proof.tools import find
from tests.support import standins
from tests.support.standins import stand_in
from tests.support.trees import spec, write_tree

ROOT = Path(__file__).parents[2]
SPEC = """\
bikube: v1
instance:
  name: aio-plant-7
  customLocation: cl-plant-7
dataflowProfiles:
  - name: heavy
    instanceCount: 2
dataflows:
  - name: uplink
    profileRef: heavy
    mode: Disabled
    operations:
      - operationType: Source
        sourceSettings: {endpointRef: default, dataSources: [a/b]}
      - operationType: Destination
        destinationSettings: {endpointRef: default, dataDestination: c}
brokers:
  - name: second
    memoryProfile: Low
    cardinality:
      frontend: {replicas: 1}
      backendChain: {partitions: 1, redundancyFactor: 2, workers: 1}
brokerAuthentications:
  - name: devices
    brokerRef: second
    authenticationMethods:
      - method: ServiceAccountToken
        serviceAccountTokenSettings: {audiences: [aio-internal]}
"""
BICEP_ONLY = "targets: [bicep]\n"

BICEP, KUBERNETES = "deploy/aio-plant-7/bicep", "deploy/aio-plant-7/kubernetes"
DEVICES = "brokerauthentication-devices.yaml"
UNSAID = f"""\
not compared, since the other side has no place for it: {KUBERNETES}/{DEVICES}: \
brokerAuthentications/second/devices, whose parent no manifest can say (kubernetes)
"""
EQUAL = f"""\
{UNSAID}proved equal: 4 resources, 15 values
  brokers: 1 resource, 5 values
  brokerAuthentications: 1 resource, 2 values, 1 parent
  dataflowProfiles: 1 resource, 1 value
  dataflows: 1 resource, 7 values, 1 parent, 2 references
"""
DIFFERENT = f"""\
{BICEP}/extra.bicep:1: the first line does not say that this is generated
{KUBERNETES}/extra.yaml:1: the first line does not say that this is generated
{BICEP}/extra.bicep: it describes no resource
{KUBERNETES}/extra.yaml: kustomization.yaml does not list it
dataflowProfiles/heavy /instanceCount: the values differ
    spec       bikube.yaml:7: 2
    bicep      {BICEP}/main.bicep:68: 3
    kubernetes {KUBERNETES}/dataflowprofile-heavy.yaml:9: 2
dataflows/heavy/uplink: the parents differ
    spec       bikube.yaml:10: "heavy"
    bicep      {BICEP}/main.bicep:73: "heavy"
    kubernetes {KUBERNETES}/dataflow-uplink.yaml:8: null
dataflows/heavy/uplink /mode: the values differ
    spec       bikube.yaml:11: "Disabled"
    bicep      {BICEP}/main.bicep:80: "Disabled"
    kubernetes {KUBERNETES}/dataflow-uplink.yaml:9: "Enabled"
{KUBERNETES}/extra.yaml: what says no kind is in no spec
{UNSAID}not equal: 8 differences in 4 resources, 15 values
"""
NO_FOLDER = 'there is no such folder; generated files are expected in it; run "bikube generate"'
NO_MANIFESTS = f"""\
{KUBERNETES}: {NO_FOLDER}
not equal: 1 difference in 4 resources, 15 values
"""
NO_BICEP = f"""\
{BICEP}: {NO_FOLDER}
{UNSAID}not equal: 1 difference in 4 resources, 15 values
"""
NONE = f"""\
deploy/aio-plant-7: {NO_FOLDER}
not equal: 1 difference in 0 resources, 0 values
"""

needs_scripts = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are scripts")


@pytest.fixture
def tree(run_cli: RunCli, tmp_path: Path) -> Path:
    """A folder with a spec and what is generated from it."""
    write_tree(tmp_path, {"bikube.yaml": SPEC})
    assert run_cli("generate", cwd=tmp_path).code == 0
    return tmp_path


def replace(file: Path, old: str, new: str) -> None:
    """Writes ``new`` for ``old`` in a file, which has it."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_fresh_output_is_proved_equal(run_cli: RunCli, tree: Path) -> None:
    """A run says what it compared, by kind, and writes nothing."""
    find("bicep")
    replace(tree / "deploy/aio-plant-7/bicep/main.bicep", "instanceCount: 2", "instanceCount: 3")
    result = run_cli("verify", cwd=tree)

    assert (result.code, result.out) == (0, EQUAL)


def test_committed_output_is_proved_as_it_is(run_cli: RunCli, tree: Path) -> None:
    """Each difference has the place of each side, also of what is missing or in the way."""
    find("bicep")
    assert run_cli("verify", "--committed", cwd=tree).code == 0
    output = tree / "deploy" / "aio-plant-7"
    replace(output / "bicep/main.bicep", "instanceCount: 2", "instanceCount: 3")
    replace(output / "kubernetes/dataflow-uplink.yaml", "mode: Disabled", "mode: Enabled")
    replace(output / "kubernetes/dataflow-uplink.yaml", "  profileRef: heavy\n", "")
    (output / "kubernetes/extra.yaml").write_text("a: 1\n", encoding="utf-8")
    (output / "kubernetes/.hidden.yaml").write_text("a: 1\n", encoding="utf-8")
    (output / "bicep/extra.bicep").write_text("param a string = 'b'\n", encoding="utf-8")
    result = run_cli("verify", "--committed", cwd=tree)

    assert (result.code, result.out.splitlines()) == (1, DIFFERENT.splitlines())


@pytest.mark.parametrize(
    ("folder", "expected"),
    [("kubernetes", NO_MANIFESTS), ("bicep", NO_BICEP), ("", NONE)],
)
def test_output_that_is_not_there_is_one_difference(
    folder: str, expected: str, run_cli: RunCli, tree: Path
) -> None:
    """Of a folder that is missing, one line says so, and what makes it; the rest is proved."""
    find("bicep")
    shutil.rmtree(tree / "deploy/aio-plant-7" / folder)
    result = run_cli("verify", "--committed", cwd=tree)

    assert (result.code, result.out) == (1, expected)


@pytest.mark.parametrize("target", ["bicep", "kubernetes"])
def test_the_only_output_is_not_there(target: str, run_cli: RunCli, tree: Path) -> None:
    """It is a difference too where a spec has one target."""
    find("bicep")
    shutil.rmtree(tree / "deploy")
    write_tree(tree, {"bikube.config.yaml": f"targets: [{target}]\n"})
    result = run_cli("verify", "--committed", cwd=tree)

    assert (result.code, result.out) == (1, NONE)


def test_one_target_is_proved_as_the_spec_says(run_cli: RunCli, tmp_path: Path) -> None:
    """With one output there is no other that it could be equal to."""
    find("bicep")
    write_tree(tmp_path, {"bikube.yaml": spec(), "bikube.config.yaml": BICEP_ONLY})
    result = run_cli("verify", cwd=tmp_path)

    assert (result.code, result.out.splitlines()[0]) == (
        0,
        "proved as the spec says: 1 resource, 3 values",
    )


def test_files_of_others(run_cli: RunCli, tree: Path) -> None:
    """A Bicep file and a folder are compared without a spec, with what only one side has named."""
    find("bicep")
    output = tree / "deploy" / "aio-plant-7"
    options = ("--bicep", "a/main.bicep", "--manifests", "a/kubernetes")
    (tree / "a").mkdir()
    (output / "bicep/main.bicep").rename(tree / "a/main.bicep")
    (output / "kubernetes").rename(tree / "a/kubernetes")
    (tree / "a/kubernetes/kustomization.yaml").unlink()
    (tree / "a/kubernetes/secret.yaml").write_text(
        "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n", encoding="utf-8"
    )
    result = run_cli("verify", *options, "--format", "json", cwd=tree)
    found = json.loads(result.out)

    assert result.code == 1
    (difference,) = found["proofs"][0]["differences"]
    assert (difference["resource"], difference["message"]) == (
        "brokerAuthentications/second/devices",
        "the parents differ",
    )
    assert found["proofs"][0]["notCompared"] == [
        "a/kubernetes/secret.yaml: v1 Secret s (kubernetes)"
    ]
    replace(tree / "a/main.bicep", "parent: broker_second\n", "parent: broker_default\n")
    default = "resource broker_default 'Microsoft.IoTOperations/instances/brokers@2025-10-01'"
    with (tree / "a/main.bicep").open("a", encoding="utf-8") as file:
        file.write(f"\n{default} existing = {{\n  parent: instance\n  name: 'default'\n}}\n")
    result = run_cli("verify", *options, cwd=tree)
    assert (result.code, "proved equal: 4 resources, 15 values\n" in result.out) == (0, True)
    unknown = "reference('x', '2020-01-01').y"
    replace(tree / "a/main.bicep", "instanceCount: 2", f"instanceCount: {unknown}")
    result = run_cli("verify", *options, cwd=tree)
    assert result.code == 1
    assert "/instanceCount: the compiler cannot evaluate this offline" in result.out


def test_a_spec_with_an_error_is_not_verified(run_cli: RunCli, tmp_path: Path) -> None:
    """What cannot be rendered cannot be proved; the findings say why."""
    find("bicep")
    write_tree(tmp_path, {"bikube.yaml": spec().replace("host:", "hosts:")})
    result = run_cli("verify", cwd=tmp_path)

    assert (result.code, result.out) == (1, "")
    assert result.err.endswith("nothing was verified\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--bicep", "a"), '"--bicep" and "--manifests" go together'),
        (("--manifests", "a"), '"--bicep" and "--manifests" go together'),
        (("--bicep", "a", "--manifests", "b", "x.yaml"), "leave out SPEC and its options"),
        (("--bicep", "a", "--manifests", "b", "--committed"), "leave out SPEC and its options"),
        (("--bicep-cli", "missing"), '"missing" is no program; the Bicep CLI is expected'),
    ],
)
def test_wrong_usage(
    run_cli: RunCli, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    """What does not go together is refused, and so is a program that is not there."""
    write_tree(tmp_path, {"bikube.yaml": spec()})
    result = run_cli("verify", *arguments, cwd=tmp_path)

    assert (result.code, result.out) == (2, "")
    assert message in result.err


@needs_scripts
@pytest.mark.parametrize(
    ("body", "message"),
    [
        (standins.HANGS, "it gave no answer in 1 s"),
        (standins.CRASHES, "it ended without an answer"),
        (standins.FLOODS, "it ended without an answer"),
        (standins.BABBLES, "it answers with nonsense"),
        (standins.OLD, "it is too old, and does not know bicep/getSnapshot"),
        (standins.NO_SNAPSHOT, "answers bicep/getSnapshot with nonsense"),
    ],
)
def test_a_compiler_that_gives_no_answer(
    run_cli: RunCli, tmp_path: Path, body: str, message: str
) -> None:
    """Whatever the program does, the run ends with what is wrong and how to get a good one."""
    write_tree(tmp_path, {"bikube.yaml": spec(), "x/.keep": ""})
    program = stand_in(tmp_path / "x", body)
    seconds = "1" if body == standins.HANGS else "60"
    result = run_cli("verify", "--bicep-cli", str(program), "--timeout", seconds, cwd=tmp_path)

    assert (result.code, result.out) == (2, "")
    assert message in result.err
    assert 'run "az bicep install"' in result.err


@needs_scripts
def test_files_that_are_not_there(run_cli: RunCli, tmp_path: Path) -> None:
    """A missing file or folder, and one without manifests, are named."""
    write_tree(tmp_path, {"main.bicep": "", "empty/.keep": "", "x/.keep": ""})
    program = stand_in(tmp_path / "x", standins.OLD)
    for bicep, manifests, message in (
        ("none.bicep", "empty", "none.bicep: there is no such file"),
        ("main.bicep", "none", "none: there is no such file"),
        ("main.bicep", "empty", 'no manifest in folder "empty"'),
    ):
        options = ("--bicep", bicep, "--manifests", manifests, "--bicep-cli", str(program))
        result = run_cli("verify", *options, cwd=tmp_path)
        assert (result.code, message in result.err) == (2, True)
