"""The hooks of .pre-commit-hooks.yaml, run by the real pre-commit on repositories with specs."""

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.proof.tools import find
from tests.support.distribution import commit, copy_project, git, offline

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
FOUND = re.compile(r"^([^\s:]+):\d+:\d+: (error|warning)\[([a-z-]+)\]: .*$", re.MULTILINE)


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
        return self._run([sys.executable, "-m", "pre_commit", *arguments], repository)

    def commit_in(self, repository: Path, *arguments: str) -> Run:
        """What ``git commit`` says in ``repository``, where pre-commit is installed as a hook."""
        identity = ("-c", "user.name=test", "-c", "user.email=test@example.com")
        command = ["git", *identity, "commit", "--message", "A change", *arguments]
        return self._run(command, repository)

    def _run(self, command: list[str], repository: Path) -> Run:
        done = subprocess.run(
            command,
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
    """A repository that lints and checks, as a user's does, for all specs in it."""
    hooks = hooks_of(clone, "{id: bikube-lint}", "{id: bikube-generate-check}")
    config = "specs: ['**/*bikube.yaml']\n"
    write(tmp_path, {".pre-commit-config.yaml": hooks, "bikube.config.yaml": config})
    return tmp_path


def hooks_of(clone: Clone, *hooks: str) -> str:
    """A configuration of pre-commit that uses these ``hooks``."""
    listed = f"repo: {clone.folder}, rev: {clone.commit}, hooks: [{', '.join(hooks)}]"
    return "repos: [{" + listed + "}]\n"


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Writes ``files`` into ``folder``, and commits all of it."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text.replace("{name}", "aio-plant-7"), encoding="utf-8")
    commit(folder)


def generate(repository: Path, *arguments: str) -> None:
    """Writes what the specs generate, and commits it."""
    write_output(repository, *arguments)
    commit(repository)


def write_output(repository: Path, *arguments: str) -> None:
    """Writes what the specs generate."""
    subprocess.run(
        [sys.executable, "-m", "bikube", "generate", *arguments],
        cwd=repository,
        check=True,
        capture_output=True,
    )


def drift(run: Run) -> list[str]:
    """The files that the check names, each with what is wrong."""
    return re.findall(r"^(?:would|untracked) .*$", run.output, re.MULTILINE)


def test_try_repo_runs_all_hooks_from_a_clone(clone: Clone, tmp_path: Path) -> None:
    """Installed offline from a clone, lint shows its warning, and what is written is not in git."""
    find("bicep")
    write(tmp_path, {"bikube.yaml": WARNED})

    run = clone.run(tmp_path, "try-repo", str(clone.folder), "--all-files")

    assert run.code == 1
    assert dict(re.findall(r"^(bikube .*?)\.+(\w+)$", run.output, re.MULTILINE)) == {
        "bikube lint": "Passed",
        "bikube generate": "Passed",
        "bikube generate --check": "Failed",
        "bikube verify": "Passed",
    }
    assert "proved equal: 1 resource, 3 values" in run.output
    assert ("bikube.yaml", "warning", "registry-host-case") in run.findings
    assert "untracked deploy/aio-plant-7/bicep/main.bicep" in drift(run)


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

    run = clone.run(repository, "run", "bikube-lint", "--all-files")

    assert run.findings == {(name, "error", "not-a-spec") for name in specs}


def test_check_passes_when_the_output_is_up_to_date(clone: Clone, repository: Path) -> None:
    """With several specs whose output is committed, both hooks pass, and lint says so."""
    specs = ("bikube.yaml", "plants/plant-8.bikube.yaml")
    write(repository, {specs[0]: CLEAN, specs[1]: CLEAN.replace("{name}", "aio-plant-8")})
    generate(repository)

    run = clone.run(repository, "run", "--all-files")

    assert run.code == 0, run.output
    assert run.output.count("Passed") == 2
    assert "in 2 specs" in run.output


def test_both_hooks_show_warnings_though_they_pass(clone: Clone, repository: Path) -> None:
    """pre-commit hides what a passing hook says, unless the hook asks for it: both do."""
    write(repository, {"bikube.yaml": WARNED})
    generate(repository)

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
    generate(repository)
    changed = CLEAN.replace("{name}", "aio-plant-8").replace("docker.io", "mcr.microsoft.com")
    write(repository, {specs[1]: changed})

    run = clone.run(repository, "run", "bikube-generate-check", "--all-files")

    assert run.code == 1
    assert drift(run) == [
        "would update deploy/aio-plant-8/bicep/main.bicep",
        "would update deploy/aio-plant-8/kubernetes/registryendpoint-docker-hub.yaml",
    ]


def test_new_output_that_is_not_added_keeps_a_commit_from_being_made(
    clone: Clone, repository: Path
) -> None:
    """A spec goes with what it generates: a kustomization names a manifest that a clone needs."""
    write(repository, {"bikube.yaml": CLEAN})
    generate(repository)
    clone.run(repository, "install")
    entry = CLEAN.replace("{name}", "aio-plant-7").replace("docker", "other").partition("  - ")[2]
    with (repository / "bikube.yaml").open("a", encoding="utf-8") as file:
        file.write(f"  - {entry}")
    write_output(repository)

    new = "deploy/aio-plant-7/kubernetes/registryendpoint-other-hub.yaml"
    forgotten = clone.commit_in(repository, "--all")
    git(repository, "add", new)
    complete = clone.commit_in(repository, "--all")

    assert (forgotten.code, drift(forgotten)) == (1, [f"untracked {new}"])
    assert complete.code == 0, complete.output


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("edit", "would update deploy/aio-plant-7/bicep/main.bicep"),
        ("delete output", "would create deploy/aio-plant-7/bicep/main.bicep"),
        ("delete spec", "would delete deploy/aio-plant-8/bicep/main.bicep"),
        ("rename instance", "would delete deploy/aio-plant-8/bicep/main.bicep"),
        ("change out", "would create elsewhere/aio-plant-7/bicep/main.bicep"),
    ],
)
def test_whatever_makes_output_stale_keeps_a_commit_from_being_made(
    clone: Clone, repository: Path, change: str, found: str
) -> None:
    """Also a commit that changes no spec, or deletes one: pre-commit would name no file for it."""
    second = repository / "plants/plant-8.bikube.yaml"
    output = repository / "deploy/aio-plant-7/bicep/main.bicep"
    text = CLEAN.replace("{name}", "aio-plant-8")
    write(repository, {"bikube.yaml": CLEAN, "plants/plant-8.bikube.yaml": text})
    generate(repository)
    clone.run(repository, "install")
    match change:
        case "edit":
            output.write_text(output.read_text("utf-8").replace("docker.io", "d.io"), "utf-8")
        case "delete output":
            output.unlink()
        case "delete spec":
            second.unlink()
        case "rename instance":
            second.write_text(text.replace("aio-plant-8", "aio-plant-9"), "utf-8")
        case _:
            config = repository / "bikube.config.yaml"
            config.write_text(config.read_text("utf-8") + "out: elsewhere\n", "utf-8")

    run = clone.commit_in(repository, "--all")

    assert (run.code, found in drift(run)) == (1, True), run.output


