"""Whole cases: a spec, what the linter says of it, and every file that it is rendered into."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import UPDATE_GOLDEN, RunCli

GOLDEN = Path(__file__).parents[2] / "golden"
CASES = sorted(path.parent for path in GOLDEN.glob("*/spec.yaml"))

SPEC = "spec.yaml"
FINDINGS = "findings.txt"

Tree = dict[str, bytes]


def read_tree(folder: Path) -> Tree:
    """The files below a folder, by their POSIX paths in it."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def write_tree(folder: Path, tree: Tree) -> None:
    """Make the folder hold these files and no others."""
    shutil.rmtree(folder)
    for name, data in tree.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def actual_tree(run_cli: RunCli, case: Path, scratch: Path) -> Tree:
    """What a case's folder has to hold: the spec, the findings and both outputs."""
    spec = (case / SPEC).read_bytes()
    (scratch / SPEC).write_bytes(spec)
    linted = run_cli("lint", SPEC, cwd=scratch)
    generated = run_cli("generate", SPEC, "--out", "out", cwd=scratch)
    assert (linted.code, generated.code) == (0, 0), linted.err + generated.err
    (instance,) = (scratch / "out").iterdir()
    return {SPEC: spec, FINDINGS: linted.out.encode(), **read_tree(instance)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_spec_gives_the_expected_findings_and_files(
    case: Path, run_cli: RunCli, tmp_path: Path, *, update_golden: bool
) -> None:
    """The findings and both outputs are those in the case's folder, byte by byte, and no others."""
    actual = actual_tree(run_cli, case, tmp_path)
    if update_golden:
        write_tree(case, actual)

    assert actual == read_tree(case)


def test_every_golden_folder_is_a_case() -> None:
    """Nothing lies in golden/ that no test looks at."""
    assert CASES
    assert sorted(GOLDEN.iterdir()) == CASES


def test_nothing_is_rewritten_in_ci() -> None:
    """CI compares; there the option that rewrites is an error."""
    run = subprocess.run(
        [sys.executable, "-m", "pytest", UPDATE_GOLDEN, "--collect-only", __file__],
        cwd=GOLDEN.parent,
        env={**os.environ, "CI": "true"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == pytest.ExitCode.USAGE_ERROR
    assert UPDATE_GOLDEN in run.stderr
