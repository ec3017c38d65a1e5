"""A copy of the project, in which one change after the other is tried."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from mutants.changes import Change

ROOT = Path(__file__).parents[1]
PACKAGE = PurePosixPath("generator/bikube")
COPIED = ("generator", "rules", "templates", "golden", "tests", "examples", "scripts", "docs")
FILES = ("pyproject.toml", "README.md", "CONTRIBUTING.md", "action.yml")
LEFT_OUT = ("proof", "editor", "support", "project")
"""Tests of other programs, of what is built, and of the project itself: slow, or not about code."""


class Copy:
    """The copy; the project itself is never written to, so that nothing can be left in it."""

    def __init__(self, folder: Path, jobs: str) -> None:
        self.folder = folder
        self._jobs = jobs
        ignore = shutil.ignore_patterns("__pycache__", "node_modules")
        for name in COPIED:
            shutil.copytree(ROOT / name, folder / name, ignore=ignore)
        for name in FILES:
            shutil.copy(ROOT / name, folder / name)

    def stages(self, module: str) -> Iterator[Sequence[str]]:
        """The tests of ``module``, those that matter most first."""
        inside = PurePosixPath(module).relative_to(PACKAGE)
        mirrored = PurePosixPath("tests", inside.parent, f"test_{inside.name}")
        own = [mirrored] if (self.folder / mirrored).is_file() else []
        yield [str(path) for path in own]
        package = str(PurePosixPath("tests", *inside.parts[:1]))
        folders = sorted(path for path in (self.folder / "tests").iterdir() if path.is_dir())
        names = [f"tests/{path.name}" for path in folders if path.name not in LEFT_OUT]
        yield [name for name in names if name == package]
        yield [name for name in names if name != package] + ["tests/project/test_golden.py"]

    def notices(self, module: str, change: Change, deadline: float) -> str:
        """The stage whose tests notice the change, or ``""``; ``TimeoutError`` at ``deadline``."""
        path = self.folder / module
        source = path.read_bytes()
        path.write_bytes(change.apply(source))
        try:
            for tests in self.stages(module):
                if tests and not self.passes(tests, deadline):
                    return tests[0]
        finally:
            path.write_bytes(source)
        return ""

    def passes(self, tests: Sequence[str], deadline: float) -> bool:
        """Whether all of ``tests`` pass; what takes two minutes does not."""
        left = deadline - time.monotonic()
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
        command += ["-p", "no:randomly", "-n", self._jobs if len(tests) > 1 else "0", *tests]
        environment = {
            **{name: value for name, value in os.environ.items() if name != "CI"},
            "PYTHONPATH": str(self.folder / "generator"),
            # A change that keeps time and length of a file would be taken for what was compiled.
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        process = subprocess.Popen(
            command,
            cwd=self.folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            return process.wait(max(0.0, min(120.0, left))) == 0
        except subprocess.TimeoutExpired:
            if left <= 120:
                raise TimeoutError from None
            return False
        finally:
            _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Ends the tests with all that they have started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
