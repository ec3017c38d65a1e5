"""Where the members of every container of a document stand: offsets in flat arrays.

There are as many containers as there are entries, so that each costs some bytes and no objects.
"""

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from itertools import compress, repeat
from operator import is_
from typing import Any

_FEW = 16
"""So often a container is looked for one by one; to put all in order takes as long, and memory."""


class Places:
    """The spans of a document's keys and values, each as two offsets, by what holds them.

    A container is known by its identity, and lives as long as its places.
    """

    def __init__(self) -> None:
        self.table = array("I")
        self.containers: list[Any] = []
        self._bases = array("I")
        self._asked = 0

    def add(self, container: object, marks: Sequence[int]) -> None:
        """Files ``marks``, the offsets for the members of a complete ``container``."""
        self.containers.append(container)
        self._bases.append(len(self.table))
        self.table.extend(marks)

    def end(self, marks: Sequence[int]) -> None:
        """Files where the whole of the document stands, when all its containers are filed."""
        self.table.extend(marks)

    def base(self, container: object) -> int:
        """Where in the table the offsets for the members of ``container`` begin."""
        if self._asked < _FEW:
            self._asked += 1
            return next(compress(self._bases, map(is_, self.containers, repeat(container))))
        identities, bases = self._sorted
        return bases[bisect_left(identities, id(container))]

    def bases(self, containers: Sequence[object]) -> list[int]:
        """As ``base`` for each of a few ``containers``, in one pass through all."""
        wanted = {*map(id, containers)}
        pairs = zip(self.containers, self._bases, strict=True)
        bases = {id(one): base for one, base in pairs if id(one) in wanted}
        return [bases[id(one)] for one in containers]

    @cached_property
    def _sorted(self) -> tuple["array[int]", "array[int]"]:
        """The identities in order, and what belongs to each: no dictionary of numbers."""
        identities = array("Q", map(id, self.containers))
        order = sorted(range(len(identities)), key=identities.__getitem__)
        return (
            array("Q", map(identities.__getitem__, order)),
            array("I", map(self._bases.__getitem__, order)),
        )
