"""Finds credentials in the text of a spec as it is written: valid YAML or not, comments too.

It only decides what is not shown, and does not read YAML: behind the name of a credential, the
rest of the line goes, and the lines that may belong to it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property

from bikube.credentials.forms import KEYS, WORDS, ends_like_credential, find_forms, fold
from bikube.text import Span, line_end, line_start, merged, next_line

_FAR = 2_000
"""Characters within which quotes and brackets must close to count."""
_NEAR = 1_000
"""Characters that are looked at before a key on a long line."""
_LONGEST_KEY = 200
_SHORTEST_KEY = min(map(len, (*KEYS, *WORDS)))

_ENDINGS = frozenset(key[-3:] for key in (*KEYS, *WORDS, "value"))
"""The last letters of keys that count: most keys of a spec end otherwise."""

_SIGN = re.compile(r"[:=][ \t]*")
_LOGIN = re.compile(r"(?<![^\s/@])([^\s/@:]*:[^\s/@]*)@")
_ESCAPED = re.compile(r'"[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*"?')
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))")
_COMMENT = re.compile(r"(?<!\S)#")
# What is said twice here must not be tried twice: the text may be anything.
_QUOTED = re.compile(r"""(?:[&!]\S*[ \t]+)*("[^"\\]*(?:\\[\s\S][^"\\]*)*"|'[^']*(?:''[^']*)*')""")
_BRACKETS = re.compile(r"[\[\]{}]")
_MARGIN = re.compile(r"[ \t]*(?:[-?][ \t]+)*")
_NOTHING_YET = re.compile(r"(?:[|>+\-0-9 \t]|[&!](?>\S*))*")
_KEY_AHEAD = re.compile(r"""(?:-\s+)?["']?[\w.$/-]+["']?\s*:(?:\s|$)""")
_ANCHOR = re.compile(r"&(?=([\w-]*))(?>[^\s,\[\]{}&]*)(?=\s)[ \t]*")
_ALIAS = re.compile(r"\*([\w-]*)")


def find_written(text: str) -> list[Span]:
    """Where in ``text`` credentials stand, as sorted spans that do not overlap."""
    readings = {fold(text), fold(_unescaped(text))}
    named = merged(_values(text, {at for reading in readings for at in _named(reading)}))
    aliases = {alias for span in named for alias in _ALIAS.findall(text, *span)}
    anchors = _ANCHOR.finditer(text) if aliases else ()
    anchored = _values(text, (one.end() for one in anchors if one.group(1) in aliases))
    logins = (Span(*login.span(1)) for login in _LOGIN.finditer(text))
    return merged((*find_forms(text), *_escaped(text), *logins, *named, *anchored))


def _escaped(text: str) -> Iterator[Span]:
    """Double-quoted strings that hold a well-known token once their escapes are read."""
    for match in _ESCAPED.finditer(text) if "\\" in text else ():
        if "\\" in match.group() and any(find_forms(_ESCAPE.sub(_read, match.group()))):
            yield Span(*match.span())


def _unescaped(text: str) -> str:
    """``text``, as long as it was, with dashes and a character for each escape."""
    return _ESCAPE.sub(lambda one: _read(one).rjust(len(one.group()), "-"), text)


def _read(escape: "re.Match[str]") -> str:
    code = escape.group(1) or escape.group(2) or escape.group(3)
    return chr(min(int(code, 16), 0x10FFFF)) if code else escape.group(4)


def _named(text: str) -> Iterator[int]:
    """Where the values of keys begin that name a credential, or may be labelled as one."""
    last = 0
    for sign in _SIGN.finditer(text):
        start, end, last = last, sign.start(), sign.end()
        ending = text[end - 3 : end]
        if end - start < _SHORTEST_KEY and ending[-1:] not in ('"', "'"):
            continue
        if ending.isalnum() and ending.isascii() and ending not in _ENDINGS:
            continue
        if ending[-1:] in ('"', "'"):
            start = min(start, text.rfind(ending[-1], 0, end - 1))
        if ends_like_credential(text[max(0, start, end - _LONGEST_KEY) : end], *WORDS, "value"):
            yield sign.end()


def _values(text: str, places: Iterable[int]) -> Iterator[Span]:
    """What may belong to the values at ``places``, to the end of a line."""
    brackets = _Brackets(text)
    lines: list[list[int]] = []
    stop = hidden = -1
    for at in sorted(places):
        if at > stop:
            stop = line_end(text, at)
            lines.append([])
        lines[-1].append(at)
    for starts in lines:
        hidden = max(hidden, _end(text, starts, hidden, brackets))
        yield Span(starts[0], hidden)


def _end(text: str, starts: list[int], hidden: int, brackets: "_Brackets") -> int:
    """How far the values go that begin on one line; before ``hidden`` all is hidden already."""
    first, stop = starts[0], line_end(text, starts[0])
    line = line_start(text, first, max(0, first - _NEAR))
    if _COMMENT.search(text, line, first):
        return stop
    quoted = (_QUOTED.match(text, at, at + _FAR) for at in starts)
    ends = (one.end() for one in quoted if one is not None)
    end = max(hidden, brackets.closing(line, stop), *ends)
    is_open = any(_is_nothing(text, at, stop) for at in starts)
    margin = _MARGIN.match(text, line)
    return _below(text, line_end(text, end), margin.end() - line if margin else 0, is_open=is_open)


def _is_nothing(text: str, start: int, stop: int) -> bool:
    """Whether no value is there yet; of what is too long to be looked at, none is taken for one."""
    far = min(stop, start + _FAR)
    match = _NOTHING_YET.match(text, start, far)
    end = match.end() if match else start
    return end == far or text[end] == "#"


class _Brackets:
    """The brackets of a text, and where each one closes: found in one pass, when first asked."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _pairs(self) -> tuple[list[int], list[int]]:
        """Where brackets open, in order, and where each closes: behind the text if never."""
        opened: list[int] = []
        closed: list[int] = []
        waiting: list[int] = []
        for bracket in _BRACKETS.finditer(self._text):
            if bracket.group() in "[{":
                waiting.append(len(opened))
                opened.append(bracket.start())
                closed.append(len(self._text) + _FAR)
            elif waiting:
                closed[waiting.pop()] = bracket.end()
        return opened, closed

    def closing(self, line: int, stop: int) -> int:
        """Where the brackets close that are open at the end of a line, which is at ``stop``."""
        opened, closed = self._pairs
        for number in range(bisect_left(opened, line), bisect_left(opened, stop)):
            if closed[number] > stop:
                # All others that are open are within it.
                return min(closed[number], stop + _FAR, len(self._text))
        return stop


def _below(text: str, end: int, column: int, *, is_open: bool) -> int:
    """Where the last of the lines ends that may continue what ends at ``end``.

    They are indented deeper than ``column``, or items of a list. On the line after a key without
    a value, anything may be the value but another key.
    """
    last = end
    while end < len(text):
        start = next_line(text, end)
        end = line_end(text, start)
        content = text[start:end].lstrip()
        indent = end - start - len(content)
        deeper = indent > column or (indent == column and content.startswith("- "))
        if content and not deeper and not (is_open and not _KEY_AHEAD.match(content)):
            break
        if content:
            last, is_open = end, False
    return last
