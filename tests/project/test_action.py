"""The steps of action.yml do in a shell what they promise, as far as that goes without GitHub."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from tests.proof.tools import find
from tests.support.distribution import ROOT, copy_project, offline

ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))

# Each has a test below that gives it another value.
DEFAULTS = {
    "specs": "",
    "out": "",
    "fail-level": "error",
    "sarif": "bikube.sarif",
    "check": "true",
    "verify": "false",
    "python": "python3",
}

SPEC = """\
bikube: v1
instance: {name: aio-plant-7, customLocation: cl-plant-7}
registryEndpoints:
  - name: plant-acr
    host: Plant7.azurecr.io
    authentication: {method: SystemAssignedManagedIdentity}
"""


class Step(NamedTuple):
    """What one step did."""

    name: str
    code: int
    output: str


class Workflow:
    """A runner's view of checked-out repositories; all of them share one installation."""

    def __init__(self, folder: Path, source: Path) -> None:
        self.temp = folder / "temp"
        self.temp.mkdir()
        self.path = folder / "path"
        self.path.touch()
        self.source = source
        self.installed = self.run(folder, first=0, last=1)

    def run(self, work: Path, *, first: int = 1, last: int = 4, **inputs: str) -> list[Step]:
        """Runs steps in the repository ``work`` until one fails, as a composite action does."""
        values = {name: one.get("default", "") for name, one in ACTION["inputs"].items()}
        values["python"] = sys.executable
        values |= {name.replace("_", "-"): value for name, value in inputs.items()}
        context = {f"inputs.{name}": value for name, value in values.items()}
        context |= {"github.action_path": str(self.source), "runner.temp": str(self.temp)}
        done: list[Step] = []
        for step in ACTION["runs"]["steps"][first:last]:
            if _holds(step.get("if"), context):
                done.append(self._step(work, step, context))
                if done[-1].code:
                    break
        return done

    def _step(self, work: Path, step: dict[str, Any], context: dict[str, str]) -> Step:
        added = self.path.read_text(encoding="utf-8").split()
        environment = {
            **offline(),
            **{name: _filled(str(value), context) for name, value in step["env"].items()},
            "PATH": os.pathsep.join([*added, os.environ["PATH"]]),
            "GITHUB_PATH": str(self.path),
        }
        shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        done = subprocess.run(
            shell, cwd=work, env=environment, capture_output=True, text=True, check=False
        )
        return Step(step["name"], done.returncode, done.stdout)


def _filled(text: str, context: dict[str, str]) -> str:
    return re.sub(r"\$\{\{ ([a-z_.-]+) \}\}", lambda match: context[match.group(1)], text)


def _holds(condition: str | None, context: dict[str, str]) -> bool:
    if condition is None:
        return True
    match = re.fullmatch(r"([a-z.-]+) == '([a-z]+)'", condition)
    assert match is not None, condition
    return context[match.group(1)] == match.group(2)


