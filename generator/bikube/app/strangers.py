"""Keeps out of reports what is none of bikube's: what nobody named, and is no spec.

A pattern in a configuration, and a link in a folder, can mean any file that a run may read, the
credentials of a checkout among them; findings quote what they are about.
"""

import os
import re
from pathlib import Path

from bikube.errors import AccessError
from bikube.files.bounds import is_within

_KEY = re.compile(rb"^(?:\xef\xbb\xbf)?[\"']?bikube[\"']?[ \t]*:", re.MULTILINE)
_NAME = "bikube.yaml"


def refuse_outside(path: Path, bound: str) -> None:
    """Raises ``AccessError`` where ``path`` leads out of the folder ``bound``."""
    if not is_within(path, bound):
        raise AccessError(
            f'{path}: this leads out of "{os.path.relpath(bound)}"; a spec in the repository is'
            " expected; name it on the command line, or run with --allow-outside"
        )


def refuse_stranger(path: Path, data: bytes) -> None:
    """Raises ``AccessError`` where ``path`` is not called like a spec, and ``data`` is none."""
    if not (os.path.realpath(path).endswith(_NAME) or _KEY.search(data)):
        raise AccessError(
            f'{path}: no spec, so nothing of it is shown; a line "bikube: v1" is expected; write'
            " it, or name the file on the command line"
        )
