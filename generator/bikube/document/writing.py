"""Writes plain data as block YAML that YAML 1.1 and YAML 1.2 readers read back alike."""

import json
import re
from functools import lru_cache
from typing import Any

from bikube.document.scalars import FIRST
from bikube.text import UNSEEN, escape

_MARGIN = "  "
_LONGEST_KEY = 1000
"""YAML readers look for the colon of a simple key within 1,024 characters."""

_LONG = 128
"""Characters of a value from which on it is not remembered."""

# What is plain in every reader. YAML allows more, but a needless quote is harmless.
_WITHIN = r"[A-Za-z0-9_/.+@%=~^$;()-]*"
_PLAIN = re.compile(
    rf"[A-Za-z0-9_/.+]{_WITHIN}(?:(?: (?=[A-Za-z0-9])|:(?=[A-Za-z0-9/])){_WITHIN})*"
)
# What YAML 1.1 resolves to booleans and null, in any case of its letters.
_WORDS = frozenset(["y", "yes", "n", "no", "on", "off", "true", "false", "null"])
_NUMBER = re.compile(r"[-+.0-9][-+._:,0-9a-fox tz]*|[-+]?\.(inf|nan)", re.IGNORECASE)
_UNSEEN = re.compile(f"[{UNSEEN}]")
_ESCAPED = re.compile(rf'[{UNSEEN}\\"]')
_ESCAPES = {"\0": "\\0", "\t": "\\t", "\n": "\\n", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def scalar(text: str) -> str:
    """``text`` as a plain scalar where every reader takes it for that string, else in quotes."""
    number = text[:1] in FIRST and _NUMBER.fullmatch(text)
    if not number and _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    if _UNSEEN.search(text):
        return '"' + _ESCAPED.sub(_escape, text) + '"'
    # Double quotes wherever they need no escape: formatters such as Prettier prefer them so.
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _escape(match: "re.Match[str]") -> str:
    return _ESCAPES.get(match.group()) or escape(match.group())


def block(value: Any, indent: int = 0) -> str:
    """``value`` as YAML whose further lines are indented by ``indent``.

    A map or list that is not empty begins with a line break, to stand after ``key:``.
    """
    lines: list[str] = []
    _add("", value, " " * indent, lines)
    return "\n".join(lines)


def _add(head: str, value: Any, margin: str, lines: list[str]) -> None:
    """Adds the lines of ``value``, which stands after a key, a dash or nothing: ``head``."""
    kind = type(value)
    if kind is dict and value:
        lines.append(head)
        _add_members(value, margin, lines)
    elif kind is list and value:
        lines.append(head)
        _add_items(value, margin, lines)
    else:
        lines.append(f"{head} {_inline(value)}")


def _inline(value: Any) -> str:
    match value:
        case str():
            return scalar(value)
        case float():
            return _number(value)
        case _:
            return json.dumps(value)


def _number(value: float) -> str:
    """A float that YAML 1.1 takes for one too: it wants a point before the exponent."""
    text = repr(value)
    return text if "." in text else text.replace("e", ".0e")


# A spec has few keys, however long it is, and most short values stand in many resources.
_key = lru_cache(maxsize=512)(scalar)
_short = lru_cache(maxsize=4096)(scalar)


def _add_members(value: dict[str, Any], margin: str, lines: list[str]) -> None:
    inner = margin + _MARGIN
    for name, child in value.items():
        key = _key(name)
        head = f"{margin}{key}:" if len(key) < _LONGEST_KEY else f"{margin}? {key}\n{margin}:"
        if type(child) is str:
            text = _short(child) if len(child) < _LONG else scalar(child)
            lines.append(f"{head} {text}")
        else:
            _add(head, child, inner, lines)


def _add_items(value: list[Any], margin: str, lines: list[str]) -> None:
    inner = margin + _MARGIN
    for child in value:
        first = len(lines)
        _add(f"{margin}-", child, inner, lines)
        if len(lines) > first + 1:
            # The first line of a nested collection moves up beside its dash.
            lines[first : first + 2] = [f"{lines[first]} {lines[first + 1].lstrip()}"]
