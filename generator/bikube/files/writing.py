"""Puts files where they belong in one stroke: whole, or not at all.

What is being written has a name that nobody can guess, and is locked while its run lives. A killed
run leaves only such names behind; whoever writes into the folder next removes what no run holds.

What nobody can make again is on the disk before it takes its place, so that it is whole after a
power cut too: as it was, or as it was to be. For what is generated that takes too long (ADR 7).
"""

import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from bikube.errors import AccessError, refusing
from bikube.files.descriptors import named_descriptor, open_again
from bikube.files.folder import Folder, opened
from bikube.files.locks import Waits, lock, try_lock
from bikube.files.reading import read_open

_LEFTOVER = re.compile(r"\.[0-9a-f]{32}\.bikube-tmp")


def is_temporary(name: str) -> bool:
    """Whether ``name`` is that of a file or folder that was not finished."""
    return _LEFTOVER.fullmatch(name) is not None


def write_whole(path: Path, data: bytes) -> None:
    """Writes ``data`` to ``path`` in one stroke; its folder is made if it is not there.

    Raises:
        AccessError: the system refuses.
    """
    with refusing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with opened(str(path.parent)) as folder, replacing(folder, path.name) as descriptor:
            write_all(descriptor, data)


def is_stream(path: str) -> bool:
    """Whether ``path`` is written to as it is: an open descriptor, a device or a pipe.

    Raises:
        AccessError: it is no path.
    """
    with refusing(path):
        is_other = os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path)
        return is_other or named_descriptor(path) is not None


def write_pieces(path: str, pieces: Iterable[str]) -> None:
    """Writes ``pieces`` to ``path`` as UTF-8, in one stroke; a link keeps leading there.

    Folders on the way are made. A device or a pipe is written to as it is, and so is what is open
    already (``/dev/stdout``, ``/dev/fd/3``): behind all that is there, and nothing is replaced.
    Some systems' file names are bytes that are no UTF-8; whatever is left of them is escaped.

    Raises:
        AccessError: it cannot be written; what was there before is still there.
        OSError: standard output does not take what was to stand before.
    """
    with refusing(path):
        named = named_descriptor(path)
    if named is not None:
        sys.stdout.flush()
        sys.stderr.flush()
    with refusing(path), ExitStack() as stack:
        target = os.path.realpath(path)
        if named is not None:
            place: int | str = (descriptor := open_again(named))
            stack.callback(os.close, descriptor)
        elif os.path.exists(target) and not os.path.isfile(target):
            place = target
        else:
            parent, name = os.path.split(target)
            os.makedirs(parent, exist_ok=True)
            place = stack.enter_context(replacing(stack.enter_context(opened(parent)), name))
        with open(
            place,
            "w",
            encoding="utf-8",
            errors="backslashreplace",
            newline="\n",
            closefd=isinstance(place, str),
        ) as file:
            file.writelines(pieces)


class HeldFile(NamedTuple):
    """A file that is read and then replaced, with the folder in which it stands.

    A device or a pipe is in no folder, and nothing takes its place.
    """

    path: Path
    descriptor: int
    folder: Folder | None
    name: str = ""

    def read(self) -> bytes:
        """Its content, bounded as in ``files.read``; raises ``AccessError``."""
        with refusing(self.path):
            return read_open(self.descriptor)

    def replace(self, data: bytes, *, instead_of: bytes, changes: str) -> None:
        """Puts ``data`` in its place in one stroke, with its owner and rights.

        ``instead_of`` is its content as it was read, and ``changes`` is what ``data`` brings, for
        the message that says that it was not written.

        Raises:
            AccessError: it is no file, it or its folder is not to be written, or a program that
                knows nothing of locks has changed it since.
        """
        said = f"{changes} are not written"
        if self.folder is None:
            raise AccessError(f"{self.path}: no regular file; {said}; name a file")
        with refusing(self.path):
            if not self._still_has(self.folder, instead_of):
                raise AccessError(f"{self.path}: the file changed meanwhile; {said}; run it again")
            if not self.folder.is_writable(self.name):
                raise AccessError(f"{self.path}: the file is read-only; {said}; make it writable")
            like = os.fstat(self.descriptor)
            with replacing(self.folder, self.name, like=like) as descriptor:
                write_all(descriptor, data)

    def _still_has(self, folder: Folder, data: bytes) -> bool:
        if not folder.leads_to(self.name, self.descriptor):
            return False
        os.lseek(self.descriptor, 0, os.SEEK_SET)
        return read_open(self.descriptor) == data


