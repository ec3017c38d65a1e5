"""Reads the properties of resources back out of a template, without any code that wrote it."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

_TOKEN = re.compile(
    r"(?P<skip>[ \t]*(?:#disable-next-line|//)[^\n]*\n|[ \t]+)"
    r"|(?P<long>'''\n?(?P<content>.*?)'''(?!'))"
    r"|(?P<string>'(?:[^'\\\n$]|\\(?:[\\'nrt$]|u\{[0-9a-f]+\})|\$(?!\{))*')"
    r"|(?P<number>-?[0-9]+)"
    r"|(?P<word>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*)"
    r"|(?P<sign>[]{}[:=().,@\n])",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")
_PLAIN = {"n": "\n", "r": "\r", "t": "\t"}
_CONSTANTS: dict[str, Any] = {"true": True, "false": False, "null": None}


class Reference(NamedTuple):
    """A symbol in the place of a value, such as the name of another resource, or a function."""

    symbol: str


class Unreadable(Exception):
    """The text is no template of the form that bikube writes."""


def read_properties(text: str) -> list[Any]:
    """The ``properties`` of every resource that is not an existing one, in their order.

    Raises:
        Unreadable: what is no template; the message has the place.
    """
    reader = _Reader(list(_tokens(text)))
    found = []
    while reader.left:
        kind, value = reader.next()
        if kind == "word" and value == "resource":
            found += reader.resource()
    return found


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise Unreadable(f"at {at}: {text[at : at + 40]!r}")
        at = match.end()
        match match.lastgroup:
            case "skip":
                continue
            case "content" | "long":
                yield "value", match["content"]
            case "string":
                yield "value", _ESCAPE.sub(_unescape, match[0][1:-1])
            case kind:
                yield str(kind), match[0]


def _unescape(match: "re.Match[str]") -> str:
    return chr(int(match[1], 16)) if match[1] else _PLAIN.get(match[2], match[2])


class _Reader:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._at = 0

    @property
    def left(self) -> bool:
        return self._at < len(self._tokens)

    def next(self) -> tuple[str, str]:
        if not self.left:
            raise Unreadable("it ends too early")
        self._at += 1
        return self._tokens[self._at - 1]

    def _take(self, sign: str) -> None:
        token = self.next()
        if token != ("sign", sign):
            raise Unreadable(f"{token} where {sign!r} is expected")

    def _is_next(self, *signs: str) -> bool:
        return self.left and self._tokens[self._at] in [("sign", sign) for sign in signs]

    def resource(self) -> list[Any]:
        """The properties of the resource whose keyword was read; none if it is an existing one."""
        self.next()
        self.next()
        is_existing = self._tokens[self._at] == ("word", "existing")
        if is_existing:
            self.next()
        self._take("=")
        body = self.value()
        return [] if is_existing else [body["properties"]]

    def value(self) -> Any:
        """The value that comes next."""
        kind, text = self.next()
        match kind, text:
            case "value", _:
                return text
            case "number", _:
                return int(text)
            case "word", "json":
                self._take("(")
                number = float(self.next()[1])
                self._take(")")
                return number
            case "word", _ if self._is_next("("):
                return self._call(text)
            case "word", _:
                return _CONSTANTS[text] if text in _CONSTANTS else Reference(text)
            case "sign", "{":
                return dict(self._members())
            case "sign", "[":
                return list(self._items())
        raise Unreadable(f"{text!r} where a value is expected")

    def _call(self, name: str) -> Reference:
        """The function ``name``, whose arguments come next, and then what is asked of its value."""
        self._take("(")
        while not self._is_next(")"):
            self.value()
            if self._is_next(","):
                self._take(",")
        self._take(")")
        while self._is_next("."):
            self._take(".")
            self.next()
        return Reference(name)

    def _members(self) -> Iterator[tuple[str, Any]]:
        while not self._ends("}"):
            kind, name = self.next()
            if kind not in ("word", "value"):
                raise Unreadable(f"{name!r} where a key is expected")
            self._take(":")
            yield name, self.value()

    def _items(self) -> Iterator[Any]:
        while not self._ends("]"):
            yield self.value()

    def _ends(self, sign: str) -> bool:
        while self._is_next("\n"):
            self.next()
        if self._is_next(sign):
            self.next()
            return True
        return False
