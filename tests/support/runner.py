"""The command line as a process of its own, and as a user for whom rights count."""

import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PROGRAM = (sys.executable, "-m", "bikube")

_NOBODY = 65534

# From linux/capability.h: the third version has two words for each of the three sets.
_VERSION = 0x20080522
_DAC_OVERRIDE, _DAC_READ_SEARCH = 1 << 1, 1 << 2


def run_program(
    *arguments: str | Path, cwd: Path, stdin: bytes = b"", **options: Any
) -> "subprocess.CompletedProcess[bytes]":
    """Runs ``bikube`` in a process; ``options`` are those of ``subprocess.run``."""
    command = [*PROGRAM, *map(str, arguments)]
    return subprocess.run(
        command, cwd=cwd, input=stdin, capture_output=True, check=False, timeout=60, **options
    )


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Word(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


@contextmanager
def without_privileges() -> Iterator[None]:
    """What runs inside is refused what a file's rights do not allow, even if root runs it.

    On Linux root stays the owner of its files, so that it still reads the program wherever that is.
    Elsewhere it is nobody inside, who must be let to all that is needed (see ``open_to_all``).
    """
    if sys.platform == "linux":
        with _without_capabilities():
            yield
    elif hasattr(os, "geteuid") and os.geteuid() == 0:
        with _as_nobody():
            yield
    else:
        yield


@contextmanager
def _without_capabilities() -> Iterator[None]:
    """Without the two capabilities by which rights on files do not count; of this thread only."""
    before = _capabilities()
    after = (_Word * 2).from_buffer_copy(before)
    after[0].effective &= ~(_DAC_OVERRIDE | _DAC_READ_SEARCH)
    _call("capset", after)
    try:
        yield
    finally:
        _call("capset", before)


def _capabilities() -> "ctypes.Array[_Word]":
    words = (_Word * 2)()
    _call("capget", words)
    return words


def _call(function: str, words: "ctypes.Array[_Word]") -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if getattr(libc, function)(ctypes.byref(_Header(_VERSION, 0)), words) != 0:
        raise OSError(ctypes.get_errno(), function)


@contextmanager
def _as_nobody() -> Iterator[None]:
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
