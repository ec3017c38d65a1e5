"""Splits resources into templates that Azure accepts, so that adding one changes at most two.

Azure takes at most 800 resources, existing ones included, and 4 MB in a compiled template. Modules
do not help: they are compiled inline. So past that there are several independent templates.

Which template a resource is in follows from a hash of its identity alone, never from the order or
the number of the others: a template that is too full splits in two by the next bit of the hashes.
The upper half keeps the name, so one more resource changes one template, or one and a new one. What
is uppermost of the last stage is "main", also when it is alone; its file comes last by name, since
a hyphen sorts before a point. A large resource has a template of its own: a few of them could leave
halves so uneven that one of the two had to be split again.
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

_MAIN = "main"
_TOP = f"-{(1 << _BITS) - 1:06x}"


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


class Template(NamedTuple):
    """A template: its name without ending, and its items by their index."""

    name: str
    members: list[int]


def partition(items: Sequence[Item]) -> list[Template]:
    """The templates for ``items``, in the order in which they deploy."""
    everything = list(range(len(items)))
    if _fits(items, everything):
        return [Template(_MAIN, everything)]
    groups: dict[str, list[int]] = {}
    for index, item in enumerate(items):
        groups.setdefault(f"{_MAIN}-{item.stage:02}-{item.label}", []).append(index)
    parts = [part for name in sorted(groups) for part in _parts(items, name, groups[name])]
    main = [part._replace(name=_MAIN) for part in parts[-1:] if part.name.endswith(_TOP)]
    return [*sorted(parts[: len(parts) - len(main)]), *main]


def _parts(items: Sequence[Item], name: str, members: list[int]) -> Iterator[Template]:
    """The templates of one stage; the uppermost comes last."""
    hashes = {index: _hash(items[index].identity) for index in members}
    small = [index for index in members if items[index].size < LARGE]
    large = sorted(hashes.keys() - set(small), key=hashes.__getitem__)
    for own, twins in groupby(large, key=hashes.__getitem__):
        yield Template(f"{name}-{own:06x}-large", list(twins))
    for high, leaf in _split(items, hashes, small, (1 << _BITS) - 1, _BITS - 1):
        yield Template(f"{name}-{high:06x}", leaf)


def _split(
    items: Sequence[Item], hashes: dict[int, int], members: list[int], high: int, bit: int
) -> Iterator[tuple[int, list[int]]]:
    """The leaves below one node, each with the name that it has from its highest hash."""
    while bit >= 0 and not _fits(items, members):
        lower = [index for index in members if not hashes[index] >> bit & 1]
        upper = [index for index in members if hashes[index] >> bit & 1]
        if lower and upper:
            # The path to the lower half is that of its members: bits that all share are in it.
            below = hashes[lower[0]] >> bit << bit | (1 << bit) - 1
            yield from _split(items, hashes, lower, below, bit - 1)
            members = upper
        bit -= 1
    if members:
        yield high, members


def _fits(items: Sequence[Item], members: Sequence[int]) -> bool:
    parents = {items[index].parent for index in members} - {None}
    size = sum(items[index].size for index in members)
    return len(members) + len(parents) <= MAX_RESOURCES and size <= MAX_BYTES


def _hash(identity: str) -> int:
    digest = blake2b(identity.encode(), digest_size=_BITS // 8).digest()
    return int.from_bytes(digest, "big")
