"""Ctrl-C, SIGTERM and SIGHUP: a run ends with one line and exit code 130, 143 or 129.

While modules are imported nothing has to be tidied up, and the process ends where it is. A command
is stopped by a ``KeyboardInterrupt``, so that it takes back what it has begun; who presses the keys
or sends a signal once more does not wait for that.

Until this module is there, Python says what it says of an interruption; so it imports next to
nothing.
"""

import os
import signal
import sys
from time import monotonic

_SIGNALS: dict[int, str] = {
    signal.SIGINT: "interrupted",
    signal.SIGTERM: "terminated",
    # Windows has none.
    **({signal.SIGHUP: "hung up"} if sys.platform != "win32" else {}),
}

_ECHO = 0.5
"""Seconds in which a signal that comes twice is one: ``timeout`` sends it to the process, and then
to the group that the process is in."""


class Stopped(KeyboardInterrupt):
    """The signal ``number`` has come."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


def end_at_once() -> None:
    """From now on, a signal ends the process where it is."""
    _on_signals(_leave)


def raise_once() -> None:
    """From now on, a signal raises ``Stopped``; and once more, it ends the process."""
    sys.unraisablehook = _tell_lost
    _on_signals(_raise)


def ignore() -> None:
    """From now on, signals change nothing: all is said and done."""
    _on_signals(signal.SIG_IGN)


def number_in(error: BaseException | None) -> int:
    """The number of the signal that has led to ``error``; without one, it was Ctrl-C."""
    stop = error if isinstance(error, KeyboardInterrupt) or error is None else error.__cause__
    return stop.number if isinstance(stop, Stopped) else signal.SIGINT


def code(number: int) -> int:
    """The exit code of a run that the signal ``number`` has stopped, as shells have it."""
    return 128 + number


def words(number: int) -> str:
    """What is to be said on standard error when the signal ``number`` has stopped a run."""
    return _words(number, on_terminal=sys.stderr.isatty())


def _on_signals(action: "signal._HANDLER") -> None:
    for number in _SIGNALS:
        # What the caller ignores stays so, as "nohup" and a shell do for what is in the background.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, action)


def _raise(number: int, _frame: object) -> None:
    came = monotonic()

    def once_more(again: int, _frame: object) -> None:
        if again != number or monotonic() - came > _ECHO:
            _leave(again)

    _on_signals(once_more)
    raise Stopped(number)


def _tell_lost(lost: "sys.UnraisableHookArgs") -> None:
    # Nothing can be raised in the callback of a weak reference, such as those of Python's imports.
    if issubclass(lost.exc_type, KeyboardInterrupt):
        _leave(number_in(lost.exc_value))
    sys.__unraisablehook__(lost)


def _leave(number: int, _frame: object = None) -> None:
    # Not by Python's own streams: one of them may be in the middle of this very write.
    try:
        os.write(2, _words(number, on_terminal=os.isatty(2)).encode())
    finally:
        os._exit(code(number))


def _words(number: int, *, on_terminal: bool) -> str:
    # A terminal has shown "^C", or how far the run was.
    start = "\n" if on_terminal else ""
    return f"{start}bikube: {_SIGNALS[number]}\n"
