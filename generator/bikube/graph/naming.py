"""Ids for boxes: each its own, the same for the same thing, and harmless to every format."""

import re
from hashlib import sha256

from bikube.spec import DEFAULT_PARENT, Identity

_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,63}")
_DIGITS = 12


class Ids:
    """Gives out the ids of one instance, which begin with ``prefix``."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._taken: set[str] = set()

    def give(self, *parts: str) -> str:
        """An id made of ``parts``, which differs from all that were given before."""
        return self._new(self._prefix + "_".join(map(_safe, parts)))

    def inside(self, box: str, *parts: str) -> str:
        """An id as ``give`` has it, for what is in the box that has the id ``box``."""
        return self._new("_".join((box, *map(_safe, parts))))

    def _new(self, wanted: str) -> str:
        found, number = wanted, 1
        while found in self._taken:
            number += 1
            found = f"{wanted}_{number}"
        self._taken.add(found)
        return found


def parts_of(singular: str, identity: Identity) -> tuple[str, ...]:
    """What the id of a resource is made of, much as its symbol in Bicep."""
    *above, name = identity or ("unnamed",)
    return (singular, name, *(f"In-{one}" for one in above if one != DEFAULT_PARENT))


def _safe(part: str) -> str:
    """``part`` where it has no sign that a format may not take; else something short for it."""
    if _PLAIN.fullmatch(part):
        return part.replace("-", "_")
    return sha256(part.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
