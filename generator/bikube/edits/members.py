"""Edits of the text that take members out, or write them anew, and leave all else as it is.

A comment above a member stays, because it may be about what follows as well; one behind a member
or inside it goes with it. Where the text is laid out in a way that an edit could spoil, there are
no edits.
"""

import re
from typing import Any

from bikube.diagnostics import Edit, Pointer
from bikube.document import Document, NumberOutOfRange, resolve
from bikube.document.writing import block, scalar
from bikube.edits import layout
from bikube.edits.layout import Block, Flow
from bikube.text import LINE_BREAK, Span, line_start, next_line

_NUMBER = re.compile(r"[-+.0-9][-+.0-9a-zA-Z]*")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")
_DIRECTIVE = "bikube:"
_SPACE = re.compile(r"[ \t\r\n]*")


Edits = tuple[Edit, ...]
"""What makes one change; none where it cannot be made."""


def remove(document: Document, pointer: Pointer) -> Edits:
    """Takes the member at ``pointer`` out; a map or list that loses its only member is empty."""
    above = pointer[:-1]
    if layout.is_flow(document, above):
        flow = layout.flow(document, pointer)
        return _without_flow(document.source.text, flow) if flow is not None else ()
    place = None if layout.is_in_flow(document, above) else layout.block(document, pointer)
    return _without_block(document, pointer, place) if place is not None else ()


def write(document: Document, pointer: Pointer, value: Any) -> Edits:
    """Puts the scalar, empty map or empty list ``value`` in the place of the one that is there."""
    span, text = document.extent(pointer), document.source.text
    old = text[span.start : span.end]
    if isinstance(document.resolve(pointer), dict | list) and not old.startswith("*"):
        return _emptied(document, pointer) if value in ({}, []) else ()
    if any(word.startswith("!") for word in layout.properties(text, span.start)):
        return ()
    if not old:
        at = layout.slot(document, pointer)
        return (Edit(Span(at, at), " " + _in_style("", value)),) if at is not None else ()
    header = LINE_BREAK.split(old, maxsplit=1)[0] if old[0] in "|>" else ""
    if "#" in header:
        comment = span.start + header.index("#")
        head, body = Span(span.start, comment), Span(span.start + len(header), span.end)
        return Edit(head, _in_style(old, value) + " "), _cut(body)
    return (Edit(span, _in_style(old, value)),)


def rename(document: Document, pointer: Pointer, key: str) -> Edits:
    """Calls the member at ``pointer`` of a map ``key``, unless another one is called so."""
    container = document.resolve(pointer[:-1])
    span, _ = document.written(container, pointer[-1])
    if span is None or key in container:
        return ()
    return (Edit(span, _in_style(document.source.cut(span), key)),)


def quote(document: Document, pointer: Pointer) -> Edits:
    """Makes the number at ``pointer`` the string of its digits as they are written."""
    span = document.extent(pointer)
    old = document.source.cut(span)
    if not _NUMBER.fullmatch(old) or layout.properties(document.source.text, span.start):
        return ()
    # Double quotes, because a spec may be JSON.
    return (Edit(span, f'"{old}"'),)


def _in_style(old: str, value: Any) -> str:
    """``value`` as YAML, a string in the quotes that the author chose for ``old``."""
    if not isinstance(value, str):
        return block(value).strip()
    plain = value if _is_plain(value) else scalar(value)
    if plain.startswith('"') and plain != f'"{value}"':
        # It needs escapes, which single quotes do not have.
        return plain
    if old.startswith('"') and not re.search(r'["\\]', value):
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'" if old.startswith("'") else plain


def _is_plain(text: str) -> bool:
    """Whether a spec may hold ``text`` as it is, where ``on`` and dates are strings."""
    try:
        return _WORD.fullmatch(text) is not None and resolve(text) == text
    except NumberOutOfRange:
        return False


