"""Tests of the time that a rule of one's own has."""

import signal
import sys
import threading
import time

import pytest

from bikube.lint.patience import TooSlow, bounded

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such timer")


def _spin(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_what_takes_longer_is_stopped() -> None:
    """It is stopped soon after, wherever it is."""
    start = time.process_time()
    with pytest.raises(TooSlow), bounded(0.05):
        _spin(20)
    assert time.process_time() - start < 10


def test_nothing_is_left_of_it() -> None:
    """What comes afterwards has all the time it wants, and signals go where they went."""
    before = signal.getsignal(signal.SIGVTALRM)
    with bounded(0.05):
        pass
    _spin(0.2)
    assert signal.getsignal(signal.SIGVTALRM) is before
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0, 0)


def test_a_thread_has_no_bound() -> None:
    """No other thread than the main one is told of signals."""
    done: list[bool] = []

    def work() -> None:
        with bounded(0.01):
            _spin(0.1)
        done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]
