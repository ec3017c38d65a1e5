"""Runs what pages tell users to type; programs of others only note what they are asked."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

OTHERS = ("az", "gh", "kubectl", "pre-commit")

_NOTES = """\
#!{python}
import json, os, sys
with open(os.environ["CALLS"], "a", encoding="utf-8") as calls:
    json.dump([os.path.basename(sys.argv[0]), *sys.argv[1:]], calls)
    calls.write("\\n")
answers = json.loads(os.environ["ANSWERS"])
words = " ".join(sys.argv)
print(next((answer for asked, answer in answers.items() if asked in words), ""))
sys.exit(int(os.environ.get("REFUSES", "nothing") in words))
"""


class Shell(NamedTuple):
    """How a script ended, what it said, and what it asked of the programs of others."""

    code: int
    output: str
    calls: list[list[str]]


def run_script(
    script: str,
    folder: Path,
    *,
    answers: Mapping[str, str] | None = None,
    environment: Mapping[str, str] | None = None,
    stdin: str = "",
) -> Shell:
    """Runs ``script`` by bash in ``folder``, with bikube and git as they are.

    The programs ``OTHERS`` note how they are called, and answer with what ``answers`` has for
    words in their call. With ``REFUSES`` in the ``environment``, a call with these words fails.
    """
    programs, notes = folder.parent / "programs", folder.parent / "calls"
    programs.mkdir(exist_ok=True)
    notes.write_text("", encoding="utf-8")
    for name in OTHERS:
        program = programs / name
        program.write_text(_NOTES.format(python=sys.executable), encoding="utf-8")
        program.chmod(0o755)
    path = os.pathsep.join([str(programs), str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env={
            **os.environ,
            "PATH": path,
            "CALLS": str(notes),
            "ANSWERS": json.dumps(dict(answers or {})),
            "PYTHONUNBUFFERED": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_COUNT": "2",
            "GIT_CONFIG_KEY_0": "user.name",
            "GIT_CONFIG_VALUE_0": "test",
            "GIT_CONFIG_KEY_1": "user.email",
            "GIT_CONFIG_VALUE_1": "test@example.com",
            **(environment or {}),
        },
        input=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    calls = [json.loads(line) for line in notes.read_text(encoding="utf-8").splitlines()]
    return Shell(done.returncode, done.stdout, calls)