def _without_flow(text: str, flow: Flow) -> Edits:
    start, end, before, after, left, right, is_last = flow
    stop = end if right is None else right + 1
    if left is None and is_last:
        is_bare = "#" not in text[before:start] + text[end:after]
        return (_cut(Span(before, after) if is_bare else Span(start, stop)),)
    if left is None or right is not None:
        return (_cut(_with_right_comma(text, flow, stop)),)
    if layout.has_own_line(text, start, end):
        return _cut(Span(left, left + 1)), _cut(_lines(text, start, end))
    if "#" in text[before:start]:
        return _cut(Span(left, left + 1)), _cut(Span(start, end))
    return (_cut(Span(left, end)),)


def _with_right_comma(text: str, flow: Flow, stop: int) -> Span:
    """What to cut of a member with a comma behind it, which ends at ``stop``."""
    if layout.has_own_line(text, flow.start, stop):
        return _lines(text, flow.start, stop)
    before, between = text[flow.before : flow.start], text[stop : flow.after]
    if flow.left is not None and not re.search(r"[#\r\n]", before):
        return Span(flow.left, flow.end)
    follows = not flow.is_last and not LINE_BREAK.search(between)
    if follows or (flow.left is None and "#" not in between):
        return Span(flow.start, flow.after)
    return Span(flow.start, stop)


def _without_block(document: Document, pointer: Pointer, place: Block) -> Edits:
    text, above = document.source.text, pointer[:-1]
    if not place.dashes and _DIRECTIVE in layout.comments_above(text, place.line):
        # It would silence findings in what comes next.
        return ()
    if len(document.resolve(above)) == 1:
        return _empty_block(document, above, place)
    if not place.dashes:
        return (_cut(Span(place.line, place.next)),)
    _, right = layout.neighbours(document, pointer)
    following = layout.block(document, right) if right is not None else None
    if following is None or not layout.is_gap(text, place.end, following.start):
        return ()
    # What comes next, a comment or a member, moves up beside the dash.
    match = _SPACE.match(text, place.next)
    return (_cut(Span(place.start, match.end() if match else place.next)),)


def _emptied(document: Document, pointer: Pointer) -> Edits:
    """Leaves nothing in the map or list at ``pointer``."""
    span, value = document.extent(pointer), document.resolve(pointer)
    if layout.is_flow(document, pointer):
        inner = Span(span.start + 1, span.end - 1)
        return () if "#" in document.source.cut(inner) else (_cut(inner),)
    tokens = list(value) if isinstance(value, dict) else range(len(value))
    first = layout.block(document, (*pointer, tokens[0]))
    last = layout.block(document, (*pointer, tokens[-1]))
    if first is None or last is None or layout.is_in_flow(document, pointer):
        return ()
    place = first._replace(end=last.end, rest=last.rest, next=last.next)
    return _empty_block(document, pointer, place)


def _empty_block(document: Document, pointer: Pointer, place: Block) -> Edits:
    """Writes ``{}`` or ``[]`` for the block at ``pointer``, which fills all of ``place``."""
    text = document.source.text
    value = document.resolve(pointer)
    empty = "{}" if isinstance(value, dict) else "[]"
    if not _ends(text, place, dash="-" if isinstance(value, list) else ""):
        return ()
    if place.dashes:
        whole = text[place.start : place.next].rstrip()
        return (Edit(Span(place.start, place.start + len(whole)), empty),)
    at = layout.slot(document, pointer)
    if at is None:
        return ()
    return Edit(Span(at, at), f" {empty}"), _cut(Span(place.line, place.next))


def _ends(text: str, place: Block, *, dash: str) -> bool:
    """Whether what comes next is outside of the block; a duplicate key's member is not."""
    at = layout.skip_gap(text, place.next)
    column = at - line_start(text, at)
    if at == len(text) or column < place.column:
        return True
    # A list may stand below its key without being indented.
    return column == place.column and bool(dash) and not text.startswith(dash, at)


def _lines(text: str, start: int, end: int) -> Span:
    return Span(line_start(text, start), next_line(text, end))


def _cut(span: Span) -> Edit:
    return Edit(span, "")
