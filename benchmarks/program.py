"""The program that is measured: the wheel of this checkout, in an environment of its own."""

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import NamedTuple

from benchmarks.measure import environment

ROOT = Path(__file__).parents[1]


class Program(NamedTuple):
    """An installed bikube, and the Python that it runs in, which has PyYAML too."""

    bikube: Path
    python: Path

    def report_names(self) -> tuple[str, ...]:
        """The formats of findings that it knows."""
        question = "from bikube.report.run import report_names; print(*report_names())"
        answer = subprocess.run([self.python, "-c", question], stdout=subprocess.PIPE, check=True)
        return tuple(answer.stdout.decode().split())


def install(folder: Path) -> Program:
    """Builds the wheel, and installs it into a new environment below ``folder``, offline.

    pip compiles its modules, as it does for users.
    """
    shutil.rmtree(folder, ignore_errors=True)
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation"]
    _run(*build, "--outdir", str(folder / "dist"), str(ROOT))
    venv.create(folder / "venv")
    programs = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    python = programs / "python"
    wheelhouse = Path(sys.prefix) / "wheelhouse"
    offline = ("--no-index", "--find-links", str(wheelhouse))
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", *offline]
    _run(*pip, *map(str, (folder / "dist").glob("*.whl")))
    return Program(programs / "bikube", python)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, env=environment(), stdout=subprocess.DEVNULL)
