"""What is built from the project, and the program that pip installs from it."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import pytest
from tests.proof.tools import find
from tests.support.distribution import ROOT, copy_project, offline, project_files

import bikube

NAME = f"bikube-{bikube.__version__}"
LIMIT = 5_000_000
EXAMPLE = ROOT / "examples" / "bikube.yaml"
PACKED = {
    "generator/bikube": "bikube",
    "rules": "bikube/_data/rules",
    "templates": "bikube/_data/templates",
}
ABOUT_RULES = """\
import sys
from bikube.rules.builtin import INDEX, builtin_rules, index_text
rules = builtin_rules()
assert "bikube.rules.file" not in sys.modules, "the index does not serve: rule files are read"
from bikube import assets
from bikube.rules.file import read_rule_file
from bikube.rules.rule import Ruleset
read = [read_rule_file(path, path.read_bytes()).rule for path in assets.folder("rules").iterdir()]
assert index_text(Ruleset(read)) == INDEX.read_text(encoding="utf-8")
print("\\n".join(rules.ids))
"""
COMPLETE = """\
eval "$(_BIKUBE_COMPLETE=bash_source bikube)"
COMP_WORDS=({words}) COMP_CWORD={index}
_bikube_completion bikube
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


class Built(NamedTuple):
    """The two files that are published."""

    wheel: Path
    sdist: Path


class Installed(NamedTuple):
    """A virtual environment with the wheel, and a folder to work in."""

    programs: Path
    folder: Path

    def run(self, *command: str | Path, **variables: str) -> "subprocess.CompletedProcess[str]":
        """Runs one of the environment's programs, which sees nothing of this checkout."""
        path = os.pathsep.join((str(self.programs), os.environ["PATH"]))
        return subprocess.run(
            [self.programs / command[0], *command[1:]],
            cwd=self.folder,
            env={**offline(), "PATH": path, **variables},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The source distribution, and the wheel that is built from it."""
    project = copy_project(tmp_path_factory.mktemp("project"))
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", project],
        env=offline(),
        check=True,
        capture_output=True,
    )
    return Built(project / "dist" / f"{NAME}-py3-none-any.whl", project / "dist" / f"{NAME}.tar.gz")


@pytest.fixture(scope="module")
def installed(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """An environment into which pip has put the wheel and what it needs, offline."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder / "venv")
    programs = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", programs / "python", "install", built.wheel],
        env=offline(),
        check=True,
        capture_output=True,
    )
    (folder / "work").mkdir()
    return Installed(programs, folder / "work")


def here(*arguments: str | Path, folder: Path = ROOT) -> str:
    """What the checkout's own program writes to standard output."""
    command = [sys.executable, "-m", "bikube", *arguments]
    run = subprocess.run(command, cwd=folder, capture_output=True, check=True)
    return run.stdout.decode()


def tree(folder: Path) -> Mapping[str, bytes]:
    """Every file below ``folder``."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_wheel_holds_the_program_its_data_and_its_licences(built: Built) -> None:
    """Modules, schemas, rules and templates are in the wheel, and nothing else."""
    about = f"{NAME}.dist-info"
    expected = {
        name.replace(folder, packed, 1)
        for name in project_files()
        for folder, packed in PACKED.items()
        if name.startswith(f"{folder}/")
    }
    expected |= {f"{about}/{name}" for name in ("METADATA", "RECORD", "WHEEL", "entry_points.txt")}
    expected |= {f"{about}/licenses/{name}" for name in ("LICENSE", "THIRD_PARTY_NOTICES")}

    with zipfile.ZipFile(built.wheel) as wheel:
        assert set(wheel.namelist()) == expected
    assert {"bikube/py.typed", "bikube/rules/rules_index.json"} < expected


def test_wheel_is_small(built: Built) -> None:
    """Nobody downloads more than 5 MB."""
    assert built.wheel.stat().st_size < LIMIT


def test_sdist_holds_every_file_of_the_project(built: Built) -> None:
    """What packagers build and test from is the whole project, settings of this checkout apart."""
    hidden = {name for name in project_files() if PurePosixPath(name).parts[0].startswith(".")}
    expected = {*project_files(), ".gitignore", "PKG-INFO"} - (hidden - {".gitignore"})

    with tarfile.open(built.sdist) as sdist:
        actual = {name.removeprefix(f"{NAME}/") for name in sdist.getnames()}
    assert actual == expected


def test_program_and_module_are_the_same(installed: Installed) -> None:
    """`bikube` and `python -m bikube` are one program, of the version that pip knows."""
    version = f"bikube {bikube.__version__}\n"

    assert installed.run("bikube", "--version").stdout.startswith(version.rstrip())
    assert installed.run("python", "-m", "bikube", "--version").stdout.startswith(version.rstrip())
    question = "import importlib.metadata as m; print('bikube', m.version('bikube'))"
    assert installed.run("python", "-c", question).stdout == version


def test_installed_program_starts_a_spec_and_renders_it(installed: Installed) -> None:
    """Away from the checkout, init, lint and generate work one after another."""
    runs = [installed.run("bikube", command) for command in ("init", "lint", "generate")]

    assert [run.returncode for run in runs] == [0, 0, 0], [run.stderr for run in runs]
    assert {"bikube.yaml", "bikube.schema.json"} < set(tree(installed.folder))
    manifest = installed.folder / "deploy/aio-plant-7/kubernetes/registryendpoint-default.yaml"
    assert "host: mcr.microsoft.com" in manifest.read_text(encoding="utf-8")


def test_installed_program_writes_what_the_checkout_writes(
    installed: Installed, tmp_path: Path
) -> None:
    """From the example, the wheel generates the same bytes."""
    shutil.copy(EXAMPLE, tmp_path)
    run = installed.run("bikube", "generate", tmp_path / EXAMPLE.name, "--out", tmp_path / "wheel")
    here("generate", EXAMPLE.name, "--out", "checkout", folder=tmp_path)

    assert run.returncode == 0, run.stderr
    assert tree(tmp_path / "wheel") == tree(tmp_path / "checkout") != {}


@pytest.mark.parametrize(
    "command", [("rules",), ("explain", "registry-host-case"), ("schema",)], ids=lambda one: one[0]
)
def test_installed_program_knows_what_the_checkout_knows(
    installed: Installed, command: tuple[str, ...]
) -> None:
    """Rules, their pages and the schema travel with the wheel."""
    assert installed.run("bikube", *command).stdout == here(*command)


def test_index_is_that_of_the_packed_rules(installed: Installed) -> None:
    """What the installed program believes of its rules is what their files say."""
    run = installed.run("python", "-c", ABOUT_RULES)

    assert run.stderr == ""
    known = {entry["id"] for entry in json.loads(here("rules", "--format", "json"))}
    assert set(run.stdout.split()) == known == {path.stem for path in ROOT.glob("rules/*.yaml")}


@pytest.mark.parametrize(
    ("words", "index", "expected"),
    [
        ("bikube li", 1, {"lint"}),
        ("bikube lint --form", 2, {"--format"}),
        ("bikube generate --target ku", 3, {"kubernetes"}),
    ],
)
def test_shell_completes_commands_options_and_values(
    installed: Installed, words: str, index: int, expected: set[str]
) -> None:
    """A real bash that has read the completion script offers what may come next."""
    script = COMPLETE.format(words=words, index=index)

    run = installed.run(find("bash"), "--norc", "-c", script)

    assert (set(run.stdout.split()), run.stderr) == (expected, "")
