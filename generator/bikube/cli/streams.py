"""Standard streams as a command needs them: all three there, in order, and none that surprises."""

import io
import os
import sys
from contextlib import suppress
from typing import NoReturn


class _Over(io.TextIOWrapper):
    """A stream in the place of ``old``, which writes to the same and sees it when that is full.

    Where Python does not buffer (``PYTHONUNBUFFERED``), a system that takes less than it is given
    would lose the rest in silence.
    """

    def __init__(self, old: io.TextIOWrapper, *, line_buffering: bool) -> None:
        raw: object = old.buffer
        buffer = io.BufferedWriter(raw) if isinstance(raw, io.RawIOBase) else old.buffer
        super().__init__(buffer, old.encoding, old.errors, line_buffering=line_buffering)
        # Left alone, it would close what both write to.
        self._old = old


class _Words(_Over):
    """Standard error: what is said there stands below what standard output was given before.

    Words that nobody takes are dropped, since the exit code says what matters. To write raises
    ``OSError`` where standard output does not take what was to stand above.
    """

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

    Standard output has a buffer, with which what is not taken is an error.

    A closed standard input is empty. To write to a closed standard output fails, as it should, and
    the first file that a command opens is not taken for it.
    """
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115
    if sys.stdout is None:
        unwritable = os.open(os.devnull, os.O_RDONLY)
        sys.stdout = open(unwritable, "w", encoding="utf-8")  # noqa: SIM115
    elif isinstance(sys.stdout, io.TextIOWrapper) and _is_raw(sys.stdout):
        sys.stdout = _Over(sys.stdout, line_buffering=sys.stdout.isatty())
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    elif isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr = _Words(sys.stderr, line_buffering=True)


def _is_raw(stream: io.TextIOWrapper) -> bool:
    buffer: object = stream.buffer
    return isinstance(buffer, io.RawIOBase)


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
