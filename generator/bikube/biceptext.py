"""Writes plain data as Bicep literals that ``bicep format`` leaves as they are.

The escapes, the bare keys and the lines that the linter warns about were measured with the Bicep
CLI 0.49.2; tests put any string, key and number through the real compiler.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from bikube.diagnostics import Pointer

_BARE_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_QUOTED_KEYS = frozenset({"null", "true", "false"})
_ESCAPED = re.compile(r"[\\'$\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_ESCAPES = {"\\": "\\\\", "'": "\\'", "$": "\\$", "\n": "\\n", "\r": "\\r", "\t": "\\t"}

_ENVIRONMENT_HOSTS = (
    "management.azure.com",
    "management.core.windows.net",
    "gallery.azure.com",
    "graph.windows.net",
    "login.microsoftonline.com",
    "database.windows.net",
    "core.windows.net",
    "vault.azure.net",
    "azuredatalakestore.net",
    "azuredatalakeanalytics.net",
    "datalake.azure.net",
)
_ENVIRONMENT_URL = re.compile(
    r"(?<![A-Za-z0-9_-])(?:" + "|".join(map(re.escape, _ENVIRONMENT_HOSTS)) + r")(?![A-Za-z0-9_-])",
    re.IGNORECASE,
)
ENVIRONMENT_URL = "no-hardcoded-env-urls"

Codes = Mapping[Pointer, str]
_NO_CODES: Codes = {}


def literal(value: Any, indent: int = 0, codes: Codes = _NO_CODES) -> str:
    """``value`` as a Bicep expression whose further lines are indented by ``indent``.

    ``codes`` are compiler warnings to silence, by the path of the member that they are about.
    """
    return _value(value, "  " * (indent // 2), (), codes)


def string(text: str) -> str:
    """``text`` in quotes."""
    if _ESCAPED.search(text):
        text = _ESCAPED.sub(_escape, text)
    return f"'{text}'"


def _escape(match: "re.Match[str]") -> str:
    character = match.group()
    return _ESCAPES.get(character) or f"\\u{{{ord(character):x}}}"


@lru_cache(maxsize=512)
def key(text: str) -> str:
    """``text`` as a property name: bare wherever that is allowed, since the linter asks for it."""
    return text if _BARE_KEY.fullmatch(text) and text not in _QUOTED_KEYS else string(text)


def _value(value: Any, margin: str, path: Pointer, codes: Codes) -> str:
    match value:
        case str():
            return string(value)
        case bool():
            return "true" if value else "false"
        case None:
            return "null"
        case int():
            return str(value)
        case float():
            return f"json('{value!r}')"
        case dict():
            return _object(value, margin, path, codes) if value else "{}"
        case _:
            return _array(value, margin, path, codes) if value else "[]"


def _object(value: dict[str, Any], margin: str, path: Pointer, codes: Codes) -> str:
    inner = margin + "  "
    lines = ["{"]
    for name, child in value.items():
        below = (*path, name) if codes else path
        directive = _directive(child, codes.get(below) if codes else None)
        if directive:
            lines.append(f"{inner}#disable-next-line {directive}")
        lines.append(f"{inner}{key(name)}: {_value(child, inner, below, codes)}")
    lines.append(margin + "}")
    return "\n".join(lines)


def _array(value: list[Any], margin: str, path: Pointer, codes: Codes) -> str:
    inner = margin + "  "
    lines = ["["]
    for index, child in enumerate(value):
        directive = _directive(child, None)
        if directive:
            lines.append(f"{inner}#disable-next-line {directive}")
        below = (*path, index) if codes else path
        lines.append(inner + _value(child, inner, below, codes))
    lines.append(margin + "]")
    return "\n".join(lines)


def _directive(value: Any, code: str | None) -> str:
    url = type(value) is str and "." in value and _ENVIRONMENT_URL.search(value)
    return " ".join(filter(None, (code, ENVIRONMENT_URL if url else None)))
