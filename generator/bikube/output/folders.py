"""Looks at output folders, and carries plans out so that only whole files are ever there."""

import os
import stat
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from bikube.errors import AccessError, reason
from bikube.files.writing import is_temporary, new_folder, replace_file, sweep
from bikube.output.generated import owns
from bikube.output.plan import Action, Existing, Plan, Step

_LONGEST_HEADER = 200
"""Bytes of a first line that tell whose the file is."""


def survey(out: Path, folders: Iterable[str]) -> dict[str, Existing]:
    """Every file in the ``folders`` below ``out``, by its POSIX path from there.

    Raises:
        AccessError: a folder is not one, leads elsewhere by a link, or may not be read.
    """
    existing: dict[str, Existing] = {}
    for folder in folders:
        _refuse_detours(out, folder)
        for entry in _entries(out / folder):
            existing[f"{folder}/{entry.name}"] = _look(entry)
    return existing


def leftovers(
    out: Path, wanted: Collection[str], targets: Sequence[str], *, among: Collection[str] | None
) -> list[str]:
    """The folders of ``targets`` below ``out`` with files that bikube wrote, but the ``wanted``.

    They are POSIX paths from there, sorted, as those of ``wanted``; links are not followed. With
    ``among`` they are those of these instances only.
    """
    found = []
    # A folder that cannot be looked at is not the business of this run.
    with suppress(AccessError):
        names = [one.name for one in _entries(out) if _is_folder(one)]
        names = [name for name in names if among is None or name in among]
        for folder in (f"{name}/{target}" for name in names for target in targets):
            if folder in wanted:
                continue
            with suppress(AccessError, OSError):
                if not os.path.islink(out / folder) and _has_ours(out / folder):
                    found.append(folder)
    return sorted(found)


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    return entry.is_dir(follow_symlinks=False)


def _has_ours(folder: Path) -> bool:
    files = (entry.path for entry in _entries(folder) if entry.is_file(follow_symlinks=False))
    for path in files:
        with open(path, "rb") as file:
            if owns(file.readline(_LONGEST_HEADER)):
                return True
    return False


def _refuse_detours(out: Path, folder: str) -> None:
    place = out
    for part in ("", *folder.split("/")):
        place = place / part if part else place
        kind = _kind(place, follow=not part)
        if kind == stat.S_IFLNK:
            raise AccessError(f"{place}: this is a link; output stays below {out}; remove the link")
        if kind not in (0, stat.S_IFDIR):
            raise AccessError(f"{place}: a file is where a folder must be; move it away")


def _kind(place: Path, *, follow: bool) -> int:
    """What is at ``place``, as ``stat.S_IFMT`` tells it; 0 if nothing is."""
    try:
        return stat.S_IFMT(os.stat(place, follow_symlinks=follow).st_mode)
    except FileNotFoundError:
        return 0
    except ValueError as error:  # It holds U+0000.
        raise AccessError(f"{place}: this is no path; name a folder") from error
    except OSError as error:
        raise AccessError(f"{place}: {reason(error)}") from error


def _entries(folder: Path) -> Iterator["os.DirEntry[str]"]:
    try:
        with os.scandir(folder) as entries:
            yield from (one for one in entries if not is_temporary(one.name))
    except FileNotFoundError:
        return
    except OSError as error:
        raise AccessError(f"{folder}: {reason(error)}") from error


def _look(entry: "os.DirEntry[str]") -> Existing:
    if entry.is_symlink():
        return Existing(b"", "a link is in its place; remove the link")
    if not entry.is_file():
        what = "a folder" if entry.is_dir() else "something else than a file"
        return Existing(b"", f"{what} is in its place; move it away")
    try:
        with open(entry.path, "rb") as file:
            return Existing(file.read())
    except OSError as error:
        raise AccessError(f"{entry.path}: {reason(error)}") from error


def carry_out(out: Path, plan: Plan) -> None:
    """Writes and removes what ``plan`` says, deletions last.

    A folder that is not there yet appears with all of its files in it; in one that is there, each
    file is replaced in one stroke.

    Raises:
        AccessError: the disk is full or read-only, or a right is missing. What was written
            until then are whole files; the next run writes the rest.
    """
    steps: dict[str, list[Step]] = {}
    for step in plan.steps:
        steps.setdefault(step.path.rpartition("/")[0], []).append(step)
    for folder, own in steps.items():
        _write_folder(os.path.join(out, folder), own)
    for step in plan.of(Action.DELETE):
        try:
            os.unlink(os.path.join(out, step.path))
        except OSError as error:
            raise AccessError(f"{out / step.path}: {reason(error)}") from error


def prune(out: Path, plan: Plan) -> None:
    """Removes what ``plan`` deletes, and each folder that is empty then.

    Raises:
        AccessError: a right is missing. The next run removes the rest.
    """
    carry_out(out, plan)
    targets = {step.path.rpartition("/")[0] for step in plan.steps}
    instances = {folder.partition("/")[0] for folder in targets}
    for folder in (*sorted(targets), *sorted(instances)):
        place = out / folder
        try:
            if not os.listdir(place):
                os.rmdir(place)
        except OSError as error:
            raise AccessError(f"{place}: {reason(error)}") from error


def _write_folder(folder: str, steps: Sequence[Step]) -> None:
    for place in (os.path.dirname(folder), folder):
        try:
            if os.path.isdir(place):
                sweep(place)
        except OSError as error:
            raise AccessError(f"{place}: {reason(error)}") from error
    files = (
        (step.path.rpartition("/")[2], step.after)
        for step in steps
        if step.action in (Action.CREATE, Action.UPDATE)
    )
    if not os.path.isdir(folder):
        new_folder(folder, files)
        return
    for name, data in files:
        target = os.path.join(folder, name)
        try:
            replace_file(target, data)
        except OSError as error:
            raise AccessError(f"{target}: {reason(error)}") from error
