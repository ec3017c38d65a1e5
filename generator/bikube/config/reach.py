"""What a configuration may name: nothing outside of the repository that it is part of.

Whoever may change a configuration may change what stands beside it, but has no say in what else a
run can read or write.
"""

import os
from pathlib import Path

from bikube.config.model import FILE_NAME, Config
from bikube.diagnostics import Diagnostic, Pointer
from bikube.document import Document
from bikube.errors import AccessError, FaultyFile, UsageError
from bikube.files.bounds import is_within
from bikube.files.git import work_tree

_ADVICE = "write another path, or run with --allow-outside"


def bound_of(path: Path) -> str:
    """The folder that the configuration ``path`` must not leave: its work tree, else its own."""
    return os.path.realpath(work_tree(os.path.dirname(path) or os.curdir))


def hold_link(path: Path) -> None:
    """Refuses a link with the name of a configuration that leads to something else.

    No error quotes that.

    Raises:
        AccessError: it leads out of the repository, or to no configuration.
    """
    if not os.path.islink(path):
        return
    if not is_within(path, bound_of(path)):
        raise AccessError(f"{path}: it is a link out of the repository; name it with --config")
    if os.path.basename(os.path.realpath(path)) != FILE_NAME:
        said = f'it is a link to no "{FILE_NAME}", and not read'
        raise AccessError(f"{path}: {said}; rename its target, or name it with --config")


def reached(config: Config, path: str, key: str) -> Path:
    """The ``path`` that ``key`` of ``config`` names, as ``Config.resolve`` gives it.

    Raises:
        UsageError: it leads out of what the configuration may name.
    """
    found = config.resolve(path)
    message = _fault(found, config.bound)
    if message and config.document is not None and key in config.document.data:
        raise _faulty(config.document, (key,), message)
    if message:
        raise UsageError(f"{found}: {message}")
    return found


def hold_item(path: Path, document: Document, pointer: Pointer, bound: str | None) -> None:
    """Refuses the file ``path``, which the item at ``pointer`` names, if it is out of ``bound``.

    Raises:
        FaultyFile: it is.
    """
    message = _fault(path, bound)
    if message:
        raise _faulty(document, pointer, message)


def _fault(path: Path, bound: str | None) -> str:
    """What is wrong with naming ``path``, if anything is."""
    if bound is None or is_within(path, bound):
        return ""
    found = f'this leads out of "{os.path.relpath(bound)}"'
    return f"{found}; a path in the repository is expected; {_ADVICE}"


def _faulty(document: Document, pointer: Pointer, message: str) -> FaultyFile:
    return FaultyFile(document.source, Diagnostic("config", message, document.span(pointer)))
