"""Splits resources into templates that Azure accepts, so that adding one changes at most two.

Azure takes at most 800 resources, existing ones included, and 4 MB in a compiled template. Modules
do not help: they are compiled inline. So past that there are several independent templates.

Which template a resource is in follows from a hash of its identity alone, never from the order or
the number of the others: a template that is too full splits in two by the next bit of the hashes.
The lower half keeps the name, so one more resource changes one template, or one and a new one.
A large resource has a template of its own: a few of them could leave halves so uneven that one
of the two had to be split again.
"""

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import groupby
from typing import NamedTuple

MAX_RESOURCES = 790
"""Declarations in one template; the rest of the 800 is for the instance and its location."""

MAX_BYTES = 3_500_000
"""Compiled bytes in one template, with room for what the estimate does not see."""

LARGE = 100_000
"""Compiled bytes from which on a resource is by itself, once there are several templates."""

_BITS = 24


class Item(NamedTuple):
    """What partitioning needs to know of a resource.

    ``stage`` orders templates for deployment and ``label`` names the stage. ``parent`` is the
    identity of a parent that the template may have to declare too. ``size`` is in bytes.
    """

    stage: int
    label: str
    identity: str
    parent: str | None
    size: int


class Part(NamedTuple):
    """A template: its name without ending, and its items by their index."""

    name: str
    members: list[int]


def partition(items: Sequence[Item]) -> list[Part]:
    """The templates for ``items``, in the order in which they deploy."""
    everything = list(range(len(items)))
    if _fits(items, everything):
        return [Part("main", everything)]
    parts: list[Part] = []
    ordered = sorted(everything, key=lambda index: (items[index].stage, items[index].label))
    for (stage, label), group in groupby(
        ordered, key=lambda index: (items[index].stage, items[index].label)
    ):
        hashes = {index: _hash(items[index].identity) for index in group}
        small = [index for index in hashes if items[index].size < LARGE]
        name = f"main-{stage:02}-{label}"
        for low, leaf in _split(items, hashes, small, 0, _BITS - 1):
            parts.append(Part(f"{name}-{low:06x}", leaf))
        large = sorted(hashes.keys() - set(small), key=hashes.__getitem__)
        for own, twins in groupby(large, key=hashes.__getitem__):
            parts.append(Part(f"{name}-large-{own:06x}", list(twins)))
    return parts


def _split(
    items: Sequence[Item], hashes: dict[int, int], members: list[int], low: int, bit: int
) -> Iterator[tuple[int, list[int]]]:
    """The leaves below one node, each with the name that it has from its lowest hash."""
    while bit >= 0 and not _fits(items, members):
        lower = [index for index in members if not hashes[index] >> bit & 1]
        upper = [index for index in members if hashes[index] >> bit & 1]
        if lower and upper:
            yield from _split(items, hashes, lower, low, bit - 1)
            # The path to the upper half is that of its members: bits that all share are in it.
            low, members = hashes[upper[0]] >> bit << bit, upper
        bit -= 1
    if members:
        yield low, members


def _fits(items: Sequence[Item], members: Sequence[int]) -> bool:
    parents = {items[index].parent for index in members} - {None}
    size = sum(items[index].size for index in members)
    return len(members) + len(parents) <= MAX_RESOURCES and size <= MAX_BYTES


def _hash(identity: str) -> int:
    digest = blake2b(identity.encode(), digest_size=_BITS // 8).digest()
    return int.from_bytes(digest, "big")
