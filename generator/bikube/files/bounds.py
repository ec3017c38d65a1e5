"""Where a path leads, all links followed."""

import os

from bikube.errors import is_path


def is_within(path: str | os.PathLike[str], folder: str) -> bool:
    """Whether ``path`` leads to ``folder``, which is a real path, or to something below it.

    What the system can have no file of leads nowhere else.
    """
    if not is_path(path):
        return True
    try:
        return os.path.commonpath((folder, os.path.realpath(path))) == folder
    except ValueError:  # pragma: no cover - two drives of Windows
        return False
