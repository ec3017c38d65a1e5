"""Standard streams as a command needs them: all three there, in order, and none that surprises."""

import io
import os
import sys
from contextlib import suppress
from typing import NoReturn


class _Words(io.TextIOWrapper):
    """Standard error: what is said there stands below what standard output was given before.

    Words that nobody takes are dropped, since the exit code says what matters.
    """

    def __init__(self, old: io.TextIOWrapper) -> None:
        super().__init__(old.buffer, old.encoding, old.errors, line_buffering=True)
        # Left alone, it would close what both write to.
        self._old = old

    def write(self, text: str, /) -> int:
        sys.stdout.flush()
        with suppress(OSError):
            super().write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            super().flush()


def prepare() -> None:
    """Opens what the caller has closed, and lets standard error stop no command.

    A closed standard input is empty. To write to a closed standard output fails, as it should, and
    the first file that a command opens is not taken for it.
    """
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115
    if sys.stdout is None:
        unwritable = os.open(os.devnull, os.O_RDONLY)
        sys.stdout = open(unwritable, "w", encoding="utf-8")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    elif isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr = _Words(sys.stderr)


def abandon_stdout() -> None:
    """Keeps Python from failing once more when it flushes standard output again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def leave(code: int) -> NoReturn:
    """Ends the process; all that it was to do is done.

    Python would take apart every object first, which takes a twentieth of the time of a run.
    """
    with suppress(OSError):
        sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
