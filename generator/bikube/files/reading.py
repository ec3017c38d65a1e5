"""Reads files, each up to the bound that specs have."""

import os
import sys
from pathlib import Path

from bikube.document import MAX_BYTES
from bikube.errors import AccessError, reason


def read(path: Path) -> bytes:
    """The content of ``path``, at most one byte more than a spec may have.

    Raises:
        AccessError: it is not there, is a folder, or may not be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except ValueError as error:  # It holds U+0000.
        raise AccessError(f"{path}: this is no path; name a file") from error
    except OSError as error:
        raise AccessError(f"{path}: {reason(error)}") from error


def read_file(path: Path) -> bytes:
    """As ``read``, of a regular file: whatever else is there may never end.

    A pipe that somebody names is another thing.
    """
    if os.path.exists(path) and not (os.path.isfile(path) or os.path.isdir(path)):
        raise AccessError(f"{path}: no regular file, so it is not read; name a file")
    return read(path)


def read_open(descriptor: int) -> bytes:
    """What can be read from ``descriptor``, bounded as in ``read``; raises ``OSError``."""
    with open(descriptor, "rb", closefd=False) as file:
        return file.read(MAX_BYTES + 1)


def read_stdin() -> bytes:
    """What stands on standard input, bounded as in ``read``.

    Raises:
        AccessError: it cannot be read.
    """
    try:
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    except OSError as error:
        raise AccessError(f"standard input: {reason(error)}") from error
