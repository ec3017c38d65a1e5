"""The hooks of .pre-commit-hooks.yaml, run by the real pre-commit on repositories with specs."""

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.support.distribution import commit, copy_project, offline

CLEAN = """\
bikube: v1
instance:
  name: {name}
  customLocation: cl-plant-7
registryEndpoints:
  - name: docker-hub
    host: docker.io
    authentication:
      method: Anonymous
"""
WARNED = CLEAN.replace("docker.io", "Contoso.azurecr.io")
WRONG = CLEAN.replace("host: docker.io", "host: docker.io\n    hots: docker.io")
FOUND = re.compile(r"^([^\s:]+):\d+:\d+: (error|warning): .* \[([a-z-]+)\]$", re.MULTILINE)


class Run(NamedTuple):
    """How pre-commit ended, and all that it said."""

    code: int
    output: str

    @property
    def findings(self) -> set[tuple[str, str, str]]:
        """File, severity and rule of what bikube printed, hints apart."""
        return set(FOUND.findall(self.output))


class Clone(NamedTuple):
    """A clone of the project, and the folder in which pre-commit keeps what it installs."""

    folder: Path
    commit: str
    store: Path

    def environment(self) -> Mapping[str, str]:
        """pre-commit's environment: offline, with nothing of this machine's own store."""
        return {**offline(), "PRE_COMMIT_HOME": str(self.store), "PRE_COMMIT_COLOR": "never"}

    def run(self, repository: Path, *arguments: str) -> Run:
        """What ``pre-commit`` does in ``repository``."""
        done = subprocess.run(
            [sys.executable, "-m", "pre_commit", *arguments],
            cwd=repository,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return Run(done.returncode, done.stdout)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Clone:
    """The project's files as they are on disk, committed to a repository of their own."""
    folder = copy_project(tmp_path_factory.mktemp("clone"))
    return Clone(folder, commit(folder), tmp_path_factory.mktemp("store"))


@pytest.fixture
def repository(clone: Clone, tmp_path: Path) -> Path:
    """A repository that uses both hooks, as a user's does."""
    hooks = "".join(f"      - id: {name}\n" for name in ("bikube-lint", "bikube-generate-check"))
    config = f"repos:\n  - repo: {clone.folder}\n    rev: {clone.commit}\n    hooks:\n{hooks}"
    write(tmp_path, {".pre-commit-config.yaml": config})
    return tmp_path


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Writes ``files`` into ``folder``, and commits all of it."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text.format(name="aio-plant-7"), encoding="utf-8")
    commit(folder)


def generate(repository: Path, *specs: str) -> None:
    """Writes and commits what the specs generate."""
    subprocess.run(
        [sys.executable, "-m", "bikube", "generate", *specs],
        cwd=repository,
        check=True,
        capture_output=True,
    )
    commit(repository)


def test_try_repo_runs_both_hooks_from_a_clone(clone: Clone, tmp_path: Path) -> None:
    """Installed offline from a clone, lint passes and shows its warning, the check sees drift."""
    write(tmp_path, {"bikube.yaml": WARNED})

    run = clone.run(tmp_path, "try-repo", str(clone.folder), "--all-files")

    assert run.code == 1
    assert dict(re.findall(r"^(bikube .*?)\.+(\w+)$", run.output, re.MULTILINE)) == {
        "bikube lint": "Passed",
        "bikube generate --check": "Failed",
    }
    assert ("bikube.yaml", "warning", "registry-host-case") in run.findings
    assert "would create deploy/aio-plant-7/bicep/main.bicep" in run.output


def test_error_fails_the_lint_hook(clone: Clone, repository: Path) -> None:
    """A spec with an error keeps a commit from being made, and says which error."""
    write(repository, {"bikube.yaml": WRONG})

    run = clone.run(repository, "run", "bikube-lint", "--all-files")

    assert run.code == 1
    assert ("bikube.yaml", "error", "unknown-key") in run.findings


def test_hooks_see_specs_and_nothing_else(clone: Clone, repository: Path) -> None:
    """Of files that are all wrong as specs, the hook lints those that are named as specs."""
    specs = ["bikube.yaml", "plants/bikube.yaml", "plants/plant-8.bikube.yaml", "a.bikube.yaml"]
    others = [
        *("mybikube.yaml", "bikube.yml", "bikube.yaml.txt", "bikube.yaml.j2", "plant.yaml"),
        *("plants/bikube-8.yaml", "plants/a_bikube.yaml", "a.bikube.json", "deploy/one.yaml"),
    ]
    write(repository, dict.fromkeys([*specs, *others], "- no spec at all\n"))
    write(repository, {"bikube.config.yaml": "out: deploy\n"})

    run = clone.run(repository, "run", "bikube-lint", "--all-files")

    assert run.findings == {(name, "error", "not-a-spec") for name in specs}


def test_check_passes_when_the_output_is_up_to_date(clone: Clone, repository: Path) -> None:
    """With several specs whose output is committed, both hooks pass, and lint says so."""
    specs = ("bikube.yaml", "plants/plant-8.bikube.yaml")
    write(repository, {specs[0]: CLEAN, specs[1]: CLEAN.replace("{name}", "aio-plant-8")})
    generate(repository, *specs)

    run = clone.run(repository, "run", "--all-files")

    assert run.code == 0, run.output
    assert run.output.count("Passed") == 2
    assert "in 2 specs" in run.output


def test_both_hooks_show_warnings_though_they_pass(clone: Clone, repository: Path) -> None:
    """pre-commit hides what a passing hook says, unless the hook asks for it: both do."""
    write(repository, {"bikube.yaml": WARNED})
    generate(repository, "bikube.yaml")

    for hook in ("bikube-lint", "bikube-generate-check"):
        run = clone.run(repository, "run", hook, "--all-files")

        assert (run.code, ("bikube.yaml", "warning", "registry-host-case") in run.findings) == (
            0,
            True,
        ), run.output


def test_check_fails_when_one_spec_of_several_has_drifted(clone: Clone, repository: Path) -> None:
    """The file that a changed spec would change is named, the other spec's are not."""
    specs = ("bikube.yaml", "plants/plant-8.bikube.yaml")
    write(repository, {specs[0]: CLEAN, specs[1]: CLEAN.replace("{name}", "aio-plant-8")})
    generate(repository, *specs)
    changed = CLEAN.replace("{name}", "aio-plant-8").replace("docker.io", "mcr.microsoft.com")
    write(repository, {specs[1]: changed})

    run = clone.run(repository, "run", "bikube-generate-check", "--all-files")

    assert run.code == 1
    assert re.findall(r"^would .*$", run.output, re.MULTILINE) == [
        "would update deploy/aio-plant-8/bicep/main.bicep",
        "would update deploy/aio-plant-8/kubernetes/registryendpoint-docker-hub.yaml",
    ]
