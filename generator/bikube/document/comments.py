"""Finds comments in a document's text, and the nodes that they stand above.

Comments are in neither the events nor the tokens of libyaml. So the text is searched, and what
lies inside a key or a scalar is text, no comment.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bikube.diagnostics import Pointer
from bikube.document import Document
from bikube.text import Span, line_end, line_start

_SPACE = re.compile(r"[ \t\r\n]*")
_BEGIN = re.compile(r"---(?=\s)[ \t]*(?:#[^\r\n]*)?(?=[\r\n])")


class Comment(NamedTuple):
    """A comment from its ``#`` to the end of its line, which starts at the offset ``line``.

    ``below`` is the offset of the first thing in the text that is no comment after it.
    """

    span: Span
    line: int
    stands_alone: bool
    below: int


def comments(document: Document, marker: "re.Pattern[str]") -> Iterator[Comment]:
    """The comments in which ``marker`` is found; it begins with ``#``."""
    text = document.source.text
    done = line = below = 0
    for match in marker.finditer(text):
        if match.start() < done:
            continue
        # Where no line starts behind what was looked at, it is the line of that.
        start = line_start(text, match.start(), done)
        line = start if start > done else line
        offset = _first_hash(document, max(line, done), match.start())
        done = match.start() + 1
        if offset is None:
            continue
        done = line_end(text, offset)
        # Comments that follow each other stand above the same node.
        below = below if below > done else _gap_end(text, done)
        stands_alone = not text[line:offset].strip(" \t")
        yield Comment(Span(offset, done), line, stands_alone, below)


def is_text(document: Document, offset: int) -> bool:
    """Whether ``offset`` lies inside a key or a scalar of ``document``."""
    pointer = document.within(Span(offset, offset + 1))
    if not pointer:
        return False
    key, value = document.written(document.resolve(pointer[:-1]), pointer[-1])
    if key is not None and key.start <= offset < key.end:
        return True
    if isinstance(document.resolve(pointer), dict | list):
        return False
    if not value.start <= offset < value.end:
        return False
    text = document.source.text
    # The header of a block scalar may end with a comment.
    return text[value.start] not in "|>" or line_end(text, value.start) < offset


def node_at(document: Document, offset: int) -> Pointer | None:
    """The path to the node that starts, with its key or its dash, at ``offset``.

    ``offset`` is that of the first thing on a line. There is no node at the end of a collection.
    """
    text = document.source.text
    pointer = document.within(Span(offset, offset + 1))
    value = document.resolve(pointer)
    if pointer and not isinstance(value, dict | list):
        return pointer
    extent = document.extent(pointer)
    if pointer and isinstance(pointer[-1], str) and offset < extent.start:
        return pointer
    character = text[offset : offset + 1]
    if character in ("}", "]", ""):
        return None
    if offset <= extent.start and not (isinstance(value, list) and character == "-"):
        return pointer
    return document.following(pointer, offset)


def _first_hash(document: Document, start: int, end: int) -> int | None:
    """The first ``#`` from ``start`` to ``end``, inclusive, that begins a comment."""
    text = document.source.text
    offset = text.find("#", start, end + 1)
    while offset >= 0:
        if not is_text(document, offset):
            return offset
        offset = text.find("#", offset + 1, end + 1)
    return None


def _gap_end(text: str, offset: int) -> int:
    # A step for each comment: one expression for all would need memory for each of millions.
    while (match := _SPACE.match(text, offset)) is not None:
        offset = match.end()
        begin = _BEGIN.match(text, offset)
        if begin is not None:
            offset = begin.end()
        elif text.startswith("#", offset):
            offset = line_end(text, offset)
        else:
            break
    return offset
