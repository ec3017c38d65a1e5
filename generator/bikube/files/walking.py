"""Looks for files in a folder and below it, and says what it passes over."""

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from bikube.files.bounds import is_within
from bikube.files.git import work_tree
from bikube.files.patterns import is_pattern, matcher

if TYPE_CHECKING:
    from pathspec import PathSpec

    _Ignores = list[tuple[Path, PathSpec[Any]]]
    """Patterns, and the folders from which they count; what is farther inside comes later."""

_IGNORE_FILE = ".gitignore"
_LONGEST_IGNORES = 1_000_000

Why = Literal["config", "excluded", "ignored", "kind", "link", "name", "outside"]
"""Why a file is passed over: it has nearly the name of a configuration; a pattern excludes it; git
ignores it; it is a pipe, a socket or a device; it is a link to a folder; it has nearly the name
that is looked for; it is a link out of the work tree, or out of the folder that is walked
through."""


class PassedOver(NamedTuple):
    """What is not looked at, though it could have been meant; ``by`` is the place of the reason."""

    path: Path
    why: Why
    by: str = ""


def walk(
    folder: Path, names: Sequence[str], is_near: Callable[[str], bool]
) -> Iterator[Path | PassedOver]:
    """The files below ``folder`` whose names match one of ``names``, sorted, and those passed over.

    Pipes and devices are no files; reading one may never end. A link that leads nowhere is given,
    and so is a folder that cannot be listed, so that reading it says so. Hidden folders are left
    out, and so is what a ``.gitignore`` excludes, in ``folder`` or below it, and above it up to the
    root of its work tree. ``is_near`` tells names that were meant as one of ``names``.
    """
    wanted = matcher(tuple(names))
    top = os.path.realpath(work_tree(str(folder)))
    # No recursion: folders may be nested deeper than calls may be.
    open_folders = [_listed(folder, _inherited(folder))]
    while open_folders:
        path, entry, ignores = next(open_folders[-1], (None, None, None))
        if path is None or ignores is None:
            open_folders.pop()
        elif entry is None:
            yield path
        elif not _is_folder(entry):
            yield from _looked_at(path, wanted, is_near, ignores, top)
        elif not entry.name.startswith(".") and not _is_ignored(path, ignores, "/"):
            if entry.is_symlink():
                yield PassedOver(path, "link")
            else:
                open_folders.append(_listed(path, ignores))


_Entry = tuple[Path, "os.DirEntry[str] | None", "_Ignores"]


def _listed(folder: Path, ignores: "_Ignores") -> Iterator[_Entry]:
    """What is in ``folder``, or itself if that cannot be known, with the patterns that count."""
    try:
        entries = sorted(os.scandir(folder), key=lambda one: one.name)
    except OSError:
        yield folder, None, ignores
        return
    own = _read_ignores(folder)
    ignores = [*ignores, (folder, own)] if own is not None else ignores
    for entry in entries:
        yield folder / entry.name, entry, ignores


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:  # A link that leads to itself, or into a folder that may not be searched.
        return False


def _looked_at(
    path: Path,
    wanted: "PathSpec[Any]",
    is_near: Callable[[str], bool],
    ignores: "_Ignores",
    top: str,
) -> Iterator[Path | PassedOver]:
    is_wanted = wanted.match_file(path.name)
    if not (is_wanted or is_near(path.name)):
        return
    is_ignored = _is_ignored(path, ignores, "")
    if not is_wanted:
        if not is_ignored:
            yield PassedOver(path, "name")
    elif is_ignored:
        yield PassedOver(path, "ignored")
    elif os.path.exists(path) and not os.path.isfile(path):
        yield PassedOver(path, "kind")
    elif os.path.islink(path) and not is_within(path, top):
        yield PassedOver(path, "outside")
    else:
        yield path


def _inherited(folder: Path) -> "_Ignores":
    """The ``.gitignore`` files above ``folder``, the outermost first; outside of a work tree none.

    There, some people have one in their home folder that is about something else.
    """
    above = Path(os.path.abspath(folder))
    tree = (above, *above.parents)
    root = next((at for at, place in enumerate(tree) if os.path.exists(place / ".git")), 0)
    found = [(place, _read_ignores(place)) for place in reversed(tree[1 : root + 1])]
    return [(place, own) for place, own in found if own is not None]


def _is_ignored(path: Path, ignores: "_Ignores", ending: str) -> bool:
    """Whether git ignores ``path``: the nearest file with a pattern that fits has the say."""
    for root, own in reversed(ignores):
        relative = os.path.relpath(path, root).replace(os.sep, "/") + ending
        verdict = own.check_file(relative).include
        if verdict is not None:
            return verdict
    return False


def _read_ignores(folder: Path) -> "PathSpec[Any] | None":
    path = folder / _IGNORE_FILE
    if not os.path.isfile(path):
        return None
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            text = file.read(_LONGEST_IGNORES)
    except OSError:
        return None
    # Git passes over a line that is no pattern.
    return matcher(tuple(filter(is_pattern, text.splitlines())))
