"""Anchors and aliases, with a bound on what they may multiply to."""

import re
from typing import Any, NamedTuple

from bikube.document.tags import TAG
from bikube.text import line_end

MAX_NODES = 200_000
"""How many nodes all aliases of a document may add up to: each of them may have a finding."""
MAX_CHARACTERS = 16_000_000
"""How many characters of keys and values all aliases of a document may add up to."""

# Compiled when a node is the first to have an anchor or a tag.
_PROPERTY = rf"&[^\s,\[\]{{}}]*|{TAG}"
_SPACE = r"[ \t\r\n]*"


class AliasFault(Exception):
    """An alias that cannot be followed; the text says why."""


class _Shape(NamedTuple):
    nodes: int
    characters: int
    depth: int


class _Open:
    """Stands for an anchored container until its end is read."""


class Anchors:
    """What each anchor of one document stands for."""

    def __init__(self) -> None:
        self._values: dict[str, Any] = {}
        self._shapes: dict[int, _Shape] = {}
        self._nodes = self._characters = 0

    def open(self, name: str | None) -> None:
        """A container with the anchor ``name`` begins."""
        if name is not None:
            self._values[name] = _Open

    def define(self, name: str | None, value: Any) -> None:
        """From here on ``name`` stands for ``value``."""
        if name is not None:
            self._values[name] = value

    def follow(self, name: str, room: int) -> Any:
        """What ``name`` stands for, where ``room`` more levels of nesting are allowed.

        Raises:
            AliasFault: the anchor is unknown, not complete yet, too deep, or its aliases
                add up to too many nodes.
        """
        if name not in self._values:
            raise AliasFault(
                f'alias "*{name}" has no anchor; it repeats what "&{name}" names before it;'
                " define that, or write the value out"
            )
        value = self._values[name]
        if value is _Open:
            raise AliasFault(
                f'alias "*{name}" stands inside what it names; it repeats what is complete;'
                " write the value out"
            )
        shape = self._shape(value)
        if shape.depth > room:
            raise AliasFault(
                f'alias "*{name}" nests too deeply; no spec needs that; write the value out'
            )
        self._nodes += shape.nodes
        self._characters += shape.characters
        if self._nodes > MAX_NODES:
            raise _too_many(MAX_NODES, "nodes")
        if self._characters > MAX_CHARACTERS:
            raise _too_many(MAX_CHARACTERS, "characters")
        return value

    def _shape(self, value: Any) -> _Shape:
        if not isinstance(value, dict | list):
            return _Shape(1, len(value) if isinstance(value, str) else 0, 0)
        known = self._shapes.get(id(value))
        if known is None:
            members = value.values() if isinstance(value, dict) else value
            shapes = [self._shape(member) for member in members]
            keys = sum(map(len, value)) if isinstance(value, dict) else 0
            known = _Shape(
                1 + sum(shape.nodes for shape in shapes),
                keys + sum(shape.characters for shape in shapes),
                1 + max((shape.depth for shape in shapes), default=0),
            )
            self._shapes[id(value)] = known
        return known


def _too_many(most: int, what: str) -> AliasFault:
    return AliasFault(
        f"aliases multiply to more than {most:,} {what}; no spec needs that; write fewer of them"
    )


def content_start(text: str, start: int) -> int:
    """Where a node's own text begins; libyaml marks an anchor or a tag as its start."""
    match_property = re.compile(_PROPERTY).match
    while (match := match_property(text, start)) is not None:
        start = _past_comments(text, match.end())
    return start


def _past_comments(text: str, start: int) -> int:
    # A step for each comment: one expression for all would need memory for each of millions.
    match_space = re.compile(_SPACE).match
    while (match := match_space(text, start)) is not None:
        end = match.end()
        if not text.startswith("#", end) or end == start:
            return end
        start = line_end(text, end)
    return start
