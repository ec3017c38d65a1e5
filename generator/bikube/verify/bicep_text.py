"""What a Bicep file declares, and where in its text: for lines, and for what no evaluation shows.

Evaluating says what is deployed. The version of an ``existing`` resource, an explicit
``dependsOn`` and the lines of all are in the text alone. This reads the shape of a text that the
compiler has taken; it evaluates nothing.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from bikube.verify.places import Lines, Pointer

_TOKEN = re.compile(
    r"(?P<string>'''.*?'''+|'(?:\\.|\$\{(?:[^{}']|'[^'\n]*')*\}|[^'\\\n])*')"
    r"|(?P<comment>//[^\n]*|/\*.*?\*/|#disable[^\n]*)"
    r"|(?P<sign>[{}\[\]():=,\n])"
    r"|(?P<other>[^'/#{}\[\]():=,\n]+|[/#'])",
    re.DOTALL,
)
_OPENING = {"{": "}", "[": "]", "(": ")"}
_RESOURCE = re.compile(r"(resource|module)\s+(\w+)\s+'([^']*)'(\s+existing)?")
_WORD = re.compile(r"\w+")


class Declaration(NamedTuple):
    """A declaration: its ``word``, such as ``resource``, and its symbol.

    ``type`` is what a resource declares itself as, with its version, or a module's path. ``lines``
    has the members of its body, ``texts`` those that are no maps or lists, as they are written.
    """

    word: str
    symbol: str
    line: int
    type: str
    is_existing: bool
    lines: Lines
    texts: dict[Pointer, str]

    @property
    def name(self) -> str:
        """The name, where it is written as plain text; else empty."""
        text = self.texts.get(("name",), "")
        return text[1:-1] if text.startswith("'") else ""


def declarations(text: str) -> list[Declaration]:
    """Everything that ``text`` declares at its top level, in order."""
    return list(_Parser(text).declarations())


class _Parser:
    """Goes through the tokens of one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(at.end() for at in re.finditer("\n", text))]
        self._tokens = [
            (match.start(), match.group(), match.lastgroup)
            for match in _TOKEN.finditer(text)
            if match.lastgroup != "comment"
        ]
        self._at = 0

    def declarations(self) -> Iterator[Declaration]:
        while self._skip_space():
            start = self._offset()
            if self._peek().startswith("@"):
                self._finish()
                continue
            head = self._head()
            word = _WORD.match(head)
            line = self._line(start)
            found = _RESOURCE.match(head)
            if found is None:
                rest = _WORD.findall(head[word.end() :]) if word else []
                symbol = rest[0] if rest else ""
                yield Declaration(word[0] if word else head, symbol, line, "", False, {}, {})
                self._finish()
                continue
            lines: Lines = {(): line}
            texts: dict[Pointer, str] = {}
            self._body(lines, texts)
            is_existing = found[4] is not None
            yield Declaration(found[1], found[2], line, found[3], is_existing, lines, texts)

    def _body(self, lines: Lines, texts: dict[Pointer, str]) -> None:
        """The object behind ``=``, be it in a loop or under a condition."""
        while self._at < len(self._tokens) and self._peek() not in {"{", "\n"}:
            if self._peek() == "(":
                self._group()
            else:
                self._at += 1
        if self._peek() == "{":
            self._object((), lines, texts)
        self._finish()

    def _object(self, pointer: Pointer, lines: Lines, texts: dict[Pointer, str]) -> None:
        self._at += 1
        while self._skip_space() and self._peek() != "}":
            start = self._offset()
            key = self._key()
            at = (*pointer, key)
            lines[at] = self._line(start)
            if self._peek() == ":":
                self._at += 1
                self._value(at, lines, texts)
            else:
                self._rest()
        self._at += 1

    def _list(self, pointer: Pointer, lines: Lines, texts: dict[Pointer, str]) -> None:
        self._at += 1
        index = 0
        while self._skip_space() and self._peek() != "]":
            at = (*pointer, index)
            lines[at] = self._line(self._offset())
            self._value(at, lines, texts)
            index += 1
        self._at += 1

    def _value(self, pointer: Pointer, lines: Lines, texts: dict[Pointer, str]) -> None:
        while self._at < len(self._tokens) and self._tokens[self._at][1].isspace():
            if self._peek() == "\n":
                break
            self._at += 1
        sign = self._peek()
        if sign == "{":
            self._object(pointer, lines, texts)
        elif sign == "[":
            self._list(pointer, lines, texts)
        else:
            start = self._at
            self._rest(",")
            texts[pointer] = "".join(text for _, text, _ in self._tokens[start : self._at]).strip()

    def _key(self) -> str:
        start = self._offset()
        while self._at < len(self._tokens) and self._peek() not in {":", "\n", "{", "}"}:
            self._at += 1
        key = self._text[start : self._offset()].strip()
        return key[1:-1] if key.startswith("'") else key

    def _head(self) -> str:
        """A declaration up to its equals sign or the end of its line."""
        start = self._offset()
        while self._at < len(self._tokens) and self._peek() not in {"\n", "="}:
            self._at += 1
        return self._text[start : self._offset()].strip()

    def _finish(self) -> None:
        """Goes to the end of the declaration."""
        while self._at < len(self._tokens) and self._peek() != "\n":
            if self._peek() in _OPENING:
                self._group()
            else:
                self._at += 1

    def _rest(self, until: str = "") -> None:
        """Goes to the end of the line, or to what closes around it; brackets are passed whole."""
        while self._at < len(self._tokens) and self._peek() not in {"\n", "}", "]", ")", until}:
            if self._peek() in _OPENING:
                self._group()
            else:
                self._at += 1
        if self._peek() == ")":
            self._at += 1

    def _group(self) -> None:
        closing = _OPENING[self._peek()]
        self._at += 1
        while self._at < len(self._tokens) and self._peek() != closing:
            if self._peek() in _OPENING:
                self._group()
            else:
                self._at += 1
        self._at += 1

    def _skip_space(self) -> bool:
        """Goes to the next token that is none of space; gives back whether there is one."""
        while self._at < len(self._tokens):
            text = self._tokens[self._at][1]
            if not (text.isspace() or text == ","):
                return True
            self._at += 1
        return False

    def _peek(self) -> str:
        if self._at >= len(self._tokens):
            return ""
        text = self._tokens[self._at][1]
        return text if text == "\n" else text.strip()

    def _offset(self) -> int:
        """Where the current token begins, the space in front of it aside."""
        if self._at >= len(self._tokens):
            return len(self._text)
        start, text, _ = self._tokens[self._at]
        return start + len(text) - len(text.lstrip()) if text.strip() else start

    def _line(self, offset: int) -> int:
        return bisect_right(self._starts, offset)
