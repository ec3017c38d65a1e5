"""How the members of a container are laid out in the text: what parts them, what holds them.

Spans say where keys and values stand. What an edit must know besides is in the text between them:
brackets, commas, dashes, colons, comments. For what is not laid out as people write it (explicit
keys, a key behind an anchor, a neighbour that was dropped as a duplicate) there is ``None``.
"""

import re
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from bikube.diagnostics import Pointer
from bikube.document import Document
from bikube.text import LINE_BREAK, line_start, next_line

_COMMENT = r"#[^\r\n]*"
# Nothing is tried twice: what begins in a comment is none of its own.
_GAP = re.compile(rf"(?:(?>[ \t\r\n]+)|(?>{_COMMENT}))*")
_REST = re.compile(rf"[ \t]*(?:{_COMMENT})?(?=[\r\n]|\Z)")
_LINE = re.compile(rf"([ \t]*)([^\r\n]?)[^\r\n]*(?:{LINE_BREAK.pattern}|\Z)")
_PROPERTIES = r"(?:[ \t]+[&!][^\s,\[\]{}]*)*"
_COLON = re.compile(rf"[ \t]*:{_PROPERTIES}")
_DASH = re.compile(rf"-{_PROPERTIES}(?=\s|\Z)")
_DASHES = re.compile(r" *(?:-[ ]+)+")
_REACH = 300
"""Characters in which an anchor and a tag have room."""
_KEEPS_BLANK_LINES = re.compile(r"[|>][0-9]?\+")


class Block(NamedTuple):
    """A member in block style, from its key or dash to the end of its value.

    ``rest`` is the end of its last line, a trailing comment included. Between ``line`` and
    ``next`` it has whole lines for itself, but for the dashes that may stand before it.
    """

    start: int
    end: int
    rest: int
    line: int
    next: int
    dashes: bool

    @property
    def column(self) -> int:
        """How far it is indented."""
        return self.start - self.line


class Flow(NamedTuple):
    """A member in flow style, and the offsets of the commas around it where there are some.

    Between ``before`` and ``after``, where its neighbours (or the brackets) end and begin,
    nothing else is but white space and comments.
    """

    start: int
    end: int
    before: int
    after: int
    left: int | None
    right: int | None
    is_last: bool


def is_flow(document: Document, pointer: Pointer) -> bool:
    """Whether the container at ``pointer`` has brackets of its own."""
    return document.source.text[document.extent(pointer).start] in "{["


def is_in_flow(document: Document, pointer: Pointer) -> bool:
    """Whether the container at ``pointer``, or any that holds it, has brackets."""
    return any(is_flow(document, pointer[:length]) for length in range(len(pointer) + 1))


def is_gap(text: str, start: int, end: int) -> bool:
    """Whether nothing but white space and comments stands there."""
    return _GAP.fullmatch(text, start, end) is not None


def skip_gap(text: str, start: int) -> int:
    """The offset of what comes next after white space and comments."""
    match = _GAP.match(text, start)
    return match.end() if match else start


def has_own_line(text: str, start: int, end: int) -> bool:
    """Whether nothing else is on the lines from ``start`` to ``end``, but for comments."""
    return not text[line_start(text, start) : start].strip(" \t") and bool(_REST.match(text, end))


def comments_above(text: str, line: int) -> str:
    """The comments on lines of their own that stand above the line that begins at ``line``."""
    start = line
    while start:
        above = line_start(text, start - 1)
        if text.startswith("\n", above) and text.startswith("\r", above - 1):
            above = line_start(text, above - 1)
        match = _LINE.match(text, above)
        if match is None or match[2] not in ("", "#"):
            break
        start = above
    return text[start:line]


def properties(text: str, start: int) -> tuple[str, ...]:
    """The anchor and the tag of the node whose own text begins at ``start``."""
    words = re.split(r"[\s,\[\]{}]+", text[max(0, start - _REACH) : start].rstrip())
    return tuple(takewhile(lambda word: word[:1] in ("&", "!"), reversed(words)))


def slot(document: Document, pointer: Pointer) -> int | None:
    """Where the value at ``pointer`` begins or would begin: behind colon, anchor and tag."""
    if not pointer:
        return None
    text = document.source.text
    key, value = document.written(document.resolve(pointer[:-1]), pointer[-1])
    if key is not None:
        match = _COLON.match(text, key.end)
    else:
        dash = _dash(document, pointer)
        match = _DASH.match(text, dash) if dash is not None else None
    if match is None or (value.start < value.end and not is_gap(text, match.end(), value.start)):
        return None
    return match.end()