def test_the_last_spec_of_a_pattern_may_go_with_its_output(clone: Clone, repository: Path) -> None:
    """A commit without it fails and says what is left over; pruning removes that."""
    write(repository, {"bikube.yaml": CLEAN})
    generate(repository)
    clone.run(repository, "install")
    (repository / "bikube.yaml").unlink()

    run = clone.commit_in(repository, "--all")
    write_output(repository, "--prune")

    assert run.code == 1
    assert drift(run)[0] == "would delete deploy/aio-plant-7/bicep/main.bicep"
    assert "- exit code: 1" in run.output
    assert "deploy/aio-plant-7: no spec describes this instance" in run.output
    assert not (repository / "deploy/aio-plant-7").exists()


def test_a_partly_staged_spec_is_checked_as_it_is_committed(clone: Clone, repository: Path) -> None:
    """What is staged counts: pre-commit puts the rest aside, also of the output."""
    write(repository, {"bikube.yaml": CLEAN})
    generate(repository)
    clone.run(repository, "install")
    spec = repository / "bikube.yaml"
    spec.write_text(spec.read_text("utf-8").replace("docker.io", "mcr.microsoft.com"), "utf-8")
    git(repository, "add", "bikube.yaml")
    write_output(repository)

    stale = clone.commit_in(repository)
    git(repository, "add", "deploy")
    spec.write_text(spec.read_text("utf-8").replace("mcr.microsoft.com", "ghcr.io"), "utf-8")
    complete = clone.commit_in(repository)

    assert (stale.code, len(drift(stale))) == (1, 2), stale.output
    assert complete.code == 0, complete.output


def test_each_of_two_projects_has_its_hook(clone: Clone, tmp_path: Path) -> None:
    """Named with its configuration, a hook run at the root checks the output of that one."""
    hooks = (
        f"{{id: bikube-generate-check, args: [--config, {name}/bikube.config.yaml]}}"
        for name in ("north", "south")
    )
    write(
        tmp_path,
        {
            ".pre-commit-config.yaml": hooks_of(clone, *hooks),
            "north/bikube.config.yaml": "specs: [plants/*.bikube.yaml]\nout: out\n",
            "north/plants/a.bikube.yaml": CLEAN,
            "south/bikube.config.yaml": "specs: [b.bikube.yaml]\nout: ../out-south\n",
            "south/b.bikube.yaml": CLEAN,
        },
    )
    for name in ("north", "south"):
        write_output(tmp_path / name)
    commit(tmp_path)
    passed = clone.run(tmp_path, "run", "--all-files")
    (tmp_path / "out-south/aio-plant-7/bicep/main.bicep").unlink()
    commit(tmp_path)
    failed = clone.run(tmp_path, "run", "--from-ref", "HEAD~1", "--to-ref", "HEAD")

    assert (passed.code, passed.output.count("Passed")) == (0, 2), passed.output
    assert (failed.code, drift(failed)) == (
        1,
        ["would create out-south/aio-plant-7/bicep/main.bicep"],
    )


def test_the_writing_hook_writes_and_fails_where_output_changes(
    clone: Clone, tmp_path: Path
) -> None:
    """A commit of a changed spec alone fails; with what the hook has written it passes."""
    hooks = hooks_of(clone, "{id: bikube-generate}", "{id: bikube-generate-check}")
    write(tmp_path, {".pre-commit-config.yaml": hooks, "bikube.yaml": CLEAN})
    generate(tmp_path)
    clone.run(tmp_path, "install")
    text = CLEAN.replace("{name}", "aio-plant-7").replace("docker.io", "mcr.microsoft.com")
    (tmp_path / "bikube.yaml").write_text(text, encoding="utf-8")

    first = clone.commit_in(tmp_path, "--all")
    again = clone.commit_in(tmp_path, "--all")

    assert first.code == 1
    assert "files were modified by this hook" in first.output
    assert again.code == 0, again.output
