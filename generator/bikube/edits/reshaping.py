"""Edits that write one thing as a list of one, or a list of one as one thing.

Azure does so between versions: the map ``old: {only: X}`` becomes the list ``new: [X]``.
"""

from bikube.diagnostics import Edit, Pointer
from bikube.document import Document
from bikube.edits import layout
from bikube.edits.members import Edits, rename
from bikube.text import Span, line_break, line_start

_INDENTED = 2
"""Columns from a dash to what stands beside it."""


def reshape(document: Document, pointer: Pointer, new: str, only: str) -> Edits:
    """Calls the member at ``pointer`` ``new``, and makes its map a list, or its list a map.

    The map has the one member ``only``, and the list one item, which is a map; of anything else
    there are no edits.
    """
    value = document.resolve(pointer)
    child = _only_child(value, only)
    renamed = rename(document, pointer, new)
    if child is None or not renamed or document.home((*pointer, child)) != (*pointer, child):
        return ()
    below = (*pointer, child)
    if layout.is_flow(document, pointer):
        parted = _brackets(document, below, f"{{{only}: " if child == 0 else "[")
    else:
        parted = _to_item(document, below) if child == only else _to_member(document, below, only)
    return (*renamed, *parted) if parted else ()


def _only_child(value: object, only: str) -> str | int | None:
    match value:
        case {**members} if list(members) == [only] and isinstance(members[only], dict):
            return only
        case [dict()]:
            return 0
        case _:
            return None


def _brackets(document: Document, below: Pointer, opening: str) -> Edits:
    """Other brackets around the value at ``below``, which stays as it is."""
    text = document.source.text
    opened, closed = document.extent(below[:-1])
    start = document.extent(below).start
    before = text[opened + 1 : start]
    if "#" in before or layout.properties(text, start):
        return ()
    closing = "]" if opening == "[" else "}"
    return Edit(Span(opened, start), opening), Edit(Span(closed - 1, closed), closing)


def _to_item(document: Document, below: Pointer) -> Edits:
    """A dash in place of the key of the member at ``below``."""
    text, place = document.source.text, layout.block(document, below)
    at = layout.slot(document, below)
    if place is None or at is None or text[at - 1] != ":":
        return ()
    start = document.extent(below).start
    column = start - line_start(text, start)
    width = column - place.column
    if line_start(text, start) == place.line:
        return (Edit(Span(place.start, start), "- "),)
    if "#" in text[at:start] or width < _INDENTED:
        return (Edit(Span(place.start, at), "-"),)
    return (Edit(Span(place.start, start), "-".ljust(width)),)


def _to_member(document: Document, below: Pointer, only: str) -> Edits:
    """A key in place of the dash of the item at ``below``."""
    text, place = document.source.text, layout.block(document, below)
    at = layout.slot(document, below)
    if place is None or at is None or text[at - 1] != "-" or place.dashes:
        return ()
    start = document.extent(below).start
    key, _ = document.written(document.resolve(below[:-2]), below[-2])
    if key is None or key.start - line_start(text, key.start) >= place.column:
        return ()
    if line_start(text, start) != place.line:
        return (Edit(Span(place.start, at), f"{only}:"),)
    if layout.is_flow(document, below):
        return (Edit(Span(place.start, start), f"{only}: "),)
    margin = " " * (start - place.line)
    return (Edit(Span(place.start, start), f"{only}:{line_break(text)}{margin}"),)
