"""Reads files, and says in one way why that could not be done."""

import errno
import sys
from pathlib import Path

from bikube.document import MAX_BYTES
from bikube.errors import AccessError

STDIN = "-"

_ADVICE = {
    "EDQUOT": "free some space, and run it again",
    "EFBIG": "raise the limit on the size of files, and run it again",
    "ENOSPC": "free some space, and run it again",
    "EROFS": "choose another place",
    "ELOOP": "remove the links that lead to each other",
    "ENAMETOOLONG": "choose a shorter path",
}


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


def read_stdin() -> bytes:
    """What stands on standard input, bounded as in ``read``.

    Raises:
        AccessError: it cannot be read.
    """
    try:
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    except OSError as error:
        raise AccessError(f"standard input: {reason(error)}") from error


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
            found = (error.strerror or str(error)).lower()
            advice = _ADVICE.get(errno.errorcode.get(error.errno or 0, ""))
            return f"{found}; {advice}" if advice else found
