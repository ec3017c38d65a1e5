"""Which specs a run is about."""

import glob
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bikube.app.files import STDIN, read, read_stdin
from bikube.errors import UsageError

DEFAULT_SPEC = "bikube.yaml"
PATTERNS = ("bikube.yaml", "*.bikube.yaml")
"""The names of specs in a folder."""


class Input(NamedTuple):
    """One spec: the name under which it is shown, and where it is."""

    name: str
    path: Path | None

    def read(self) -> bytes:
        """Its bytes.

        Raises:
            AccessError: the file cannot be read.
        """
        return read_stdin() if self.path is None else read(self.path)


def find_inputs(arguments: Sequence[str], *, stdin_name: str | None) -> list[Input]:
    """The specs that ``arguments`` (paths, folders, globs, ``-``) name, each once.

    Raises:
        UsageError: a glob or a folder has no spec.
    """
    found: dict[str, Input] = {}
    for argument in arguments:
        for one in _expand(argument, stdin_name):
            found.setdefault(os.path.abspath(one.name) if one.path else STDIN, one)
    return list(found.values())


def _expand(argument: str, stdin_name: str | None) -> Iterator[Input]:
    if argument == STDIN:
        yield Input(stdin_name or "<stdin>", None)
    elif os.path.isdir(argument):
        yield from _in_folder(Path(argument))
    elif glob.has_magic(argument) and not os.path.exists(argument):
        matches = sorted(path for path in glob.glob(argument, recursive=True) if os.path.isfile(path))
        if not matches:
            raise UsageError(f'no file matches "{argument}"; check the pattern')
        yield from (Input(path, Path(path)) for path in matches)
    else:
        yield Input(argument, Path(argument))


def _in_folder(folder: Path) -> Iterable[Input]:
    paths = sorted({path for pattern in PATTERNS for path in folder.rglob(pattern)})
    if not paths:
        wanted = " or ".join(f'"{pattern}"' for pattern in PATTERNS)
        raise UsageError(f'no spec in folder "{folder}"; specs are called {wanted}')
    return [Input(str(path), path) for path in paths]
