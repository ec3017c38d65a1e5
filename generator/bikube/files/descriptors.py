"""Names of descriptors that are open already, such as ``/dev/stdout`` and those of ``>()``.

Whoever has opened one has said how it is written to; behind it there may be a file with the words
of others, a pipe without a name, or a file that is gone. So it is never opened by that file's name.
"""

import os
import re
from typing import TypeAlias

Named: TypeAlias = int | str
"""A descriptor of this process, or the path of another process's."""

_OWN = ("/dev/fd", "/proc/self/fd", "/proc/thread-self/fd")
_OTHERS = re.compile(r"/proc/[0-9]+(/task/[0-9]+)?/fd")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")
_LINKS = 40
"""Links that Linux follows before it calls them a loop (path_resolution(7))."""


def named_descriptor(path: str) -> Named | None:
    """The open descriptor that ``path`` is a name of, where links may lead there; else ``None``."""
    own = {os.path.realpath(folder) for folder in _OWN}
    for _ in range(_LINKS):
        parent, name = os.path.split(path)
        folder = os.path.realpath(parent)
        if _NUMBER.fullmatch(name):
            if folder in own:
                return int(name)
            if _OTHERS.fullmatch(folder):
                return os.path.join(folder, name)
        try:
            # A link of such a folder only shows where it leads; all others are followed by name.
            path = os.path.join(folder, os.readlink(os.path.join(folder, name)))
        except OSError:
            return None
    return None


def open_again(named: Named) -> int:
    """Another descriptor to write to what ``named`` is, behind all that is there.

    Raises:
        OSError: it is not open, or the system refuses.
    """
    return os.dup(named) if isinstance(named, int) else os.open(named, os.O_WRONLY | os.O_APPEND)
