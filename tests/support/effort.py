"""How much work something is: counted where it is Python's, else compared with a smaller piece."""

import gc
import sys
import time
from collections.abc import Callable
from typing import Any


def calls(work: Callable[[], object]) -> int:
    """How many functions ``work`` calls, those of C included; what runs within one is not seen."""
    count = 0

    def note(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    # The collector comes when it likes, and calls whoever asked to be told.
    before, collects = sys.getprofile(), gc.isenabled()
    gc.disable()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
        if collects:
            gc.enable()
    return count


def growth(work: Callable[[int], object], size: int, *, factor: int) -> float:
    """How many times as long ``work`` takes for ``factor`` times its size.

    It is near to ``factor`` where work grows with size, and to its square where it grows with the
    square. Of several tries in processor time the shortest counts.
    """
    return _shortest(lambda: work(size * factor)) / _shortest(lambda: work(size))


def _shortest(work: Callable[[], object]) -> float:
    def took() -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    return min(took() for _ in range(3))
