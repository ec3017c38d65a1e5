"""Looks at output folders, and at nothing outside, whatever a link is made to lead to."""

import os
import stat
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from bikube.errors import AccessError, refusing
from bikube.files.folder import Folder, opened
from bikube.files.locks import Waits, holding
from bikube.files.writing import is_temporary
from bikube.output.generated import owns
from bikube.output.plan import Existing

_LONGEST_HEADER = 200
"""Bytes of a first line that tell whose the file is."""

_LARGEST = 1 << 28
"""More bytes than any generated file has."""


@contextmanager
def output_folder(out: Path, waits: Waits | None) -> Iterator[Folder | None]:
    """The folder ``out``; to be written to if there is a ``waits``, for this run alone then.

    It is made then, and removed again if it stays empty. Who only looks gets nothing if it is not
    there.

    Raises:
        AccessError: it is no folder, or may not be read or made.
    """
    with ExitStack() as stack:
        with refusing(out, "folder"):
            folder = stack.enter_context(opened(str(out))) if _is_folder(out) else None
        yield folder if waits is None else stack.enter_context(holding(str(out), waits))


def _is_folder(out: Path) -> bool:
    try:
        status = os.stat(out)
    except FileNotFoundError:
        return False
    if not stat.S_ISDIR(status.st_mode):
        raise AccessError(f"{out}: a file is where a folder must be; move it away")
    return True


def survey(out: Folder | None, folders: Iterable[str]) -> dict[str, Existing]:
    """Every file in the ``folders`` below ``out``, by its POSIX path from there.

    Raises:
        AccessError: a folder is not one, leads elsewhere by a link, or may not be read.
    """
    existing: dict[str, Existing] = {}
    for path in folders:
        with _inside(out, path) as folder:
            for entry in _entries(folder):
                found = _look(folder, entry) if folder is not None else None
                if found is not None:
                    existing[f"{path}/{entry.name}"] = found
    return existing


def leftovers(
    out: Folder | None,
    wanted: Collection[str],
    targets: Sequence[str],
    *,
    among: Collection[str] | None,
) -> list[str]:
    """The folders of ``targets`` below ``out`` with files that bikube wrote, but the ``wanted``.

    They are POSIX paths from there, sorted, as those of ``wanted``; links are not followed. With
    ``among`` they are those of these instances only.
    """
    found = []
    # A folder that cannot be looked at is not the business of this run.
    with suppress(AccessError):
        names = [one.name for one in _entries(out) if one.is_dir(follow_symlinks=False)]
        names = [name for name in names if among is None or name in among]
        for path in (f"{name}/{target}" for name in names for target in targets):
            if path in wanted:
                continue
            with suppress(AccessError, OSError), _inside(out, path) as folder:
                if folder is not None and _has_ours(folder):
                    found.append(path)
    return sorted(found)


@contextmanager
def _inside(out: Folder | None, path: str) -> Iterator[Folder | None]:
    """The folder ``path`` below ``out``, if it is there; raises ``AccessError`` as ``survey``."""
    with ExitStack() as stack:
        place = out
        for part in path.split("/"):
            if place is None:
                break
            shown = os.path.join(place.path, part)
            with refusing(shown):
                kind = place.kind(part)
                if kind == stat.S_IFLNK:
                    below = f"output stays below {out.path}" if out is not None else ""
                    raise AccessError(f"{shown}: this is a link; {below}; remove the link")
                if kind not in (0, stat.S_IFDIR):
                    raise AccessError(f"{shown}: a file is where a folder must be; move it away")
                place = stack.enter_context(place.below(part)) if kind else None
        yield place


def _entries(folder: Folder | None) -> "list[os.DirEntry[str]]":
    if folder is None:
        return []
    with refusing(folder.path):
        return [one for one in folder.entries() if not is_temporary(one.name)]


def _has_ours(folder: Folder) -> bool:
    files = (one.name for one in _entries(folder) if one.is_file(follow_symlinks=False))
    for name in files:
        with open(folder.open(name), "rb") as file:
            if owns(file.readline(_LONGEST_HEADER)):
                return True
    return False


def _look(folder: Folder, entry: "os.DirEntry[str]") -> Existing | None:
    """What is at ``entry``; nothing if it has gone meanwhile."""
    if entry.is_symlink():
        return Existing(b"", "a link is in its place; remove the link")
    if not entry.is_file(follow_symlinks=False):
        what = "a folder" if entry.is_dir(follow_symlinks=False) else "something else than a file"
        return Existing(b"", f"{what} is in its place; move it away")
    with refusing(os.path.join(folder.path, entry.name)):
        try:
            descriptor = folder.open(entry.name)
        except FileNotFoundError:
            return None
        with open(descriptor, "rb") as file:
            if os.fstat(descriptor).st_size <= _LARGEST:
                return Existing(file.read(_LARGEST))
    return Existing(b"", "a file too large to be bikube's is in its place; move it away")
