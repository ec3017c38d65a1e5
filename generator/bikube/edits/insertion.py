"""Edits of the text that put a member into a map, and leave all else as it is."""

import json
from typing import Any

from bikube.diagnostics import Edit, Pointer
from bikube.document import Document
from bikube.document.writing import block, scalar
from bikube.edits import layout
from bikube.edits.members import Edits
from bikube.text import LINE_BREAK, Span, line_break


def insert(document: Document, above: Pointer, key: str, value: Any, *, after: str = "") -> Edits:
    """Puts ``key`` with ``value`` into the map at ``above``, behind ``after`` or its last member.

    Where the map is repeated, or is laid out in a way that an edit could spoil, there are no edits.
    """
    members = document.resolve(above)
    is_map = members is None or isinstance(members, dict)
    if document.home(above) != above or not is_map or key in (members or ()):
        return ()
    if members is None:
        at = layout.slot(document, above)
        return (Edit(Span(at, at), f" {{{_flow(key, value)}}}"),) if at is not None else ()
    if not members:
        start = document.extent(above).start + 1
        return (Edit(Span(start, start), _flow(key, value)),)
    beside = (*above, after if after in members else list(members)[-1])
    if layout.is_in_flow(document, above):
        flow = layout.flow(document, beside)
        end = flow.end if flow is not None else 0
        return (Edit(Span(end, end), f", {_flow(key, value)}"),) if end else ()
    place = layout.block(document, beside)
    return _below(document.source.text, place, key, value) if place is not None else ()


def _flow(key: str, value: Any) -> str:
    return f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}"


def _below(text: str, place: layout.Block, key: str, value: Any) -> Edits:
    """The member on lines of its own below ``place``, parted from it as what comes next is."""
    width, newline = place.column, line_break(text)
    written = f"{' ' * width}{scalar(key)}:{block(value, width + 2)}".replace("\n", newline)
    if place.next == len(text) and not text.endswith(("\n", "\r")):
        return (Edit(Span(place.next, place.next), f"{newline}{written}"),)
    gap = newline if LINE_BREAK.match(text, place.next) else ""
    return (Edit(Span(place.next, place.next), f"{gap}{written}{newline}"),)
