"""Ctrl-C: at any moment a run ends with one line and exit code 130.

While modules are imported nothing has to be tidied up, and the process ends where it is. A command
is stopped by ``KeyboardInterrupt``, so that it takes back what it has begun; who presses the keys
once more does not wait for that.

Until this module is there, Python says what it says of an interruption; so it imports next to
nothing.
"""

import os
import signal
import sys

CODE = 130
"""Stopped from the keyboard, as shells say it."""

_TEXT = "bikube: interrupted\n"


def end_at_once() -> None:
    """From now on, Ctrl-C ends the process where it is."""
    _on_signal(_leave)


def raise_once() -> None:
    """From now on, Ctrl-C raises ``KeyboardInterrupt``; and once more, it ends the process."""
    sys.unraisablehook = _tell_lost
    _on_signal(_raise)


def ignore() -> None:
    """From now on, Ctrl-C changes nothing: all is said and done."""
    _on_signal(signal.SIG_IGN)


def words() -> str:
    """What is to be said on standard error when the user has stopped the run."""
    return _start(sys.stderr.isatty()) + _TEXT


def _on_signal(action: "signal._HANDLER") -> None:
    # Where the caller has it ignored, as a shell does for what runs in the background, it stays so.
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, action)


def _raise(_number: int, _frame: object) -> None:
    end_at_once()
    raise KeyboardInterrupt


def _tell_lost(lost: "sys.UnraisableHookArgs") -> None:
    # Nothing can be raised in the callback of a weak reference, such as those of Python's imports.
    if lost.exc_type is KeyboardInterrupt:
        _leave()
    sys.__unraisablehook__(lost)


def _leave(_number: int = 0, _frame: object = None) -> None:
    # Not by Python's own streams: one of them may be in the middle of this very write.
    try:
        os.write(2, (_start(os.isatty(2)) + _TEXT).encode())
    finally:
        os._exit(CODE)


def _start(on_terminal: bool) -> str:
    """A terminal has shown "^C", or how far the run was."""
    return "\n" if on_terminal else ""
