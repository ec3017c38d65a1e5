"""What stops a command before it has an answer, as opposed to a finding, which is a value."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager

from bikube.diagnostics import Diagnostic
from bikube.text import Source

_ADVICE = {
    "EBADF": "open it for writing, or name a file",
    "EDQUOT": "free some space, and run it again",
    "EFBIG": "raise the limit on the size of files, and run it again",
    "ENOSPC": "free some space, and run it again",
    "EROFS": "choose another place",
    "EXDEV": "an output folder has to be on one file system",
    "ELOOP": "remove the links that lead to each other",
    "ENAMETOOLONG": "choose a shorter path",
}


class UserError(Exception):
    """Something outside bikube is wrong; the text says what was found and how to fix it.

    The command prints the text and ends with exit code 2.
    """


class UsageError(UserError):
    """The command line or the configuration asks for something that cannot be done."""


class AccessError(UserError):
    """A file or folder cannot be read or written."""


class FaultyFile(UsageError):
    """A file that says how to lint is malformed: what is wrong, and where in it.

    Its own text may quote a credential of the file; ``redaction.tell`` says it without.
    """

    def __init__(self, source: Source, diagnostic: Diagnostic) -> None:
        line, column = source.position(diagnostic.span.start)
        super().__init__(f"{source.name}:{line}:{column}: {diagnostic.text}")
        self.source = source
        self.diagnostic = diagnostic


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


@contextmanager
def refusing(path: str | os.PathLike[str], what: str = "file") -> Iterator[None]:
    """Raises ``AccessError`` where the system refuses what is done to the ``what`` at ``path``."""
    if not is_path(path):
        raise AccessError(f"{path}: this is no path; name a {what}")
    try:
        yield
    except OSError as error:
        raise AccessError(f"{path}: {reason(error)}") from error


def is_path(path: str | os.PathLike[str]) -> bool:
    """Whether the system could have a file of that name."""
    try:
        return b"\0" not in os.fsencode(path)
    except UnicodeEncodeError:
        return False
