"""Folders that are held open: a link that takes the place of one meanwhile leads nowhere else."""

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

HAS_DESCRIPTORS = {
    os.open,
    os.stat,
    os.mkdir,
    os.rename,
    os.unlink,
    os.rmdir,
} <= os.supports_dir_fd and os.scandir in os.supports_fd
"""Whether the system finds names from an open folder; where it does not, paths have to do."""

# A pipe is opened without waiting for who writes to it; regular files do not know the difference.
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL
_ALWAYS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)
_RIGHTS = 0o666


class Folder(NamedTuple):
    """A folder, and the descriptor by which it is held open, where the system has these.

    What it does it does to names in the folder itself, and it follows no link. All of it raises
    ``OSError`` where the system refuses.
    """

    path: str
    descriptor: int | None

    def create(self, name: str) -> int:
        """A descriptor to write to ``name``, which must not be there."""
        return os.open(self.at(name), _NEW | _ALWAYS, _RIGHTS, dir_fd=self.descriptor)

    def open(self, name: str) -> int:
        """A descriptor to read ``name``, whatever it is unless a link."""
        return os.open(self.at(name), _READ | _ALWAYS, dir_fd=self.descriptor)

    @contextmanager
    def below(self, name: str) -> Iterator["Folder"]:
        """The folder ``name`` in this one, held open."""
        path = os.path.join(self.path, name)
        if self.descriptor is None:
            yield Folder(path, None)
            return
        descriptor = os.open(name, _FOLDER | _ALWAYS, dir_fd=self.descriptor)
        try:
            yield Folder(path, descriptor)
        finally:
            os.close(descriptor)

    def entries(self) -> "list[os.DirEntry[str]]":
        """What is in it, in no order."""
        with os.scandir(self.path if self.descriptor is None else self.descriptor) as entries:
            return list(entries)

    def look(self, name: str) -> os.stat_result:
        """The status of ``name``; of a link its own."""
        return os.stat(self.at(name), dir_fd=self.descriptor, follow_symlinks=False)

    def kind(self, name: str) -> int:
        """What ``name`` is, as ``stat.S_IFMT`` tells it; 0 if it is not there."""
        try:
            return stat.S_IFMT(self.look(name).st_mode)
        except FileNotFoundError:
            return 0

    def is_writable(self, name: str) -> bool:
        """Whether the file ``name`` may be written: replacing it would not ask."""
        access = os.access(self.at(name), os.W_OK, dir_fd=self.descriptor)
        # Root has all rights, and minds those that a file has all the same.
        return access and bool(self.look(name).st_mode & 0o222)

    def leads_to(self, name: str, descriptor: int) -> bool:
        """Whether ``name`` still is what was opened as ``descriptor``."""
        try:
            return os.path.samestat(self.look(name), os.fstat(descriptor))
        except FileNotFoundError:
            return False

    def make(self, name: str, *, rights: int = 0o777) -> None:
        """Makes the folder ``name``."""
        os.mkdir(self.at(name), rights, dir_fd=self.descriptor)

    def move(self, name: str, to: "Folder", new: str) -> None:
        """Puts ``name`` in the place of ``new`` in the folder ``to``."""
        os.replace(self.at(name), to.at(new), src_dir_fd=self.descriptor, dst_dir_fd=to.descriptor)

    def remove(self, name: str) -> None:
        """Removes the file ``name``."""
        os.unlink(self.at(name), dir_fd=self.descriptor)

    def remove_folder(self, name: str) -> None:
        """Removes the folder ``name``, which must be empty."""
        os.rmdir(self.at(name), dir_fd=self.descriptor)

    def remove_tree(self, name: str) -> None:
        """Removes the folder ``name`` with all that is in it."""
        shutil.rmtree(self.at(name), dir_fd=self.descriptor)

    def at(self, name: str) -> str:
        """How to call ``name`` together with ``descriptor``."""
        return name if self.descriptor is not None else os.path.join(self.path, name)


@contextmanager
def opened(path: str, *, held: bool = HAS_DESCRIPTORS) -> Iterator[Folder]:
    """The folder at ``path``, where a link may lead there.

    Raises:
        OSError: there is none, or it may not be read.
    """
    if not held:
        yield Folder(path, None)
        return
    try:
        descriptor = os.open(path, _FOLDER)
    except PermissionError:
        # What may not be listed may still let names be found in it.
        descriptor = os.open(path, _FOLDER | getattr(os, "O_PATH", 0))
    try:
        yield Folder(path, descriptor)
    finally:
        os.close(descriptor)
