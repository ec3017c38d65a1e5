"""Exit codes that the pages tell are those of runs."""

import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import RunCli
from tests.proof.tools import find
from tests.support.prose import pages
from tests.support.runner import PROGRAM, open_to_all, without_privileges
from tests.support.trees import write_tree

GOOD = """\
bikube: v1
instance: {name: aio-plant-7, customLocation: cl-plant-7}
registryEndpoints: [{name: hub, host: docker.io, authentication: {method: Anonymous}}]
"""
WRONG = GOOD.replace("host:", "hots:")
WARNED = GOOD.replace("docker.io", "Docker.example.org")
LISTED = re.compile(r"Exit codes: (.*?)\.(?:\s|$)", re.DOTALL)
SINGLE = re.compile(r"\bexit(?:s| codes?) (\d)([^.;`\n]*)")


class Case:
    """A folder in which the command line is run."""

    def __init__(self, run_cli: RunCli, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.monkeypatch = folder, monkeypatch
        self._run_cli = run_cli

    def code(self, spec: str, *words: str) -> int:
        """The exit code of a command where the spec ``bikube.yaml`` is ``spec``."""
        write_tree(self.folder, {"bikube.yaml": spec})
        return self._run_cli(*words, cwd=self.folder).code

    def configured(self) -> int:
        """That of a run whose configuration is wrong."""
        write_tree(self.folder, {"bikube.config.yaml": "speks: []\n"})
        return self.code(GOOD, "lint")

    def reaching(self) -> int:
        """That of a run whose configuration leads out of its folder."""
        write_tree(self.folder, {"bikube.config.yaml": "out: ../..\n"})
        return self.code(GOOD, "generate")

    def full(self) -> int:
        """That of a run whose output finds no space."""
        write_tree(self.folder, {"bikube.yaml": GOOD})
        with Path("/dev/full").open("wb") as full:
            return subprocess.run([*PROGRAM, "schema"], stdout=full, check=False).returncode

    def read_only(self) -> int:
        """That of a run that may not write."""
        self.folder.chmod(0o555)
        with without_privileges():
            code = self._run_cli("init", "new", cwd=self.folder).code
        open_to_all(self.folder)
        return code

    def verified(self, *words: str, spec: str = GOOD) -> int:
        """That of a run that asks the Bicep CLI."""
        find("bicep")
        return self.code(spec, *words)

    def in_the_way(self) -> int:
        """That of a run that finds another's file where it wants to write."""
        write_tree(self.folder, {"deploy/aio-plant-7/bicep/main.bicep": "// by hand\n"})
        return self.code(GOOD, "generate")

    def up_to_date(self) -> int:
        """That of a check after a run."""
        return max(self.code(GOOD, "generate"), self.code(GOOD, "generate", "--check"))

    def fault(self) -> int:
        """That of a run in which something fails that cannot."""

        class Broken:
            encoding = "utf-8"

            def __getattr__(self, name: str) -> Any:
                raise ZeroDivisionError(name)

        with self.monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", Broken())
            return self._run_cli("schema", cwd=self.folder).code


LINTED: Mapping[str, Callable[[Case], int]] = {
    "clean": lambda case: case.code(GOOD, "lint"),
    "findings": lambda case: case.code(WRONG, "lint"),
    "drift": lambda case: case.code(GOOD, "generate", "--check"),
    "done": lambda case: case.code(GOOD, "generate"),
    "up to date": Case.up_to_date,
    "proved": lambda case: case.verified("verify"),
    "difference": lambda case: case.verified("verify", "--committed"),
    "error in a spec": lambda case: case.verified("verify", spec=WRONG),
    "no Bicep CLI that answers": lambda case: case.code(GOOD, "verify", "--bicep-cli", "gone"),
    "drawn": lambda case: case.code(WRONG, "graph"),
    "upgraded": lambda case: case.code(GOOD, "upgrade", "--no-verify", "--to", "latest"),
    "spec needs a person": lambda case: case.code(
        WRONG, "upgrade", "--no-verify", "--to", "latest"
    ),
    "change that --diff shows": lambda case: case.code(
        GOOD, "upgrade", "--no-verify", "--to", "latest", "--diff"
    ),
    "file is no spec": lambda case: case.code("{", "graph"),
    "errors in a spec": lambda case: case.code(WRONG, "generate"),
    "file in the way": Case.in_the_way,
    "wrong usage": lambda case: case.code(GOOD, "lint", "--fixx"),
    "configuration": Case.configured,
    "unreadable file": lambda case: case.code(GOOD, "lint", "gone.yaml"),
    "unreadable files": lambda case: case.code(GOOD, "lint", "gone.yaml"),
    "full": Case.full,
    "read-only disk": Case.read_only,
    "fault in bikube": Case.fault,
}
"""What lists of exit codes name, and a run that ends so."""

SAID: Mapping[str, Callable[[Case], int]] = {
    "if there is an error": LINTED["findings"],
    "and a list if the committed output is stale": LINTED["drift"],
    "if there is anything to show": lambda case: case.code(WARNED, "lint", "--diff"),
    "if there is a change to show": LINTED["change that --diff shows"],
    "if it reaches further, unless the command line names that (": Case.reaching,
    "if there is anything": lambda case: case.code(WARNED, "lint", "--diff"),
    "": lambda case: case.code(WARNED, "lint", "--fail-level", "warning"),
}
"""What follows a single exit code, and a run that ends so."""


def lists() -> list[tuple[str, int, str]]:
    """Page, code and one of the reasons for it, of every list of exit codes."""
    return [
        (page.name, int(part[0]), re.sub("^(a|an) ", "", reason))
        for page in pages()
        for text in LISTED.findall(page.text)
        for part in re.split(r"[;,] (?=\d )", " ".join(text.split()))
        for reason in re.split(r", or |, | or ", part[2:])
    ]


def singles() -> list[tuple[str, int, str]]:
    """Page, code and reason of every exit code that is told by itself."""
    return [
        (page.name, int(code), reason.strip())
        for page in pages()
        for code, reason in SINGLE.findall(LISTED.sub("", page.text))
    ]


@pytest.fixture
def case(run_cli: RunCli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    """An empty folder to run in."""
    return Case(run_cli, tmp_path, monkeypatch)


@pytest.mark.parametrize(("page", "code", "reason"), lists())
def test_listed_exit_codes_are_those_of_runs(case: Case, page: str, code: int, reason: str) -> None:
    """For every reason in a list of exit codes, a run ends with that code."""
    assert (page, LINTED[reason](case)) == (page, code)


@pytest.mark.parametrize(("page", "code", "reason"), singles())
def test_told_exit_codes_are_those_of_runs(case: Case, page: str, code: int, reason: str) -> None:
    """For every sentence with an exit code, a run ends with that code."""
    assert (page, SAID[reason](case)) == (page, code)


def test_all_exit_codes_are_told() -> None:
    """The README and five commands list their codes, and seven sentences tell one."""
    assert {page for page, _, _ in lists()} == {
        "README.md",
        "bikube generate --help",
        "bikube graph --help",
        "bikube lint --help",
        "bikube upgrade --help",
        "bikube verify --help",
    }
    assert {reason for _, _, reason in lists()} == set(LINTED)
    assert {reason for _, _, reason in singles()} == set(SAID)
