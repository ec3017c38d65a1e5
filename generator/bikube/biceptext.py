"""Writes plain data as Bicep literals that ``bicep format`` leaves as they are.

The escapes, the bare keys and the lines that the linter warns about were measured with the Bicep
CLI 0.49.2; tests put any string, key and number through the real compiler.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from json.encoder import encode_basestring_ascii as _json_string
from typing import Any

from bikube.diagnostics import Pointer

_BARE_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LONGEST_BARE_KEY = 255
_QUOTED_KEYS = frozenset({"null", "true", "false"})
# What Bicep wants escaped, and what would let a line look like another one to a reviewer.
_ESCAPED = re.compile(r"[\\'$\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_ESCAPES = {"\\": "\\\\", "'": "\\'", "$": "\\$", "\n": "\\n", "\r": "\\r", "\t": "\\t"}

ENVIRONMENT_URL = "no-hardcoded-env-urls"
ADMIN_NAME = "adminusername-should-not-be-literal"
QUOTED_KEY = "prefer-unquoted-property-names"

# The hosts of the linter's own configuration. "management.core.windows.net" is among them too, but
# whatever holds it holds "core.windows.net" with a point before it.
_CLOUD_HOSTS = (
    "azuredatalakeanalytics.net",
    "azuredatalakestore.net",
    "core.windows.net",
    "database.windows.net",
    "datalake.azure.net",
    "gallery.azure.com",
    "graph.windows.net",
    "login.microsoftonline.com",
    "management.azure.com",
    "vault.azure.net",
)
_SPARED_HOST = "schema.management.azure.com"
_CLOUD_HOST = re.compile(
    f"({re.escape(_SPARED_HOST)})|" + "|".join(map(re.escape, _CLOUD_HOSTS)),
    re.ASCII | re.IGNORECASE,
)
# Far cheaper to look for; each host has one of these.
_HINTS = ("azure.", "windows.net", "azuredatalake", "microsoftonline")

_DOUBLED_BRACKET = 1
"""ARM takes a string that begins with a bracket for an expression, unless there are two."""

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
    if len(text) > _LONGEST_BARE_KEY or text in _QUOTED_KEYS or not _BARE_KEY.fullmatch(text):
        return string(text)
    return text


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
        label, text = key(name), _value(child, inner, below, codes)
        found = [codes[below]] if codes and below in codes else []
        found += _member_codes(name, label, text if type(child) is str else "")
        if found:
            lines.append(f"{inner}#disable-next-line {' '.join(found)}")
        lines.append(f"{inner}{label}: {text}")
    lines.append(margin + "}")
    return "\n".join(lines)


def _array(value: list[Any], margin: str, path: Pointer, codes: Codes) -> str:
    inner = margin + "  "
    lines = ["["]
    for index, child in enumerate(value):
        text = _value(child, inner, (*path, index) if codes else path, codes)
        if type(child) is str and linter_codes(text):
            lines.append(f"{inner}#disable-next-line {ENVIRONMENT_URL}")
        lines.append(inner + text)
    lines.append(margin + "]")
    return "\n".join(lines)


def _member_codes(name: str, label: str, text: str) -> Iterator[str]:
    """What the linter says of a member; ``text`` is its value in a literal, empty if no string."""
    if text and name.lower() == "adminusername":
        yield ADMIN_NAME
    yield from linter_codes(label, text)
    # The linter asks for a bare key here too, which the compiler would refuse as too long.
    if len(name) > _LONGEST_BARE_KEY and _BARE_KEY.fullmatch(name):
        yield QUOTED_KEY


def linter_codes(*literals: str) -> tuple[str, ...]:
    r"""What the linter says of a line that holds these literals, as they are written.

    It takes the host of a cloud for hard-coded wherever neither a letter nor a digit stands next
    to it. It looks at the source: after ``\n`` it sees a letter, after ``\u{1}`` a brace.
    """
    for text in literals:
        hinted = "." in text and any(hint in text.lower() for hint in _HINTS)
        if hinted and any(_is_reported(match) for match in _CLOUD_HOST.finditer(text)):
            return (ENVIRONMENT_URL,)
    return ()


def _is_reported(match: "re.Match[str]") -> bool:
    text, start, end = match.string, *match.span()
    if _is_letter_or_digit(text[end]):
        return False
    # The spared host in a longer word is not spared: what is left of it has a point before it.
    return _is_letter_or_digit(text[start - 1]) == bool(match.group(1))


def _is_letter_or_digit(character: str) -> bool:
    """As .NET sees it, which looks at UTF-16: nothing past U+FFFF is a letter there."""
    if character.isascii():
        return character.isalnum()
    from unicodedata import category

    kind = category(character)
    return character <= "\uffff" and (kind[0] == "L" or kind == "Nd")


def compiled_size(value: Any, indent: int) -> int:
    """No fewer bytes than ``value`` takes in compiled JSON, in a line that begins at ``indent``."""
    match value:
        case str():
            return len(_json_string(value)) + _DOUBLED_BRACKET
        case float():
            return len("\"[json('')]\"") + len(repr(value))
        case dict():
            members = [
                _key_size(name) + len(": ") + compiled_size(child, indent + 2)
                for name, child in value.items()
            ]
        case list():
            members = [compiled_size(child, indent + 2) for child in value]
        case _:
            return len(str(value))
    # Each member has a line of its own, with its comma; the closing bracket has the last one.
    return sum(members) + len(members) * (indent + 4) + indent + len("{\n}")


def _key_size(name: str) -> int:
    # The compiler hides this one key from ARM, which would make copies.
    hidden = len("[string('')]") if name.lower() == "copy" else 0
    return len(_json_string(name)) + _DOUBLED_BRACKET + hidden
