"""Reads YAML by ``ruamel.yaml``'s parser; shares nothing with what reads and writes specs.

Plain scalars mean what the core schema of YAML 1.2 says (section 10.3.2), and keys are always
text. A manifest's plain scalars have to mean the same to readers of YAML 1.1, which are what
``kubectl`` and many a tool have.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.resolver import implicit_resolvers

from bikube.verify.places import Lines, Pointer

_CORE = "tag:yaml.org,2002:"
_MOST = 5_000_000
"""Values that a file may have, each repeated one counted again."""

_INT = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEX = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_ODD_FLOAT = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
# Some readers of YAML 1.1 want a point in a number with an exponent, and a sign in the exponent.
_OLD_FLOAT = re.compile(
    r"[-+]?[0-9]*\.[0-9]*([eE][-+][0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
)
_NAMES = {bool: "bool", int: "int", float: "float", type(None): "null", str: "str"}
_OLD_FORMS = [
    (str(tag).removeprefix(_CORE), pattern, frozenset(firsts))
    for versions, tag, pattern, firsts in implicit_resolvers
    if (1, 1) in versions
]
# Where YAML 1.1 has line ends and YAML 1.2 has none: kept from the parser, whose idea is the old
# one, by characters that no text means.
_BREAKS = str.maketrans({"\x85": "\ufdd0", "\u2028": "\ufdd1", "\u2029": "\ufdd2"})
_RESTORED = str.maketrans({"\ufdd0": "\x85", "\ufdd1": "\u2028", "\ufdd2": "\u2029"})


class ReadingFault(Exception):
    """A text is no YAML, or readers do not agree on it; ``line`` is 0 where none is meant."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


def read(text: str, *, lines: list[Lines] | None = None, old: bool = True) -> list[Any]:
    """The documents of ``text`` as plain data; into ``lines`` goes where each one's values stand.

    With ``old`` the text has to mean the same to readers of YAML 1.1.

    Raises:
        ReadingFault: it cannot be read, or two kinds of readers differ over it.
    """
    reader = _Reader(text, lines, is_old=old)
    try:
        return list(reader.documents())
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise ReadingFault(str(error.problem or error.context), line) from error
    except (YAMLError, ValueError) as error:
        raise ReadingFault(str(error).partition("\n")[0]) from error
    except RecursionError as error:
        raise ReadingFault("it is nested too deeply") from error


class _Yaml(YAML):
    """A reader without plug-ins, since looking for these costs more than a small text does."""

    def official_plug_ins(self) -> list[Any]:
        """None."""
        return []


class _Reader:
    """Builds data from the events of one text."""

    def __init__(self, text: str, lines: list[Lines] | None, *, is_old: bool) -> None:
        parser = _Yaml(typ="safe", pure=True)
        self._has_odd_breaks = any(one in text for one in "\x85\u2028\u2029")
        text = text.removeprefix("\ufeff")
        self._events = iter(parser.parse(text.translate(_BREAKS) if self._has_odd_breaks else text))
        self._all_lines = lines
        self._lines: Lines | None = None
        self._is_old = is_old
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._count = 0

    def documents(self) -> Iterator[Any]:
        """Each document in turn."""
        for event in self._events:
            if isinstance(event, DocumentStartEvent):
                self._anchors.clear()
                if self._all_lines is not None:
                    self._lines = {}
                    self._all_lines.append(self._lines)
                yield self._value(next(self._events), ())

    def _value(self, event: Any, pointer: Pointer) -> Any:
        if self._lines is not None:
            self._lines.setdefault(pointer, event.start_mark.line + 1)
        before = self._count
        self._count += 1
        if isinstance(event, AliasEvent):
            if event.anchor not in self._anchors:
                raise _fault(event, f'there is no anchor "{event.anchor}" before this alias')
            value, size = self._anchors[event.anchor]
            self._count += size
            if self._count > _MOST:
                raise _fault(event, "aliases repeat too much")
            return value
        if isinstance(event, ScalarEvent):
            value = self._scalar(event)
        elif isinstance(event, MappingStartEvent):
            value = self._map(event, pointer)
        else:
            value = self._list(event, pointer)
        if event.anchor is not None:
            self._anchors[event.anchor] = value, self._count - before
        return value

    def _map(self, start: Any, pointer: Pointer) -> dict[str, Any]:
        _hold_tag(start, "map")
        value: dict[str, Any] = {}
        while not isinstance(event := next(self._events), MappingEndEvent):
            key = self._key(event)
            if key in value:
                raise _fault(event, f'the key "{key}" is there twice')
            at = (*pointer, key)
            if self._lines is not None:
                self._lines[at] = event.start_mark.line + 1
            value[key] = self._value(next(self._events), at)
        return value

    def _key(self, event: Any) -> str:
        if not isinstance(event, ScalarEvent):
            raise _fault(event, "this key is not one word or text")
        key = self._text(event)
        if self._is_old and _is_plain(event) and type(self._scalar(event)) is not str:
            raise _fault(event, f'the key "{key}" is no text to all readers; quote it')
        return key

    def _list(self, start: Any, pointer: Pointer) -> list[Any]:
        if not isinstance(start, SequenceStartEvent):
            raise _fault(start, "a value is expected")
        _hold_tag(start, "seq")
        value: list[Any] = []
        while not isinstance(event := next(self._events), SequenceEndEvent):
            value.append(self._value(event, (*pointer, len(value))))
        return value

    def _scalar(self, event: Any) -> Any:
        text = self._text(event)
        if event.tag is not None and event.tag != "!":
            return _tagged(event, text)
        if not _is_plain(event):
            return text
        value = core(text)
        if self._is_old and not _means_the_same(text):
            raise _fault(event, f'YAML 1.1 and YAML 1.2 read "{text}" differently; quote it')
        return value

    def _text(self, event: Any) -> str:
        text: str = event.value
        return text.translate(_RESTORED) if self._has_odd_breaks else text


@lru_cache(maxsize=4096)
def core(text: str) -> Any:
    """What the plain scalar ``text`` means by the core schema."""
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    if _OCTAL.fullmatch(text) or _HEX.fullmatch(text):
        return int(text, 0)
    if _FLOAT.fullmatch(text):
        return float(text)
    return float(text.replace(".", "")) if _ODD_FLOAT.fullmatch(text) else text


@lru_cache(maxsize=4096)
def _means_the_same(text: str) -> bool:
    """Whether the plain scalar ``text`` is the same value in YAML 1.1."""
    value = core(text)
    old = next(
        (tag for tag, form, firsts in _OLD_FORMS if text[:1] in firsts and form.match(text)), "str"
    )
    if old != _NAMES[type(value)]:
        return False
    if old == "float":
        return _OLD_FLOAT.fullmatch(text) is not None
    return old != "int" or not re.match(r"[-+]?0[0-9]", text)


def _tagged(event: Any, text: str) -> Any:
    readers: dict[str, Callable[[str], Any]] = {"str": str, "int": core, "float": float}
    readers |= {"bool": core, "null": core}
    name = str(event.tag).removeprefix(_CORE)
    value = readers[name](text) if name in readers else None
    if name not in readers or _NAMES[type(value)] != name:
        raise _fault(event, f'the tag "{event.tag}" does not fit here')
    return value


def _hold_tag(event: Any, name: str) -> None:
    if event.tag is not None and event.tag not in {f"{_CORE}{name}", "!"}:
        raise _fault(event, f'the tag "{event.tag}" does not fit here')


def _is_plain(event: Any) -> bool:
    return event.style is None


def _fault(event: Any, message: str) -> ReadingFault:
    return ReadingFault(message, event.start_mark.line + 1)
