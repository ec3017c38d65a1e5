"""Two runs at once: the second waits, and whoever ends with exit code 0 has done all of it."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path
from time import sleep

import pytest
from tests.conftest import RunCli
from tests.support.runner import PROGRAM
from tests.support.trees import spec, write_tree

WAITING = "another run is writing here; waiting for it\n"
# A run that is held where its new text is about to take the place of the old one.
HELD = """
import os, sys, time
replace = os.replace
def held(*paths, **folders):
    open("ready", "w").close()
    while not os.path.exists("go"):
        time.sleep(0.01)
    replace(*paths, **folders)
os.replace = held
sys.argv = ["bikube", "lint", "--fix", "bikube.yaml"]
from bikube.cli import main
main()
"""


def started(*arguments: str, cwd: Path) -> "subprocess.Popen[str]":
    """A run of ``bikube`` that goes on meanwhile."""
    command = [*PROGRAM, *arguments]
    return subprocess.Popen(
        command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )


def until_it_waits(run: "subprocess.Popen[str]") -> str:
    """The line in which a run says that it waits."""
    assert run.stderr is not None
    for line in run.stderr:
        if line.endswith(WAITING):
            return line
    raise AssertionError(run.wait())


def ended(run: "subprocess.Popen[str]") -> int:
    """The exit code of a run."""
    run.communicate(timeout=60)
    return run.returncode


def locked(path: Path) -> int:
    """A descriptor of ``path`` that has its lock."""
    descriptor = os.open(path, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    return descriptor


def test_a_run_waits_for_the_output_folder_and_says_so(run_cli: RunCli, tmp_path: Path) -> None:
    """What it then writes is whole."""
    write_tree(tmp_path, {"bikube.yaml": spec()})
    (tmp_path / "deploy").mkdir()
    descriptor = locked(tmp_path / "deploy")
    with started("generate", cwd=tmp_path) as run:
        assert until_it_waits(run) == f"bikube: deploy: {WAITING}"
        assert list((tmp_path / "deploy").iterdir()) == []
        os.close(descriptor)
        assert ended(run) == 0
    assert run_cli("generate", "--check", cwd=tmp_path).code == 0


def test_a_check_waits_for_nobody(run_cli: RunCli, tmp_path: Path) -> None:
    """It writes nothing, and says what is there."""
    write_tree(tmp_path, {"bikube.yaml": spec()})
    assert run_cli("generate", cwd=tmp_path).code == 0
    descriptor = locked(tmp_path / "deploy")
    assert run_cli("generate", "--check", cwd=tmp_path).code == 0
    os.close(descriptor)


def test_a_fix_waits_for_its_spec_and_takes_what_is_there_then(tmp_path: Path) -> None:
    """What the first run wrote is not lost."""
    write_tree(tmp_path, {"bikube.yaml": spec(host="Plant7.azurecr.io")})
    descriptor = locked(tmp_path / "bikube.yaml")
    with started("lint", "--fix", cwd=tmp_path) as run:
        assert until_it_waits(run) == f"bikube: bikube.yaml: {WAITING}"
        write_tree(tmp_path, {"new": "# theirs\n" + spec(host="Plant7.azurecr.io")})
        os.replace(tmp_path / "new", tmp_path / "bikube.yaml")
        os.close(descriptor)
        assert ended(run) == 0
    assert (tmp_path / "bikube.yaml").read_text("utf-8") == "# theirs\n" + spec()


@pytest.mark.parametrize("killed", ["waiting", "writing"])
def test_a_killed_fix_leaves_the_old_or_the_new_text(tmp_path: Path, killed: str) -> None:
    """Of two runs that fix one spec, the one that waits, or the one that is about to be done."""
    before = spec(host="Plant7.azurecr.io")
    write_tree(tmp_path, {"bikube.yaml": before})
    with subprocess.Popen([sys.executable, "-c", HELD], cwd=tmp_path) as first:
        while not (tmp_path / "ready").exists():
            sleep(0.01)
        second = started("lint", "--fix", "bikube.yaml", cwd=tmp_path)
        until_it_waits(second)
        assert (tmp_path / "bikube.yaml").read_text("utf-8") == before
        (first if killed == "writing" else second).kill()
        (tmp_path / "go").touch()
        assert (first.wait(), ended(second)) == ((-9, 0) if killed == "writing" else (0, -9))
    names = {path.name for path in tmp_path.iterdir()}
    assert (tmp_path / "bikube.yaml").read_text("utf-8") == spec()
    assert names - {"ready", "go"} == {"bikube.yaml"}


def test_two_runs_note_their_findings_in_one_baseline(run_cli: RunCli, tmp_path: Path) -> None:
    """What another run has noted since this one began stays."""
    texts = {f"{name}.bikube.yaml": spec(f"aio-{name}", host="A.azurecr.io") for name in "ab"}
    write_tree(tmp_path, texts)
    run_cli("lint", "a.bikube.yaml", "--write-baseline", "known.json", cwd=tmp_path)
    noted = (tmp_path / "known.json").read_text("utf-8")
    (tmp_path / "known.json").unlink()
    descriptor = locked(tmp_path)
    with started("lint", "b.bikube.yaml", "--write-baseline", "known.json", cwd=tmp_path) as run:
        assert until_it_waits(run).endswith(f": {WAITING}")
        write_tree(tmp_path, {"known.json": noted})
        os.close(descriptor)
        assert ended(run) == 0
    checked = run_cli("lint", ".", "--baseline", "known.json", cwd=tmp_path)
    assert checked.err.startswith("no findings in 2 specs")


def test_whoever_ends_well_leaves_a_whole_folder(run_cli: RunCli, tmp_path: Path) -> None:
    """Of pairs of runs that begin at once, into a folder that is not there and into one that is."""
    for number in range(4):
        out = f"out{number // 2}"
        write_tree(tmp_path, {"bikube.yaml": spec(name=f"a{number}b")})
        runs = [started("generate", "--out", out, cwd=tmp_path) for _ in range(2)]
        codes = [ended(run) for run in runs]
        checked = run_cli("generate", "--check", "--out", out, cwd=tmp_path)
        assert (codes, checked.code, checked.out) == ([0, 0], 0, "")
        assert [path.name for path in (tmp_path / out).iterdir()] == ["aio-plant-7"]
