"""Tries inputs by the hundred thousand, in all processors, and prints the speed and what fails."""

import argparse
import os
import signal
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from typing import NamedTuple

from fuzz.trying import Input, hold, made

_CHUNK = 100
_PATIENCE = 60
"""Seconds that one input may take; the machine may have other things to do."""
_TOLD = 100_000
"""So often it is said how far a run is."""
_MOST = 20
"""Failures that are shown."""


class Failure(NamedTuple):
    """An input of which something does not hold."""

    number: int
    what: str
    one: Input


def main(arguments: Sequence[str] | None = None) -> int:
    """Tries inputs; the exit code is 1 if something does not hold of one of them."""
    options = _parser().parse_args(arguments)
    seed = time.time_ns() % 1_000_000 if options.seed is None else options.seed
    print(f"{options.count} inputs, SEED={seed}", flush=True)
    begin, tried, failures = time.monotonic(), 0, 0
    starts = range(options.first, options.first + options.count, _CHUNK)
    last = options.first + options.count
    jobs = [(seed, start, min(start + _CHUNK, last)) for start in starts]
    with ProcessPoolExecutor(options.jobs or None) as pool:
        for (_, start, end), done in zip(jobs, pool.map(_try, jobs), strict=True):
            tried += end - start
            if tried % _TOLD == 0:
                print(f"{tried} inputs tried", flush=True)
            for failure in islice(done, max(0, _MOST - failures)):
                print(_shown(failure, seed), flush=True)
            failures += len(done)
            if options.seconds and time.monotonic() - begin > options.seconds:
                print(f"{options.seconds} seconds are over; the rest is not tried")
                pool.shutdown(cancel_futures=True)
                break
    speed = tried / (time.monotonic() - begin)
    print(f"{tried} inputs tried, {speed:.0f} a second, {failures} failed")
    return int(failures > 0)


def _try(job: tuple[int, int, int]) -> list[Failure]:
    """Tries the inputs with the numbers of ``job``."""
    seed, start, end = job
    return list(tried(seed, range(start, end)))


def tried(seed: int, numbers: range) -> Iterator[Failure]:
    """What does not hold of the inputs with these numbers."""
    before = signal.signal(signal.SIGALRM, _too_slow)
    for number in numbers:
        one = made(seed, number)
        signal.alarm(_PATIENCE)
        try:
            hold(one, number)
        except Exception as error:
            yield Failure(number, _told(error), one)
        finally:
            signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def _too_slow(_number: int, _frame: object) -> None:
    raise TimeoutError(f"it takes longer than {_PATIENCE} seconds")


def _told(error: Exception) -> str:
    """What has gone wrong, and the innermost lines of code."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    places = " < ".join(f"{os.path.basename(one.filename)}:{one.lineno}" for one in frames[::-1])
    return f"{type(error).__name__}: {error} ({places})"


def _shown(failure: Failure, seed: int) -> str:
    again = f"make fuzz SEED={seed} FIRST={failure.number} COUNT=1"
    data = failure.one.data
    shown = data if len(data) <= 2000 else data[:2000] + b"..."
    return f"\n{failure.one.name}: {failure.what[:600]}\n  {again}\n  {shown!r}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=10_000, help="how many (default: 10000)")
    parser.add_argument("--first", type=int, default=0, help="the number of the first one")
    parser.add_argument("--seed", type=int, help="of the random choice; printed")
    parser.add_argument("--seconds", type=int, default=0, help="when to stop")
    parser.add_argument("--jobs", type=int, default=0, help="processes (default: processors)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