@contextmanager
def holding_file(path: Path, waits: Waits) -> Iterator[HeldFile]:
    """The file to which ``path`` leads, for this run alone; ``waits`` is told of another.

    Raises:
        AccessError: it cannot be read.
    """
    with ExitStack() as stack:
        with refusing(path):
            if os.path.isfile(path):
                parent, name = os.path.split(os.path.realpath(path))
                folder = stack.enter_context(opened(parent))
                held = HeldFile(path, _seize(folder, name, str(path), waits), folder, name)
            else:
                held = HeldFile(path, os.open(path, os.O_RDONLY), None)
            stack.callback(os.close, held.descriptor)
        yield held


def _seize(folder: Folder, name: str, shown: str, waits: Waits) -> int:
    while True:
        descriptor = folder.open(name)
        lock(descriptor, shown, waits)
        # Whoever had the lock may have put another file in its place.
        if folder.leads_to(name, descriptor):
            return descriptor
        os.close(descriptor)


@contextmanager
def replacing(folder: Folder, name: str, *, like: os.stat_result | None = None) -> Iterator[int]:
    """Gives a descriptor to write to; at the end, what was written takes the place of ``name``.

    It gets the owner and rights in ``like``. What killed runs left in the folder is removed.

    Raises:
        OSError: the system refuses; what was there before is still there, and nothing else.
    """
    sweep(folder)
    temporary, descriptor = _claim(folder)
    try:
        with ExitStack() as open_file:
            open_file.callback(os.close, descriptor)
            yield descriptor
            if like is not None:
                _adopt(descriptor, like)
            os.fsync(descriptor)
            if folder.descriptor is None:
                # Windows moves no file that is open. There are no locks, and nobody sweeps, either.
                open_file.close()
            folder.move(temporary, folder, name)
    except BaseException:
        with suppress(OSError):
            folder.remove(temporary)
        raise


@contextmanager
def staging(folder: Folder) -> Iterator[Folder]:
    """A new folder in ``folder``, of this run alone, from which files are moved to their places.

    Raises:
        OSError: the system refuses.
    """
    with ExitStack() as stack:
        while True:
            name = new_name()
            folder.make(name, rights=0o700)
            stack.callback(_discard, folder, name)
            stage = stack.enter_context(folder.below(name))
            descriptor = stage.descriptor
            if descriptor is None or _is_ours(folder, name, descriptor):
                break
            stack.close()
        yield stage


def sweep(folder: Folder) -> None:
    """Removes what killed runs left in ``folder``, and nothing that a run is writing.

    What cannot be removed stays; it is not what a run is about.
    """
    with suppress(OSError):
        for entry in folder.entries():
            if is_temporary(entry.name):
                with suppress(OSError):
                    _sweep(folder, entry.name)


def _sweep(folder: Folder, name: str) -> None:
    if folder.kind(name) == stat.S_IFLNK:
        folder.remove(name)
        return
    descriptor = folder.open(name)
    try:
        if try_lock(descriptor, otherwise=False):
            _discard(folder, name)
    finally:
        os.close(descriptor)


def _discard(folder: Folder, name: str) -> None:
    # Somebody may have nested folders in there deeper than Python removes them.
    with suppress(OSError, RecursionError):
        if folder.kind(name) == stat.S_IFDIR:
            folder.remove_tree(name)
        else:
            folder.remove(name)


def new_name() -> str:
    """A name for what is not finished."""
    return f".{os.urandom(16).hex()}.bikube-tmp"


def _claim(folder: Folder) -> tuple[str, int]:
    """A new file under a name of its own: the name, and the locked descriptor."""
    while True:
        name = new_name()
        descriptor = folder.create(name)
        if _is_ours(folder, name, descriptor):
            return name, descriptor
        os.close(descriptor)


def _is_ours(folder: Folder, name: str, descriptor: int) -> bool:
    """Whether nobody has swept what was made a moment ago, and nobody will from now on."""
    return try_lock(descriptor, otherwise=True) and folder.leads_to(name, descriptor)


def write_all(descriptor: int, data: bytes) -> None:
    """Writes all of ``data``; raises ``OSError``."""
    # Bare descriptors: file objects cost a fifth of the time of writing ten thousand files.
    written = os.write(descriptor, data)
    while written < len(data):
        written += os.write(descriptor, data[written:])


def _adopt(descriptor: int, like: os.stat_result) -> None:
    """Gives owner and rights; by descriptor, so that they go to no other file."""
    if sys.platform != "win32":
        if (like.st_uid, like.st_gid) != (os.geteuid(), os.getegid()):
            # Whoever may write the file need not be the owner, and then cannot give it back.
            with suppress(PermissionError):
                os.fchown(descriptor, like.st_uid, like.st_gid)
        os.fchmod(descriptor, stat.S_IMODE(like.st_mode))
