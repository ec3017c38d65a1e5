"""Locks: of two runs that change one thing, the second waits until the first has ended.

They are the system's own, on descriptors (``flock``), so that nothing is left behind by a run,
however it ends. Where a system or a file system has none, nobody waits.
"""

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from time import monotonic, sleep

from bikube.errors import refusing
from bikube.files.folder import Folder, opened

Waits = Callable[[str], None]
"""Is told which path another run is writing to, once waiting for it takes long."""

_PATIENCE = 0.5
"""Seconds before somebody is told; most runs need less to write."""

_PAUSE = 0.01
_TRIES = 100

if sys.platform != "win32":
    import fcntl


def _flock(descriptor: int, *, wait: bool) -> None:
    """Locks; raises ``BlockingIOError`` where another has, ``OSError`` where there are no locks."""
    if sys.platform == "win32":
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))
    fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)


def try_lock(descriptor: int, *, otherwise: bool) -> bool:
    """Locks, and says whether nobody else has; ``otherwise`` is said where there are no locks.

    The lock is gone with the descriptor, and at the latest with the process.
    """
    try:
        _flock(descriptor, wait=False)
    except BlockingIOError:
        return False
    except OSError:
        return otherwise
    return True


def lock(descriptor: int, path: str, waits: Waits) -> None:
    """Locks, and waits as long as another has it; ``waits`` is told of ``path`` meanwhile."""
    until = monotonic() + _PATIENCE
    while not try_lock(descriptor, otherwise=True):
        if monotonic() > until:
            waits(path)
            with suppress(OSError):
                _flock(descriptor, wait=True)
            return
        sleep(_PAUSE)


@contextmanager
def holding(path: str, waits: Waits) -> Iterator[Folder]:
    """The folder ``path`` for this run alone; it is made, and removed if it stays empty.

    Raises:
        AccessError: it cannot be made or opened.
    """
    with ExitStack() as stack:
        with refusing(path, "folder"):
            missing = _missing(path)
            folder = _seize(path, waits, stack)
        try:
            yield folder
        finally:
            # Still locked: whoever waits for it finds that it is gone, and makes it anew.
            for place in missing:
                with suppress(OSError):
                    os.rmdir(place)


def _seize(path: str, waits: Waits, stack: ExitStack) -> Folder:
    for _ in range(_TRIES):
        # Another run may remove, at any moment, what it has made in vain.
        with suppress(FileNotFoundError):
            os.makedirs(path, exist_ok=True)
            folder = stack.enter_context(opened(path))
            if folder.descriptor is None:
                return folder
            lock(folder.descriptor, path, waits)
            if os.path.samestat(os.stat(path), os.fstat(folder.descriptor)):
                return folder
        stack.close()
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)


def _missing(path: str) -> list[str]:
    """``path`` and the folders above it that are not there, the innermost first."""
    missing = []
    while path and not os.path.lexists(path):
        missing.append(path)
        path = os.path.dirname(path)
    return missing
