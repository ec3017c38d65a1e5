"""Merge keys, and keys that a map has already: their members are read, reported and dropped."""

from typing import Any, NamedTuple

from bikube.diagnostics import Diagnostic, Related, diagnose
from bikube.document.tree import MEMBER
from bikube.text import Source, Span, shorten


class _Key(NamedTuple):
    """What was written, and where; ``first`` is the key that it repeats, if it does."""

    span: Span
    first: str | None


class _Map(NamedTuple):
    """A map with odd keys, by what stands for them in it."""

    container: dict[Any, Any]
    marks: list[int]
    keys: dict[object, _Key]


class OddKeys:
    """Those of one document.

    A map is put in order once, at its end, because each look for a key's place is a pass through
    the whole of it.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._maps: dict[int, _Map] = {}
        self.count = 0

    def add(self, container: dict[Any, Any], marks: list[int], first: str | None) -> object:
        """What stands, until its end, in ``container`` for the key that was read last."""
        self.count += 1
        odd = self._maps.setdefault(id(container), _Map(container, marks, {}))
        stand_in = object()
        odd.keys[stand_in] = _Key(Span(*marks[-2:]), first)
        return stand_in

    def settle(self, container: Any) -> list[Diagnostic]:
        """Drops the members with odd keys from a complete container, and reports them."""
        odd = self._maps.pop(id(container), None)
        if odd is None:
            return []
        diagnostics = self._report(odd)
        kept = [
            mark
            for index, key in enumerate(container)
            if key not in odd.keys
            for mark in odd.marks[MEMBER * index : MEMBER * (index + 1)]
        ]
        odd.marks[:] = kept
        for key in odd.keys:
            del container[key]
        return diagnostics

    def report(self) -> list[Diagnostic]:
        """Those of the maps that are still open where the reading stops."""
        return [diagnostic for odd in self._maps.values() for diagnostic in self._report(odd)]

    def _report(self, odd: _Map) -> list[Diagnostic]:
        places = {key: MEMBER * index for index, key in enumerate(odd.container)}
        # What is said of a key is one text, however often the key is there.
        said: dict[str | None, Diagnostic] = {}
        diagnostics = []
        for span, first in odd.keys.values():
            known = said.get(first)
            if known is None:
                at = places[first] if first is not None else 0
                known = self._said(first, Span(*odd.marks[at : at + 2]))
                said[first] = known
            diagnostics.append(known._replace(span=span))
        return diagnostics

    def _said(self, key: str | None, first: Span) -> Diagnostic:
        """What is said of a merge key, or of ``key``, which is first at ``first``."""
        if key is None:
            message = 'merge key "<<"; YAML 1.2 has none; write the members out'
            return diagnose("merge-key", message, first)
        line = self._source.position(first.start).line
        message = (
            f'key "{shorten(key)}" is here twice (the other: line {line}); keys are unique;'
            ' merge the two, or begin a new item with "- " if this is one'
        )
        related = (Related(first, "first written here"),)
        return diagnose("duplicate-key", message, first)._replace(related=related)
