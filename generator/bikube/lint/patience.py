"""A bound on the time that a rule of one's own takes, whose pattern may try ways without end.

Python looks for signals while it matches, so that a timer stops it; the time that counts is the
processor's. Windows has no such timer (see ADR 8).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

SECONDS = 2.0


class TooSlow(Exception):
    """A rule has not come to an end."""


@contextmanager
def bounded(seconds: float = SECONDS) -> Iterator[None]:
    """What is done in it is stopped after so many seconds; raises ``TooSlow`` then."""
    # Imported here because only rules of one's own need a bound, and it costs start-up time.
    import signal

    if not hasattr(signal, "setitimer"):  # pragma: no cover - Windows
        yield
        return
    try:
        before = signal.signal(signal.SIGVTALRM, _stop)
    except ValueError:  # Only the main thread is told of signals.
        yield
        return
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _stop(_number: int, _frame: Any) -> None:
    raise TooSlow
