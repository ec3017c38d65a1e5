"""Writes plain data as Bicep literals that ``bicep format`` leaves as they are.

The escapes and the bare keys were measured with the Bicep CLI 0.49.2; tests put any string, key and
number through the real compiler.
"""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from bikube.diagnostics import Pointer
from bikube.render.bicep.codes import ADMIN_NAME, QUOTED_KEY, linter_codes
from bikube.text import UNSEEN

_BARE_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LONGEST_BARE_KEY = 255
_LONG = 128
"""Characters of a value from which on it is not remembered."""
_QUOTED_KEYS = frozenset({"null", "true", "false"})
_ESCAPED = re.compile(rf"[\\'${UNSEEN}]")
_ESCAPED_IN_LINES = re.compile(rf"(?!\n)[{UNSEEN}]|'''|'\Z| (?:\n|\Z)")
"""What keeps a text from being written over several lines: characters that need an escape, quotes
that would end it, and spaces at the end of a line, which editors take away."""
_ESCAPES = {"\\": "\\\\", "'": "\\'", "$": "\\$", "\n": "\\n", "\r": "\\r", "\t": "\\t"}

Codes = Mapping[Pointer, str]
Expressions = Mapping[Pointer, str]
_NONE: Mapping[Pointer, str] = {}


def literal(
    value: Any, indent: int = 0, codes: Codes = _NONE, expressions: Expressions = _NONE
) -> str:
    """``value`` as a Bicep expression whose further lines are indented by ``indent``.

    ``codes`` are compiler warnings to silence, by the path of the member that they are about, and
    ``expressions`` are what is written in place of members that are strings.
    """
    lines: list[str] = []
    follows = bool(codes or expressions)
    _Writer(lines, codes, expressions, follows).add("", value, "  " * (indent // 2), ())
    return "\n".join(lines)


def string(text: str) -> str:
    """``text`` in quotes."""
    if _ESCAPED.search(text):
        text = _ESCAPED.sub(_escape, text)
    return f"'{text}'"


def text(value: str) -> str:
    """``value`` in quotes, or over several lines where it has them and nothing is in the way."""
    if "\n" in value[:-1] and not _ESCAPED_IN_LINES.search(value):
        lines = f"'''\n{value}'''"
        # A directive cannot stand between the lines of a text.
        if not linter_codes(lines):
            return lines
    return string(value)


class _Text(NamedTuple):
    """A string as a literal, and what the linter says of it."""

    written: str
    codes: tuple[str, ...]


def _text(value: str) -> _Text:
    written = text(value)
    return _Text(written, linter_codes(written))


# Most short values stand in many resources.
_short = lru_cache(maxsize=4096)(_text)


def _escape(match: "re.Match[str]") -> str:
    character = match.group()
    return _ESCAPES.get(character) or f"\\u{{{ord(character):x}}}"


class _Label(NamedTuple):
    """A property name in a literal, and what the linter says of it; more so before a string."""

    text: str
    codes: tuple[str, ...]
    codes_of_text: tuple[str, ...]


def key(text: str) -> str:
    """``text`` as a property name: bare wherever that is allowed, since the linter asks for it."""
    if len(text) > _LONGEST_BARE_KEY or text in _QUOTED_KEYS or not _BARE_KEY.fullmatch(text):
        return string(text)
    return text


# A spec has few keys, however long it is.
@lru_cache(maxsize=512)
def _label(name: str) -> _Label:
    text = key(name)
    codes = linter_codes(text)
    # The linter asks for a bare key here too, which the compiler would refuse as too long.
    if len(name) > _LONGEST_BARE_KEY and _BARE_KEY.fullmatch(name):
        codes += (QUOTED_KEY,)
    return _Label(text, codes, (ADMIN_NAME, *codes) if name.lower() == "adminusername" else codes)


class _Writer(NamedTuple):
    """Adds the lines of a value to ``lines``; see ``literal`` for the next two.

    Only where it ``follows`` paths do these lead anywhere.
    """

    lines: list[str]
    codes: Codes
    expressions: Expressions
    follows: bool

    def add(self, head: str, value: Any, margin: str, path: Pointer) -> None:
        """Adds ``value`` after ``head``, what it holds being further in than ``margin``."""
        kind = type(value)
        if kind is dict and value:
            self.lines.append(f"{head}{{")
            self._members(value, margin + "  ", path)
            self.lines.append(f"{margin}}}")
        elif kind is list and value:
            self.lines.append(f"{head}[")
            self._items(value, margin + "  ", path)
            self.lines.append(f"{margin}]")
        else:
            self.lines.append(head + _inline(value))

    def _members(self, value: dict[str, Any], margin: str, path: Pointer) -> None:
        for name, child in value.items():
            label = _label(name)
            below = (*path, name) if self.follows else path
            if below in self.expressions:
                self._silence(label.codes, margin, below)
                self.lines.append(f"{margin}{label.text}: {self.expressions[below]}")
            elif type(child) is str:
                written, codes = _short(child) if len(child) < _LONG else _text(child)
                if codes or label.codes_of_text or self.codes:
                    self._silence(label.codes_of_text + codes, margin, below)
                self.lines.append(f"{margin}{label.text}: {written}")
            else:
                if label.codes or self.codes:
                    self._silence(label.codes, margin, below)
                self.add(f"{margin}{label.text}: ", child, margin, below)

    def _items(self, value: list[Any], margin: str, path: Pointer) -> None:
        for index, child in enumerate(value):
            below = (*path, index) if self.follows else path
            if type(child) is str or self.codes:
                codes = _text(child).codes if type(child) is str else ()
                self._silence(codes, margin, below)
            self.add(margin, child, margin, below)

    def _silence(self, found: tuple[str, ...], margin: str, path: Pointer) -> None:
        """Adds a directive where the compiler or its linter has something to say of a line."""
        if path in self.codes:
            found = (self.codes[path], *found)
        if found:
            # The same may be said of a key and of its value.
            self.lines.append(f"{margin}#disable-next-line {' '.join(dict.fromkeys(found))}")


def _inline(value: Any) -> str:
    match value:
        case str():
            return text(value)
        case float():
            return f"json('{value!r}')"
        case _:
            return json.dumps(value)
