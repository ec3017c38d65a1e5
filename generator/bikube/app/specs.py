"""Which specs a run is about."""

import glob
import os
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

from bikube.app.files import STDIN, read, read_stdin
from bikube.app.settings import nearest_config
from bikube.config import Config
from bikube.errors import UsageError

DEFAULT_SPEC = "bikube.yaml"
PATTERNS = ("bikube.yaml", "*.bikube.yaml")
"""The names of specs in a folder."""


class Input(NamedTuple):
    """One spec: the name under which it is shown, where it is, and what configures its rules."""

    name: str
    path: Path | None
    config: Config | None

    def read(self) -> bytes:
        """Its bytes.

        Raises:
            AccessError: the file cannot be read.
        """
        return read_stdin() if self.path is None else read(self.path)


class Selection(NamedTuple):
    """The specs of a run, and the configuration of the run as a whole."""

    inputs: tuple[Input, ...]
    config: Config | None


def select(arguments: Sequence[str], *, stdin_name: str | None, config: Config | None) -> Selection:
    """The specs that ``arguments`` (paths, folders, globs, ``-``) name, each once.

    Without arguments they are those of ``config``, else of the nearest configuration upward
    from the working directory, else ``bikube.yaml``. A given ``config`` serves every spec.

    Raises:
        UsageError: a glob or a folder has no spec.
        AccessError: a configuration cannot be read.
    """
    general = config or nearest_config(Path())
    names = list(_named(arguments, stdin_name))
    if not arguments:
        names = list(_configured(general))
    excluded = general.exclude if general is not None else ()
    found: dict[str, Input] = {}
    for name, path in names:
        if path is not None and general is not None and _matches(name, general.root, excluded):
            continue
        own = config or nearest_config(Path(name).parent)
        found.setdefault(os.path.abspath(path) if path else STDIN, Input(name, path, own))
    return Selection(tuple(found.values()), general)


def _named(arguments: Sequence[str], stdin_name: str | None) -> Iterator[tuple[str, Path | None]]:
    for argument in arguments:
        if argument == STDIN:
            yield stdin_name or "<stdin>", None
        elif os.path.isdir(argument):
            yield from _in_folder(Path(argument))
        elif glob.has_magic(argument) and not os.path.exists(argument):
            yield from _matching(argument)
        else:
            yield argument, Path(argument)


def _configured(config: Config | None) -> Iterator[tuple[str, Path]]:
    if config is None or not config.specs:
        folder = config.root if config is not None else Path()
        yield str(folder / DEFAULT_SPEC), folder / DEFAULT_SPEC
        return
    for pattern in config.specs:
        yield from _matching(os.path.join(config.root, pattern))


def _matching(pattern: str) -> Iterator[tuple[str, Path]]:
    paths = sorted(path for path in glob.glob(pattern, recursive=True) if os.path.isfile(path))
    if not paths:
        raise UsageError(f'no file matches "{pattern}"; a spec is expected; check the pattern')
    yield from ((path, Path(path)) for path in paths)


def _in_folder(folder: Path) -> Iterator[tuple[str, Path]]:
    paths = sorted({path for pattern in PATTERNS for path in folder.rglob(pattern)})
    if not paths:
        wanted = " or ".join(f'"{pattern}"' for pattern in PATTERNS)
        raise UsageError(f'no spec in folder "{folder}"; {wanted} is expected; check the path')
    yield from ((str(path), path) for path in paths)


def _matches(name: str, root: Path, patterns: Sequence[str]) -> bool:
    relative = os.path.relpath(name, root).replace(os.sep, "/")
    return any(fnmatch(relative, pattern) for pattern in patterns)
