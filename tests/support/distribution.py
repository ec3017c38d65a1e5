"""The project as others get it: a clone of what is on disk, and an offline place for pip."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.proof.tools import find

ROOT = Path(__file__).parents[2]
WHEELHOUSE = Path(sys.prefix) / "wheelhouse"

_GIT = (
    *("git", "-c", "user.name=test", "-c", "user.email=test@example.com"),
    *("-c", "init.defaultBranch=main", "-c", "commit.gpgSign=false", "-c", "core.hooksPath="),
)


def offline() -> Mapping[str, str]:
    """An environment in which pip installs from the wheelhouse alone.

    Without a wheelhouse the test fails when ``CI`` is set, and else is skipped.
    """
    if not WHEELHOUSE.is_dir():
        reason = f"no wheelhouse in {sys.prefix}; make setup fills one"
        if os.environ.get("CI") == "true":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PIP_", "PYTHON", "GIT_", "PRE_COMMIT", "BIKUBE_", "COV_"))
    }
    return {**kept, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(WHEELHOUSE), "NO_COLOR": "1"}


def git(folder: Path, *arguments: str) -> str:
    """What git says, run in ``folder`` with an identity of its own."""
    find("git")
    run = subprocess.run(
        [*_GIT, *arguments], cwd=folder, env=offline(), check=True, capture_output=True, text=True
    )
    return run.stdout


def project_files() -> list[str]:
    """The project's files, as they are on disk: tracked ones, and new ones that are not ignored."""
    listed = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
    return sorted({name for name in listed if name and (ROOT / name).is_file()})


def copy_project(folder: Path) -> Path:
    """A copy of the project's files in ``folder``, which is given back."""
    for name in project_files():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, target)
    return folder


def commit(folder: Path) -> str:
    """Makes ``folder`` a repository if it is none, commits all that is in it; the commit's id."""
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "All files")
    return git(folder, "rev-parse", "HEAD").strip()