def block(document: Document, pointer: Pointer) -> Block | None:
    """The layout of the member at ``pointer`` of a block map or list."""
    text = document.source.text
    start, end = _start(document, pointer), _end(document, pointer)
    if start is None or end is None:
        return None
    line = line_start(text, start)
    dashes = _DASHES.fullmatch(text, line, start) is not None
    rest = _REST.match(text, end)
    if rest is None or not (dashes or not text[line:start].strip(" ")):
        return None
    following = next_line(text, end)
    inner = _past_comments(text, following, start - line)
    if LINE_BREAK.search(text, start, end):
        following = inner
    elif inner != following and _is_below_block_scalar(document, pointer):
        # Without the member, so deep a comment would become text of the scalar.
        return None
    if _holds(_KEEPS_BLANK_LINES, text):
        following = _past_blank_lines(text, following)
    return Block(start, end, rest.end(), line, following, dashes)


def flow(document: Document, pointer: Pointer) -> Flow | None:
    """The layout of the member at ``pointer`` of a map or list that has brackets."""
    text = document.source.text
    opened, closed = document.extent(pointer[:-1])
    left, right = neighbours(document, pointer)
    start, end = _start(document, pointer), _end(document, pointer)
    before = opened + 1 if left is None else _end(document, left)
    after = closed - 1 if right is None else _start(document, right)
    if start is None or end is None or before is None or after is None:
        return None
    comma = skip_gap(text, before)
    left_comma = comma if left is not None and text[comma] == "," else None
    behind = before if left_comma is None else left_comma + 1
    comma = skip_gap(text, end)
    right_comma = comma if text[comma] == "," else None
    beyond = end if right_comma is None else right_comma + 1
    if not is_gap(text, behind, start) or not is_gap(text, beyond, after):
        return None
    return Flow(start, end, before, after, left_comma, right_comma, right is None)


def neighbours(document: Document, pointer: Pointer) -> tuple[Pointer | None, Pointer | None]:
    """The members before and after the one at ``pointer``."""
    above = pointer[:-1]
    before, after = document.beside(document.resolve(above), pointer[-1])
    left = (*above, before) if before is not None else None
    right = (*above, after) if after is not None else None
    return left, right


def _start(document: Document, pointer: Pointer) -> int | None:
    """Where the member begins: its key or dash, or in a list with brackets the item itself."""
    key, value = document.written(document.resolve(pointer[:-1]), pointer[-1])
    if key is None and not is_in_flow(document, pointer[:-1]):
        return _dash(document, pointer)
    start = value.start if key is None else key.start
    text = document.source.text
    # An anchor on a line above is that of the container.
    line = text[line_start(text, start) : start]
    return None if properties(line, len(line)) else start


def _end(document: Document, pointer: Pointer) -> int | None:
    text = document.source.text
    key, value = document.written(document.resolve(pointer[:-1]), pointer[-1])
    if value.start < value.end:
        return value.end
    if key is not None and not _COLON.match(text, key.end) and is_in_flow(document, pointer[:-1]):
        return key.end
    return slot(document, pointer)


def _dash(document: Document, pointer: Pointer) -> int | None:
    """The dash of the item at ``pointer`` of a block list."""
    text = document.source.text
    *above, index = pointer
    if index == 0:
        dash = document.extent(tuple(above)).start
    else:
        dash = skip_gap(text, document.extent((*above, int(index) - 1)).end)
    return dash if text.startswith("-", dash) else None


@lru_cache(maxsize=4)
def _holds(pattern: "re.Pattern[str]", text: str) -> bool:
    """Whether the text of a whole spec has a match; it is asked once for each of many findings."""
    return pattern.search(text) is not None


def _is_below_block_scalar(document: Document, pointer: Pointer) -> bool:
    """Whether the last thing above the member at ``pointer`` is a block scalar."""
    above, _ = neighbours(document, pointer)
    while above is not None:
        value = document.resolve(above)
        if not (isinstance(value, dict | list) and value):
            return document.source.text[document.extent(above).start] in "|>"
        above = (*above, next(reversed(value)) if isinstance(value, dict) else len(value) - 1)
    return False


def _past_comments(text: str, start: int, column: int) -> int:
    """The end of the comments from ``start`` on that are indented more than ``column``."""
    end = at = start
    while at < len(text) and (match := _LINE.match(text, at)):
        indentation, first = match.groups()
        at = match.end()
        if first == "#" and len(indentation) > column:
            end = at
        elif first:
            break
    return end


def _past_blank_lines(text: str, start: int) -> int:
    while start < len(text) and (match := _LINE.match(text, start)) and not match[2]:
        start = match.end()
    return start
