"""Both outputs of every golden case and example, in the hands of the tools that will read them."""

import os
import subprocess
import sys
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import RunCli
from tests.editor.prettier import Prettier
from tests.project.test_golden import read_tree
from tests.proof.bicep_rpc import BicepRpc
from tests.proof.compare import compare
from tests.proof.evaluate import evaluate, templates
from tests.proof.manifests import kustomize, read_folder
from tests.proof.tools import find
from yamllint import linter  # type: ignore[import-untyped]
from yamllint.config import YamlLintConfig  # type: ignore[import-untyped]

ROOT = Path(__file__).parents[2]
GOLDEN = sorted((ROOT / "golden").glob("*/spec.yaml"))
EXAMPLES = sorted((ROOT / "examples").rglob("*bikube.yaml"))

# A manifest has no place for their broker, which is not "default": broker-not-in-manifest says so.
UNSAID = {
    "aio-bottling": [
        "brokerAuthentications/filling/filling-machines",
        "brokerAuthentications/filling/filling-services",
        "brokerAuthorizations/filling/filling-rules",
    ]
}

YAMLLINT = YamlLintConfig("{extends: default, rules: {line-length: disable}}")


@pytest.fixture
def output(request: pytest.FixtureRequest, run_cli: RunCli, tmp_path: Path) -> Path:
    """The folder of the instance that a spec is rendered into."""
    return rendered(run_cli, request.param, tmp_path / "out")


def rendered(run_cli: RunCli, spec: Path, out: Path) -> Path:
    """Render a spec below ``out``; the folder of its instance."""
    result = run_cli("generate", spec, "--out", out)
    assert result.code == 0, result.err
    (instance,) = out.iterdir()
    return instance


every_spec = pytest.mark.parametrize(
    "output",
    [*GOLDEN, *EXAMPLES],
    ids=lambda spec: spec.parent.name if spec.name == "spec.yaml" else spec.name,
    indirect=True,
)


def test_there_are_specs_of_both_sorts() -> None:
    """The tests below run on golden cases and on examples."""
    assert GOLDEN
    assert EXAMPLES


@every_spec
def test_the_compiler_is_silent_and_the_formatter_content(output: Path, bicep: BicepRpc) -> None:
    """Compiler and linter find nothing in a template, and format leaves it as it is."""
    for file in templates(output / "bicep"):
        assert bicep.compile(file).diagnostics == ()
        assert bicep.format(file) == file.read_bytes().decode()


@every_spec
def test_both_outputs_mean_the_same(output: Path, bicep: BicepRpc) -> None:
    """What the compiler evaluates and what YAML readers read are equal, resource by resource.

    But for the brokers that no manifest can say, and for what only Bicep has.
    """
    files = [file for file in templates(output / "bicep") if file.name.startswith("main")]
    resources = evaluate(bicep, files)
    found = compare(resources, read_folder(output / "kubernetes"))

    assert [(one.resource, [where.value for where in one.sightings]) for one in found] == [
        (resource, ["filling", "default"]) for resource in UNSAID.get(output.name, ())
    ]


@every_spec
def test_kubectl_accepts_the_manifests(output: Path, kubectl: Path) -> None:
    """Kustomize gives back each manifest as it is, whatever their order."""
    manifests = [manifest.data for manifest in read_folder(output / "kubernetes")]
    built = kustomize(kubectl, output / "kubernetes")

    assert sorted(built, key=_identity) == sorted(manifests, key=_identity)


def _identity(manifest: dict[str, Any]) -> tuple[str, str]:
    return manifest["kind"], manifest["metadata"]["name"]


@every_spec
def test_yamllint_is_silent(output: Path) -> None:
    """The manifests keep yamllint's default rules, the one about long lines apart."""
    for file in sorted((output / "kubernetes").iterdir()):
        assert list(linter.run(file.read_bytes(), YAMLLINT)) == []


@every_spec
def test_prettier_changes_nothing(output: Path, prettier: Prettier) -> None:
    """A repository that formats all of its YAML has no drift from it."""
    for file in sorted((output / "kubernetes").iterdir()):
        text = file.read_bytes().decode()
        assert prettier.format(text) == text


def test_the_command_line_agrees_with_the_questions_asked(run_cli: RunCli, tmp_path: Path) -> None:
    """``bicep build``, ``lint`` and ``format``, run as programs on every template, say the same."""
    folder = tmp_path / "all"
    folder.mkdir()
    for number, spec in enumerate([*GOLDEN, *EXAMPLES]):
        instance = rendered(run_cli, spec, tmp_path / str(number))
        (instance / "bicep").rename(folder / str(number))
    before = {file: file.read_bytes() for file in folder.rglob("*.bicep")}

    assert len(before) >= len(GOLDEN) + len(EXAMPLES)
    assert [said(command, folder) for command in ("format", "lint", "build")] == ["", "", ""]
    assert {file: file.read_bytes() for file in folder.rglob("*.bicep")} == before
    assert {file.with_suffix(".bicep") for file in folder.rglob("*.json")} == before.keys()


def said(command: str, folder: Path) -> str:
    """What a command of the Bicep CLI prints about all templates below a folder."""
    run = subprocess.run(
        [find("bicep"), command, "--pattern", "**/*.bicep"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout + run.stderr


def test_the_order_of_entries_changes_nothing(run_cli: RunCli, tmp_path: Path) -> None:
    """Entries in each of their orders give the same bytes."""
    text = (ROOT / "golden" / "version-2026-07-01" / "spec.yaml").read_text(encoding="utf-8")
    head, *entries = text.split("  - name: ")
    outputs = []
    for number, order in enumerate(permutations(entries)):
        folder = tmp_path / str(number)
        folder.mkdir()
        spec = folder / "bikube.yaml"
        lines = [head, *(f"  - name: {entry.rstrip()}\n" for entry in order)]
        spec.write_text("".join(lines), encoding="utf-8")
        outputs.append(read_tree(rendered(run_cli, spec, folder / "out")))

    assert outputs == [outputs[0]] * 24


def test_the_hash_seed_changes_nothing(tmp_path: Path) -> None:
    """The order that Python's sets happen to have in a process does not show in any byte."""
    spec = ROOT / "golden" / "labels-and-annotations" / "spec.yaml"
    outputs = []
    for seed in ("0", "1", "4294967295"):
        out = tmp_path / seed
        command = [sys.executable, "-m", "bikube", "generate", str(spec), "--out", str(out)]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run(command, env=environment, check=True, capture_output=True)
        outputs.append(read_tree(out))

    assert outputs == [outputs[0]] * 3
    assert len(outputs[0]) == 4