@pytest.fixture(scope="module")
def workflow(tmp_path_factory: pytest.TempPathFactory) -> Workflow:
    """A runner on which the action's first step has been run."""
    folder = tmp_path_factory.mktemp("runner")
    return Workflow(folder, copy_project(folder / "action"))


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A repository with one spec that has a warning."""
    (tmp_path / "bikube.yaml").write_text(SPEC, encoding="utf-8")
    return tmp_path


def test_lint_annotates_and_writes_sarif(workflow: Workflow, work: Path) -> None:
    """A warning becomes an annotation and a SARIF result, and does not fail the step."""
    (lint,) = workflow.run(work, check="false")
    sarif = json.loads((work / "bikube.sarif").read_text(encoding="utf-8"))
    annotated = [line for line in lint.output.splitlines() if line.startswith("::warning ")]
    found = [
        (result["ruleId"], result["locations"][0]["physicalLocation"]["region"]["startLine"])
        for result in sarif["runs"][0]["results"]
        if result["level"] == "warning"
    ]
    assert [step.code for step in workflow.installed] == [0]
    assert lint.code == 0
    assert [line.split("::")[1].split(",")[0] for line in annotated] == ["warning file=bikube.yaml"]
    assert found == [("registry-host-case", 5)]


def test_fail_level_fails_the_lint_step(workflow: Workflow, work: Path) -> None:
    """With fail-level warning, the warning fails the lint step, and no later step runs."""
    steps = workflow.run(work, fail_level="warning")
    assert [(step.name, step.code) for step in steps] == [("Lint", 1)]


def test_missing_output_fails_and_generated_output_passes(workflow: Workflow, work: Path) -> None:
    """The last step fails while output is missing, and passes once it is generated."""
    missing = workflow.run(work, out="out")
    command = [str(workflow.temp / "bikube/bin/bikube"), "generate", "--out", "out"]
    subprocess.run(command, cwd=work, check=True, capture_output=True)
    present = workflow.run(work, out="out")
    assert [(step.name, step.code) for step in missing] == [
        ("Lint", 0),
        ("Check generated files", 1),
    ]
    assert [step.code for step in present] == [0, 0]


def test_drift_is_annotated_in_the_output_and_findings_of_specs_once(
    workflow: Workflow, work: Path
) -> None:
    """The last step annotates the line that differs, and not again what the one before has."""
    command = [str(workflow.temp / "bikube/bin/bikube"), "generate"]
    subprocess.run(command, cwd=work, check=True, capture_output=True)
    output = work / "deploy/aio-plant-7/kubernetes/registryendpoint-plant-acr.yaml"
    text = output.read_text(encoding="utf-8")
    output.write_text(text.replace("  host:", "  hots:"), encoding="utf-8")
    lint, check = workflow.run(work)
    line = 1 + text[: text.index("  host:")].count("\n")
    annotated = re.findall(r"^::(\w+) file=([^,]*),line=(\d+)", check.output, re.MULTILINE)
    assert annotated == [("error", output.relative_to(work).as_posix(), str(line))]
    assert lint.output.count("::warning ") == 1
    assert check.code == 1


def test_inputs_and_defaults() -> None:
    """The action has these inputs and no other, says what each is for, and uses each."""
    inputs = ACTION["inputs"]
    assert {name: one["default"] for name, one in inputs.items()} == DEFAULTS
    assert [name for name, one in inputs.items() if not one["description"]] == []
    used = set(re.findall(r"inputs\.([a-z-]+)", json.dumps(ACTION["runs"])))
    assert used == set(DEFAULTS)


def test_inputs_in_the_page_about_ci_are_those_of_the_action() -> None:
    """What the example passes to the action, and what prose calls its input, is one."""
    page = (ROOT / "docs/ci.md").read_text(encoding="utf-8")
    step = r"uses: <owner>/<repository>@<tag> .*\n    with:\n((?:      .*\n)+)"
    (example,) = re.findall(step, page)
    told = re.findall(r"input `([a-z-]+)`", page)
    assert {*yaml.safe_load(example), *told} <= set(DEFAULTS)
    assert told == ["verify", "python"]


def test_specs_are_all_that_is_looked_at(workflow: Workflow, work: Path) -> None:
    """Several are parted by spaces; the one in the working directory is left alone."""
    for name, host in (("a", "Alpha7"), ("b", "Bravo7")):
        text = SPEC.replace("plant-7", name).replace("Plant7", host)
        (work / f"{name}.yaml").write_text(text, encoding="utf-8")
    lint, stale = workflow.run(work, specs="a.yaml b.yaml", sarif="")
    found = re.findall(r"^::warning file=([^,]*)", lint.output, re.MULTILINE)
    assert sorted(found) == ["a.yaml", "b.yaml"]
    missing = r"^::error file=deploy/([^/]*)/.*the file is missing"
    folders = set(re.findall(missing, stale.output, re.MULTILINE))
    assert folders == {"aio-a", "aio-b"}


def test_sarif_goes_where_it_is_to(workflow: Workflow, work: Path) -> None:
    """To another file, or to none."""
    workflow.run(work, check="false", sarif="")
    assert sorted(path.name for path in work.iterdir()) == ["bikube.yaml"]
    workflow.run(work, check="false", sarif="found.json")
    assert sorted(path.name for path in work.iterdir()) == ["bikube.yaml", "found.json"]


def test_staleness_is_checked_unless_it_is_not_to_be(workflow: Workflow, work: Path) -> None:
    """With the default, the last step runs; with check false, it does not."""
    runs = (workflow.run(work), workflow.run(work, check="false"))
    names = [[step.name for step in steps] for steps in runs]
    assert names == [["Lint", "Check generated files"], ["Lint"]]


def test_output_is_proved_if_it_is_to_be(workflow: Workflow, work: Path) -> None:
    """With verify true, the proof is a notice, and a value by hand an error at its place."""
    find("bicep")
    command = [str(workflow.temp / "bikube/bin/bikube"), "generate"]
    subprocess.run(command, cwd=work, check=True, capture_output=True)
    *_, proved = workflow.run(work, verify="true")
    output = work / "deploy/aio-plant-7/kubernetes/registryendpoint-plant-acr.yaml"
    text = output.read_text(encoding="utf-8")
    output.write_text(text.replace("host: Plant7", "host: Plant8"), encoding="utf-8")
    *_, differs = workflow.run(work, check="false", verify="true")

    assert (proved.name, proved.code, differs.code) == ("Verify generated files", 0, 1)
    notice = "::notice title=bikube verify::proved equal: 1 resource, 3 values\n"
    assert proved.output == notice
    assert "title=verify::registryEndpoints/plant-acr /host: the values differ" in differs.output


def test_another_python_is_installed_into(workflow: Workflow, work: Path) -> None:
    """The one that is named makes the environment; where there is none, the first step fails."""
    (step,) = workflow.run(work, first=0, last=1, python=str(work / "no-python"))
    assert (step.name, step.code) == ("Install bikube", 127)
