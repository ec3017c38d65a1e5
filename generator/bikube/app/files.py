"""Reads files, and says in one way why that could not be done."""

import sys
from pathlib import Path

from bikube.document import MAX_BYTES
from bikube.errors import AccessError

STDIN = "-"


def read(path: Path) -> bytes:
    """The content of ``path``, at most one byte more than a spec may have.

    Raises:
        AccessError: it is not there, is a folder, or may not be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise AccessError(f"{path}: {reason(error)}") from error


def read_stdin() -> bytes:
    """What stands on standard input, bounded as in ``read``."""
    return sys.stdin.buffer.read(MAX_BYTES + 1)


def reason(error: OSError) -> str:
    """Why the system refused, with what to do."""
    match error:
        case FileNotFoundError():
            return "there is no such file; check the path"
        case IsADirectoryError():
            return "this is a folder; name a file in it"
        case NotADirectoryError():
            return "a part of the path is a file, not a folder; check the path"
        case PermissionError():
            return "permission denied; check the rights on it"
        case _:
            return (error.strerror or str(error)).lower()
