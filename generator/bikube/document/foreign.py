"""Recognises in broken YAML what its author took from elsewhere, or left in by mistake."""

import re
from typing import NamedTuple

from bikube.text import Source, Span, line_end, line_start, shorten

_CONFLICT = re.compile(r"^(?:<{7}|>{7}|={7}(?! ))(?=[ \r\n]|\Z)", re.MULTILINE)
_TEMPLATE = re.compile(r"\{\{[^\r\n]*?\}\}|\{%[^\r\n]*?%\}")
_DECLARED = re.compile(
    r"^[ \t]*(?:(?:resource|module)[ ]+\w+[ ]+'|(?:param|output)[ ]+\w+[ ]+\w+|var[ ]+\w+[ ]*="
    r"|targetScope[ ]*=|@[a-z]\w*\()[^\r\n]*",
    re.MULTILINE,
)
_RESOURCE = re.compile(r"^[ \t]*'[^'\r\n]*'[ \t]*=[ \t]*\{", re.MULTILINE)
_COMMENT = re.compile(r"(?:^|(?<=[ \t]))(?://|/\*)[^\r\n]*", re.MULTILINE)
_OPENED = re.compile(r"[A-Za-z]\w*[ \t]*:[ \t]*\{(?=[ \t]*(?:\r|\n))")
_GLUED = re.compile(r"[ \t]*(?:-[ \t]+)?([A-Za-z][A-Za-z0-9]*:(?![ \t\r\n/])[^ \t\r\n]+)[ \t]*")
_MEMBER = re.compile(r"([ \t]*(?:-[ \t]+)?)([^\s#:-][^\r\n:]*):[ \t]+[^\s#]")
_INDENT = re.compile(r"[ \t\u00a0\u2000-\u200b\u202f\u3000\ufeff]*")
_UNSEEN = re.compile("[\u00a0\u2000-\u200f\u2028-\u202f\u2060\u3000\ufeff]")
_FENCE = re.compile(r"^[ \t]*(`{3,})[^\r\n`]*$", re.MULTILINE)
_DIFF = re.compile(r"^(?:diff --git |@@ -[0-9]|\+{3} |\+(?=[ \t\r\n]|[A-Za-z-]))", re.MULTILINE)
_BULLET = re.compile(r"^[ \t]*([*\u2010-\u2015\u2022\u2212\u00b7\uff0d])[ \t]+\S", re.MULTILINE)
_COLON = re.compile(r"^[ \t]*(?:- )?[A-Za-z]\w*[ \t]*([\uff1a\ufe55\ua789\u2236])", re.MULTILINE)
_CLOSING = re.compile(
    "(?:\"[^\"\r\n]*?([\u201c\u201d\u201e])|'[^'\r\n]*?([\u2018\u2019]))(?=[ \t]*(?:$|\r|#))",
    re.MULTILINE,
)


class Foreign(NamedTuple):
    """What was found, and where."""

    message: str
    span: Span


def recognise(source: Source, problem: str, start: int, offset: int) -> Foreign | None:
    """What is known to have broken the YAML between ``start`` and ``offset``, or near to them.

    ``problem`` is what libyaml says of it.
    """
    text = source.text
    conflict = _CONFLICT.search(text)
    if conflict is not None:
        message = (
            f'"{conflict[0]}" marks a conflict that git left to be solved; a spec has one text;'
            " keep what you want of both sides, and take out the lines of markers"
        )
        return Foreign(message, Span(*conflict.span()))
    near = Span(line_start(text, min(start, offset)), line_end(text, max(start, offset)))
    around = near._replace(start=line_start(text, max(near.start - 1, 0)))
    return (
        _template(text, near)
        or _wrapped(text, around)
        or _bicep(text, near)
        or _look_alike(text, around)
        or _closing(text, near)
        or (_bracket(text, near) if "',' or" in problem else None)
        or _indented(text, offset)
        or _glued(text, near)
        or _unseen(text, near)
        or _deeper(text, offset)
    )


def no_key(text: str, span: Span) -> tuple[str, Span]:
    """What is wrong with a map or list as a key at ``span``, and what to show of it."""
    left = _template(text, span)
    return left or ("a map or list as a key; keys are plain strings; write a string", span)


def _template(text: str, near: Span) -> Foreign | None:
    """What is left for a template engine in the lines of ``near``."""
    found = _TEMPLATE.search(text, line_start(text, near.start), line_end(text, near.end))
    if found is None:
        return None
    message = (
        f'"{shorten(found[0])}" is left for a template engine such as Helm; nothing fills it in;'
        " write your own value"
    )
    return Foreign(message, Span(*found.span()))


def _wrapped(text: str, near: Span) -> Foreign | None:
    """What a page or a diff puts around the lines that were copied out of it."""
    fence = _FENCE.search(text, *near)
    if fence is not None:
        message = (
            f'"{fence[1]}" begins and ends code in Markdown; a spec is YAML alone;'
            " take out the lines that have it"
        )
        return Foreign(message, Span(*fence.span(1)))
    diff = _DIFF.search(text, *near)
    if diff is None:
        return None
    return Foreign(DIFF, Span(*diff.span()))


