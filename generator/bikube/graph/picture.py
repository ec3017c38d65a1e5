"""A picture as a value: boxes, some of them with boxes inside, and arrows between them.

Its texts are such as may be shown; a format escapes what means something to it.
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from bikube.diagnostics import Severity

Shape = Literal["box", "store", "topic"]
"""What a box stands for: a resource or a part of one; where data comes from and goes; a topic."""

Standing = Literal["described", "outside", "missing"]
"""Whether a spec describes what a box stands for, only knows it to be there, or neither."""

Sort = Literal["data", "reference"]
"""Whether data goes along an arrow, or one thing names another."""


class Box(NamedTuple):
    """One thing; ``id`` is its own in the picture: a letter, then letters, digits and ``_``.

    ``lines`` are its name and notes about it, ``severity`` that of the worst finding in it, but
    for what is found in the boxes ``inner``.
    """

    id: str
    lines: tuple[str, ...]
    shape: Shape = "box"
    standing: Standing = "described"
    severity: Severity | None = None
    inner: "tuple[Box, ...]" = ()


class Arrow(NamedTuple):
    """From the box with one id to that with another; ``label`` may be empty."""

    start: str
    end: str
    label: str
    sort: Sort
    severity: Severity | None = None


class Picture(NamedTuple):
    """All of it; what the arrows' ends stand for is somewhere in ``boxes``."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]

    @property
    def all_boxes(self) -> Iterator[Box]:
        """Each box, before those inside of it."""
        waiting = list(reversed(self.boxes))
        while waiting:
            box = waiting.pop()
            yield box
            waiting += reversed(box.inner)
