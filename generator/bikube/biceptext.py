"""Writes plain data as Bicep literals that ``bicep format`` leaves as they are.

The escapes, the bare keys and the lines that the linter warns about were measured with the Bicep
CLI 0.49.2; tests put any string, key and number through the real compiler.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from json.encoder import encode_basestring_ascii as _json_string
from typing import Any, NamedTuple

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
_HINT = re.compile(r"azure\.|azuredatalake|windows\.net|microsoftonline", re.ASCII | re.IGNORECASE)

_DOUBLED_BRACKET = 1
"""ARM takes a string that begins with a bracket for an expression, unless there are two."""

_LINE = 32
"""What a line has more in JSON than in Bicep: quotes, a comma, indentation, a hidden key."""

Codes = Mapping[Pointer, str]
_NO_CODES: Codes = {}


def literal(value: Any, indent: int = 0, codes: Codes = _NO_CODES) -> str:
    """``value`` as a Bicep expression whose further lines are indented by ``indent``.

    ``codes`` are compiler warnings to silence, by the path of the member that they are about.
    """
    lines: list[str] = []
    _Writer(lines, codes).add("", value, "  " * (indent // 2), ())
    return "\n".join(lines)


def string(text: str) -> str:
    """``text`` in quotes."""
    if _ESCAPED.search(text):
        text = _ESCAPED.sub(_escape, text)
    return f"'{text}'"


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
    """Adds the lines of a value to ``lines``; see ``literal`` for ``codes``."""

    lines: list[str]
    codes: Codes

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
            below = (*path, name) if self.codes else path
            if type(child) is str:
                text = string(child)
                found = label.codes_of_text + linter_codes(text)
                if found or self.codes:
                    self._silence(found, margin, below)
                self.lines.append(f"{margin}{label.text}: {text}")
            else:
                if label.codes or self.codes:
                    self._silence(label.codes, margin, below)
                self.add(f"{margin}{label.text}: ", child, margin, below)

    def _items(self, value: list[Any], margin: str, path: Pointer) -> None:
        for index, child in enumerate(value):
            below = (*path, index) if self.codes else path
            self._silence(linter_codes(string(child)) if type(child) is str else (), margin, below)
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
            return "{}"
        case _:
            return "[]"


def linter_codes(text: str) -> tuple[str, ...]:
    r"""What the linter says of a line that holds this literal, as it is written.

    It takes the host of a cloud for hard-coded wherever neither a letter nor a digit stands next
    to it. It looks at the source: after ``\n`` it sees a letter, after ``\u{1}`` a brace.
    """
    hinted = "." in text and _HINT.search(text)
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


def largest_compiled(text: str) -> int:
    """No fewer bytes than the literal ``text`` of a resource's properties takes in compiled JSON.

    Far quicker than ``compiled_size``, and far from it where most lines are short.
    """
    # Outside of ASCII a byte of UTF-8 becomes at most three of an escape; a quote gets a backslash,
    # and so do some of the escapes that Bicep writes with fewer characters.
    size = len(text) if text.isascii() else 3 * len(text.encode())
    return size + text.count('"') + text.count("\\") + _LINE * (text.count("\n") + 1)


def compiled_size(value: Any, indent: int) -> int:
    """No fewer bytes than ``value`` takes in compiled JSON, in a line that begins at ``indent``."""
    match value:
        case str():
            return len(_json_string(value)) + _DOUBLED_BRACKET
        case float():
            return len("\"[json('')]\"") + len(repr(value))
        case dict():
            members = [
                _key_size(name) + compiled_size(child, indent + 2) for name, child in value.items()
            ]
        case list():
            members = [compiled_size(child, indent + 2) for child in value]
        case _:
            return len(str(value))
    # Each member has a line of its own, with its comma; the closing bracket has the last one.
    return sum(members) + len(members) * (indent + 4) + indent + len("{\n}")


@lru_cache(maxsize=512)
def _key_size(name: str) -> int:
    # The compiler hides this one key from ARM, which would make copies.
    hidden = len("[string('')]") if name.lower() == "copy" else 0
    return len(_json_string(name)) + _DOUBLED_BRACKET + hidden + len(": ")
