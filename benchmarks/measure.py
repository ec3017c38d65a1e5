"""Runs commands in fresh processes, in turn, and takes the median of time and of peak memory."""

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

# `ru_maxrss` counts bytes on macOS, and KiB elsewhere.
_UNIT = 1 if sys.platform == "darwin" else 1024


class Command(NamedTuple):
    """A program with its arguments, and the exit code by which it says that it did its work.

    It runs in the folder of ``output``, which gets its standard output. ``makes`` is a folder that
    must not be there when it begins. With ``says_time`` it prints how many seconds its work took.
    """

    arguments: Sequence[str | Path]
    output: Path
    code: int = 0
    makes: Path | None = None
    says_time: bool = False


class Usage(NamedTuple):
    """What a process took: seconds on the clock, bytes of memory at its peak."""

    seconds: float
    peak: int


def in_turn(commands: Mapping[str, Command], rounds: int) -> dict[str, Usage]:
    """The medians of ``rounds`` runs of each command, in the order A B C, A B C.

    One more run of each comes first and does not count: it fills the caches of the disk.

    Raises:
        RuntimeError: a command ended with another exit code than its own.
    """
    taken: dict[str, list[Usage]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            usage = once(command)
            if number:
                taken[name].append(usage)
    return {name: _median(usages) for name, usages in taken.items()}


def once(command: Command) -> Usage:
    """What one run takes."""
    if command.makes is not None and command.makes.exists():
        # Removing it would slow down whoever creates files next: ext4 passes over each file that
        # was removed in the last minutes.
        command.makes.rename(tempfile.mkdtemp(dir=command.makes.parent))
    errors_path = command.output.with_name("errors.txt")
    with command.output.open("wb") as output, errors_path.open("wb") as errors:
        began = perf_counter()
        process = subprocess.Popen(
            command.arguments,
            cwd=command.output.parent,
            env=environment(),
            stdout=output,
            stderr=errors,
        )
        _, status, resources = os.wait4(process.pid, 0)
        seconds = perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != command.code:
        shown = " ".join(map(str, command.arguments))
        said = errors_path.read_text(encoding="utf-8", errors="replace")
        raise RuntimeError(f"exit code {process.returncode}, not {command.code}: {shown}\n{said}")
    if command.says_time:
        seconds = float(command.output.read_text(encoding="utf-8"))
    return Usage(seconds, resources.ru_maxrss * _UNIT)


def _median(usages: Sequence[Usage]) -> Usage:
    return Usage(
        statistics.median(usage.seconds for usage in usages),
        int(statistics.median(usage.peak for usage in usages)),
    )


def environment() -> dict[str, str]:
    """This process's, without what would change how Python and pip work.

    Such as a variable that keeps Python from caching bytecode.
    """
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "PIP_", "BIKUBE_"))
    }
