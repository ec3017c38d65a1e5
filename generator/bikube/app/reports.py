"""Writes reports to files."""

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from bikube.errors import AccessError, reason

if TYPE_CHECKING:
    pass


def write_report(path: str, pieces: Iterable[str]) -> None:
    """Writes ``pieces`` to ``path`` as UTF-8, the whole file in one stroke.

    Folders on the way are made. A device or a pipe is written to as it is.

    Raises:
        AccessError: it cannot be written; what was there before is still there.
    """
    target = os.path.realpath(path)
    try:
        if os.path.lexists(target) and not os.path.isfile(target):
            _write(target, pieces)
            return
        # Imported here because most reports go to standard output.
        from bikube.files.writing import replacing

        os.makedirs(os.path.dirname(target), exist_ok=True)
        with replacing(target) as temporary:
            _write(temporary, pieces)
    except OSError as error:
        raise AccessError(f"{path}: {reason(error)}") from error


def _write(path: str, pieces: Iterable[str]) -> None:
    # Some systems' file names are bytes that are no UTF-8; whatever is left of them is escaped.
    with open(path, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        file.writelines(pieces)
