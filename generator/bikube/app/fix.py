"""Mends specs: lints each, applies its fixes, and writes what has come of it."""

import os
import stat
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bikube.app.files import reason
from bikube.app.lint import Choice, Outcome, Progress, lint_bytes, lint_inputs
from bikube.app.specs import Input
from bikube.app.writing import replace_file
from bikube.errors import AccessError
from bikube.linting import Linted
from bikube.mending import Mended, mend

_WRITABLE = 0o222


class FixedSpec(NamedTuple):
    """A spec and what its fixes make of it."""

    spec: Input
    before: bytes
    mended: Mended

    @property
    def is_stdin(self) -> bool:
        """Whether it came from standard input."""
        return self.spec.path is None

    @property
    def is_change(self) -> bool:
        """Whether the fixes change the spec at all."""
        return self.mended.data != self.before


class Fixed(NamedTuple):
    """What is left to find, and every spec that could be read (and written, where it should be)."""

    outcome: Outcome
    specs: tuple[FixedSpec, ...]


def fix_inputs(
    inputs: Sequence[Input], choice: Choice, *, unsafe: bool, write: bool, progress: Progress
) -> Fixed:
    """Lints every input after its fixes, with ``write`` also in its file.

    A file that cannot be written does not keep the others from being fixed; its findings are
    those that it has. What came from standard input is written by nobody here.

    Raises:
        UsageError: ``choice`` names a rule that there is not, or ignores a structural one.
    """
    specs: list[FixedSpec] = []
    unwritable: list[str] = []

    def look(spec: Input, choice: Choice) -> Linted:
        data = spec.read()
        fixed = FixedSpec(spec, data, mend(data, partial(lint_bytes, spec, choice), unsafe=unsafe))
        if write and fixed.is_change and spec.path is not None:
            try:
                overwrite(spec.path, fixed.mended.data)
            except AccessError as error:
                unwritable.append(str(error))
                return fixed.mended.before
        specs.append(fixed)
        return fixed.mended.linted

    outcome = lint_inputs(inputs, choice, progress=progress, look=look)
    outcome = outcome._replace(unreadable=(*outcome.unreadable, *unwritable))
    return Fixed(outcome, tuple(specs))


def overwrite(path: Path, data: bytes, *, changes: str = "its fixes") -> None:
    """Puts ``data`` in the place of the file in one stroke; a link keeps leading to it.

    ``changes`` is what ``data`` brings, for the message that says that it could not be written.

    Raises:
        AccessError: it is no file, or it or its folder is not to be written.
    """
    target = os.path.realpath(path)
    try:
        status = os.stat(target)
        if not stat.S_ISREG(status.st_mode):
            raise AccessError(f"{path}: no regular file; {changes} are not written; fix a file")
        # Replacing a file asks for no right to write it, so that is asked here; root has all.
        if not status.st_mode & _WRITABLE or not os.access(target, os.W_OK):
            raise AccessError(
                f"{path}: the file is read-only; {changes} are not written; make it writable"
            )
        replace_file(target, data, like=status)
    except OSError as error:
        raise AccessError(f"{path}: {reason(error)}") from error
