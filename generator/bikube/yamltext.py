"""Writes one string as a YAML scalar that YAML 1.1 and YAML 1.2 readers both read back."""

import re

from bikube.document.scalars import FIRST

# What is plain in every reader: no indicator at the start, no ": " or " #" inside, no trailing
# space or colon. Narrower than YAML allows, because a needless quote is harmless.
_PLAIN = re.compile(r"[A-Za-z0-9_/.+-](?:[A-Za-z0-9_/.+@%=~^$;()-]|:(?=[^\s])|,(?=[^\s])| (?=[^\s#:]))*")
# YAML 1.1 resolves these, in any case of their letters, to something other than strings.
_WORDS_11 = frozenset("y yes n no on off true false null".split())
_NUMBER_LIKE = re.compile(r"[-+]?[.0-9][0-9_.,:eExXoOa-fA-FtTzZ+ -]*|[-+]?\.(inf|nan)", re.IGNORECASE)
_ESCAPES = {"\0": "\\0", "\t": "\\t", "\n": "\\n", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_SPECIAL = re.compile('[\\\\"]|[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]')
_PRINTABLE = re.compile("[\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*")


def is_plain(text: str) -> bool:
    """Whether ``text`` may stand without quotes, as a key or a value, in block style."""
    return (
        _PLAIN.fullmatch(text) is not None
        and text.lower() not in _WORDS_11
        and not (text[0] in FIRST and _NUMBER_LIKE.fullmatch(text))
        and not text.startswith(("-", "---", "...")) 
    )


def scalar(text: str) -> str:
    """``text`` as a plain scalar where that is safe, else in single or double quotes."""
    if is_plain(text):
        return text
    if _PRINTABLE.fullmatch(text):
        return "'" + text.replace("'", "''") + "'"
    return '"' + _SPECIAL.sub(_escape, text) + '"'


def _escape(match: "re.Match[str]") -> str:
    character = match.group()
    known = _ESCAPES.get(character)
    if known is not None:
        return known
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
