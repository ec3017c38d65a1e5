"""The command line as a process of its own, and as a user for whom rights count."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PROGRAM = (sys.executable, "-m", "bikube")

_NOBODY = 65534


def run_program(
    *arguments: str | Path, cwd: Path, stdin: bytes = b"", **options: Any
) -> "subprocess.CompletedProcess[bytes]":
    """Runs ``bikube`` in a process; ``options`` are those of ``subprocess.run``."""
    command = [*PROGRAM, *map(str, arguments)]
    return subprocess.run(
        command, cwd=cwd, input=stdin, capture_output=True, check=False, timeout=60, **options
    )


@contextmanager
def without_privileges() -> Iterator[None]:
    """What runs inside is refused what a file's rights do not allow, even if root runs it.

    Modules that it needs must be imported before, since nobody may not read them everywhere.
    """
    if os.geteuid() != 0:
        yield
        return
    os.setegid(_NOBODY)
    os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


def open_to_all(folder: Path) -> None:
    """Gives everybody every right below ``folder``, and lets them reach it."""
    for path in folder.parents:
        if path.stat().st_uid == os.getuid() and not path.stat().st_mode & 0o001:
            path.chmod(path.stat().st_mode | 0o011)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o777)
