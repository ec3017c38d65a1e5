"""Where the members of every container of a document stand: offsets in flat arrays.

There are as many containers as there are entries, so that each costs some bytes and no objects.
"""

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

_FEW = 16
"""So often a container is looked for one by one; to put all in order takes as long, and memory."""


class Places:
    """The spans of a document's keys and values, each as two offsets, by what holds them.

    A container is known by its identity: it has to live as long as its places are asked for.
    """

    def __init__(self) -> None:
        self.table = array("I")
        self._containers = array("Q")
        self._bases = array("I")
        self._asked = 0

    def add(self, container: object, marks: Sequence[int]) -> None:
        """Files ``marks``, the offsets for the members of a complete ``container``."""
        self._containers.append(id(container))
        self._bases.append(len(self.table))
        self.table.extend(marks)

    def end(self, marks: Sequence[int]) -> None:
        """Files where the whole of the document stands, when all its containers are filed."""
        self.table.extend(marks)

    def base(self, container: object) -> int:
        """Where in the table the offsets for the members of ``container`` begin."""
        if self._asked < _FEW:
            self._asked += 1
            return self._bases[self._containers.index(id(container))]
        containers, bases = self._sorted
        return bases[bisect_left(containers, id(container))]

    @cached_property
    def _sorted(self) -> tuple["array[int]", "array[int]"]:
        """The identities in order, and what belongs to each: no dictionary of numbers."""
        order = sorted(range(len(self._containers)), key=self._containers.__getitem__)
        containers = array("Q", map(self._containers.__getitem__, order))
        return containers, array("I", map(self._bases.__getitem__, order))