DIFF = (
    "this line is of a diff; a spec is the file itself; copy that, or take the marks of the diff"
    " out"
)
"""What is said where a diff was pasted."""


def _look_alike(text: str, near: Span) -> Foreign | None:
    """A character that only looks like one by which YAML tells its parts."""
    bullet = _BULLET.search(text, *near)
    if bullet is not None:
        message = (
            f'"{bullet[1]}" begins no item; an item of a list begins with "-" (U+002D) and a space;'
            ' write "- "'
        )
        return Foreign(message, Span(*bullet.span(1)))
    colon = _COLON.search(text, *near)
    if colon is not None:
        message = (
            f'"{colon[1]}" (U+{ord(colon[1]):04X}) only looks like ":"; a member of a map is'
            ' "key: value"; type it anew'
        )
        return Foreign(message, Span(*colon.span(1)))
    return None


def _closing(text: str, near: Span) -> Foreign | None:
    """A typographic quote that was meant to end what another one opens."""
    closing = _CLOSING.search(text, near.start, line_end(text, near.start))
    if closing is None:
        return None
    quote, at = closing[0][0], closing.end() - 1
    message = (
        f"the character U+{ord(text[at]):04X} does not close what {quote} opens; only {quote} does;"
        " type it anew"
    )
    return Foreign(message, Span(at, at + 1))


def _bicep(text: str, near: Span) -> Foreign | None:
    declared = _DECLARED.search(text) or _RESOURCE.search(text)
    if declared is not None:
        shown = Span(declared.start() + len(_blank(declared[0])), declared.end())
        message = (
            f'"{shorten(text[shown.start : shown.end])}" is Bicep; a spec is YAML; write an entry:'
            ' its "name", and beside it what stands below "properties", as "key: value"'
        )
        return Foreign(message, shown)
    comment = _COMMENT.search(text, *near)
    if comment is not None:
        message = f'"{comment[0][:2]}" begins a comment in Bicep; YAML has "#" for that; write "# "'
        return Foreign(message, Span(comment.start(), comment.start() + 2))
    return None


def _bracket(text: str, near: Span) -> Foreign | None:
    """A bracket in whose lines the commas are missing."""
    opened = _OPENED.search(text, *near)
    if opened is None:
        return None
    message = (
        f'"{opened[0]}" is how Bicep begins a map; in YAML its members would need commas;'
        " leave the brackets out, and indent the members below the key"
    )
    return Foreign(message, Span(*opened.span()))


def _blank(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _indented(text: str, offset: int) -> Foreign | None:
    """A character in the indentation of the line, or of the one before, that is no space."""
    start = line_start(text, offset)
    for begin in (start, line_start(text, max(start - 1, 0))):
        indent = _INDENT.match(text, begin)
        odd = re.search("[^ ]", indent[0]) if indent is not None else None
        if odd is None:
            continue
        at = begin + odd.start()
        name = "a tab" if odd[0] == "\t" else f"the character U+{ord(odd[0]):04X}"
        message = f"{name} where YAML wants spaces; indentation is spaces; replace it by spaces"
        return Foreign(message, Span(at, at + 1))
    return None


def _glued(text: str, near: Span) -> Foreign | None:
    """A member in the line before whose colon has no space after it."""
    start = near.start
    for begin in (line_start(text, max(start - 1, 0)), start):
        found = _GLUED.match(text, begin)
        if found is not None and found.end() == line_end(text, begin):
            after = found[1].partition(":")[2][0]
            if not (after.isascii() or after.isalnum()):
                message = (
                    f'after "{shorten(found[1].partition(":")[0])}:" stands the character'
                    f" U+{ord(after):04X}, which is no space to YAML; a member of a map is"
                    ' "key: value"; type a space'
                )
                return Foreign(message, Span(*found.span(1)))
            message = (
                f'"{shorten(found[1])}" is one word; a member of a map is "key: value"; write a'
            )
            return Foreign(f'{message} space after the ":"', Span(*found.span(1)))
    return None


def _unseen(text: str, near: Span) -> Foreign | None:
    found = _UNSEEN.search(text, *near)
    if found is None:
        return None
    message = (
        f"the character U+{ord(found[0]):04X} cannot be told from a space or from nothing, and is"
        " neither; replace it by a space or a line end"
    )
    return Foreign(message, Span(*found.span()))


def _deeper(text: str, offset: int) -> Foreign | None:
    """A member that is indented below one in the line before that has a value already."""
    start = line_start(text, offset)
    above = _MEMBER.match(text, line_start(text, max(start - 1, 0))) if start else None
    here = re.compile(r"([ ]*)([^\s#:-][^\r\n:]*):(?=\s)").match(text, start)
    if above is None or here is None or len(here[1]) <= len(above[1]):
        return None
    message = (
        f'"{shorten(here[2])}" is indented below "{shorten(above[2])}", which has a value already;'
        f" the keys of a map stand in one column; begin it in column {len(above[1]) + 1} too"
    )
    return Foreign(message, Span(*here.span(2)))
