"""Finds credentials in the text of a spec as it is written: valid YAML or not, comments too.

It only decides what is not shown, so in doubt it finds too much.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bikube.credentials.forms import find_forms, is_credential_key, names_secret
from bikube.text.source import Span

_FRAGMENTS = ("pass", "pwd", "secret", "token", "key", "string", "signature", "credential", "json")
"""Every key that names a credential holds one of these."""

_OTHERWISE = "(?![a-z]*(?:ref|name|settings)\\b)"
"""Follows no fragment that is part of a longer word, whose value is no credential."""

_FAR = 2_000
"""Characters within which quotes and brackets must close to count."""
_NEAR = 1_000
"""Characters that are looked at before a key on a long line."""
_LONGEST_LOGIN = 100

_ASSIGNMENT = re.compile(
    r"""("(?:[^"\\\n]|\\.){0,60}"|'[^'\n]{0,60}'|(?<![\w.$/-])[\w.$][\w.$/-]*(?:[ ][\w.-]+)?)
        \s*([:=])""",
    re.VERBOSE,
)
_LINE = re.compile(r"[^\r\n]*")
_ASSIGNED = re.compile(r"""[ \t]*("[^"\r\n]*"?|'[^'\r\n]*'?|[^\s;,&"']*)""")
_LEAD = re.compile(r"(?:[ \t]|[&!][^\s,\[\]{}]*)*")
_QUOTED = re.compile(r""""(?:[^"\\]|\\[\s\S])*"|'(?:[^']|'')*'""")
_ESCAPED = re.compile(r'"(?:[^"\\\r\n]|\\.)*"?')
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))")
_EXPLICIT = re.compile(r"[ \t-]*\?[ \t]")
_OPENERS = ('"', "'", "[", "{")
_NOTHING_YET = re.compile(r"[|>+\-0-9 \t]*(?:#.*)?")
_BRACKETS = re.compile(r"[\[\]{}]")
_IN_FLOW = re.compile(r"[^,}\]]*")
_KEY_AHEAD = re.compile(r"""(?:-\s+)?["']?([\w.$/-]+)["']?\s*:(?:\s|$)""")
_ANCHOR = re.compile(r"&([^\s,\[\]{}]+)(?=\s)")
_ALIAS = re.compile(r"\*([^\s,\[\]{}]+)")
_LOGIN = re.compile(
    r"""(?:host|hostname|server|registry|url|endpoint)["']?\s*:\s*["']?([^\s/@:"']+:[^\s/@]+)\Z""",
    re.IGNORECASE,
)
_NO_CREDENTIAL = re.compile(r"(?:true|false|null|~|<[^<>]*>)?", re.IGNORECASE)


class _Value(NamedTuple):
    """What is assigned: to which key, where that begins, and where the value does."""

    key: str
    sign: str
    start: int
    at: int


def find_written(text: str) -> list[Span]:
    """Where in ``text`` credentials stand, as sorted spans that do not overlap."""
    spans = [*find_forms(text), *_escaped(text), *_logins(text), *_assigned(text)]
    spans.sort()
    merged: list[Span] = []
    for span in spans:
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        elif span.end > span.start:
            merged.append(span)
    return merged


def _escaped(text: str) -> Iterator[Span]:
    """Double-quoted strings that hold a well-known token once their escapes are read."""
    if "\\" not in text:
        return
    for match in _ESCAPED.finditer(text):
        if "\\" in match.group() and any(find_forms(unescape(match.group()))):
            yield Span(*match.span())


def _logins(text: str) -> Iterator[Span]:
    """Users and passwords before the hosts that are the values of such keys."""
    at = text.find("@")
    while at >= 0:
        start = max(_line_start(text, at), text.rfind("@", at - _LONGEST_LOGIN, at) + 1)
        match = _LOGIN.search(text[max(start, at - _LONGEST_LOGIN) : at])
        if match is not None:
            yield Span(start + match.start(1), at)
        at = text.find("@", at + 1)


def unescape(quoted: str) -> str:
    """The content of a double-quoted string, without its quotes."""

    def read(match: "re.Match[str]") -> str:
        code = match.group(1) or match.group(2) or match.group(3)
        return chr(min(int(code, 16), 0x10FFFF)) if code else match.group(4)

    return _ESCAPE.sub(read, quoted).strip('"')


def _assigned(text: str) -> Iterator[Span]:
    """The values of keys that name a credential."""
    # U+0130 is the one character that another number of characters is the lower case of.
    lowered = text.replace("\u0130", "i").lower()
    fragments = [one + _OTHERWISE for one in _FRAGMENTS if one in lowered]
    if "\\" in text:
        fragments.append(re.escape("\\"))
    values = list(_values(text, lowered, fragments))
    if any(value.key in ("key", "name") and _is_label(text, value) for value in values):
        values += [value for value in _values(text, lowered, ["value"]) if value.key == "value"]
    aliases = set()
    end = 0
    for value in sorted(values, key=lambda one: one.start):
        if value.at >= end and _is_credential(text, value):
            for span in _extent(text, value):
                end = span.end
                yield span
                aliases.update(_ALIAS.findall(text, *span))
    if aliases:
        yield from _anchored(text, aliases)


def _values(text: str, lowered: str, fragments: list[str]) -> Iterator[_Value]:
    """The assignments on every line that holds one of ``fragments``, which are patterns."""
    lines = set()
    for fragment in map(re.compile, fragments):
        hit = fragment.search(lowered)
        while hit is not None:
            line = Span(_line_start(text, hit.start()), _line_end(text, hit.start()))
            lines.add(line)
            hit = fragment.search(lowered, line.end)
    for line in sorted(lines):
        # After "? key" the colon is on the next line.
        end = line.end + (_NEAR if _EXPLICIT.match(text, *line) else 0)
        for found in _ASSIGNMENT.finditer(text, line.start, end):
            key = found.group(1)
            plain = unescape(key) if key.startswith('"') else key.strip("'")
            yield _Value(plain, found.group(2), found.start(), found.end())


def _is_label(text: str, value: _Value) -> bool:
    match = _ASSIGNED.match(text, value.at)
    return match is not None and is_credential_key(match.group(1).strip("\"'{}[] "))


def _is_credential(text: str, value: _Value) -> bool:
    if (
        value.key == "secretKey"
        and "secretRef" in text[max(0, value.start - _NEAR) : value.at + _NEAR]
    ):
        return False
    return value.key == "value" or is_credential_key(value.key)


def _anchored(text: str, names: set[str]) -> Iterator[Span]:
    """What the anchors with these names stand before."""
    for anchor in _ANCHOR.finditer(text):
        if anchor.group(1) in names:
            line = _line_start(text, anchor.start())
            before = text[line : anchor.start()]
            start = line + len(before) - len(before.lstrip())
            yield from _extent(text, _Value("", ":", start, anchor.end()))


def _extent(text: str, value: _Value) -> Iterator[Span]:
    """The spans of one value, without lines that by their own words name a secret."""
    line = _line_start(text, value.start)
    before = text[line : value.start]
    if value.sign == "=":
        match = _ASSIGNED.match(text, value.at)
        yield Span(*match.span(1)) if match is not None else Span(value.at, value.at)
        return
    at = _end(_LEAD.match(text, value.at), value.at)
    closed = _closed(text, at) if text[at : at + 1] in _OPENERS else None
    if "#" in before:
        yield _rest(text, value.at)
    elif closed is not None:
        yield from _unnamed(text, Span(at, closed))
    elif before.count("{") + before.count("[") > before.count("}") + before.count("]"):
        yield _trimmed(text, at, _end(_IN_FLOW.match(text, at, at + _FAR), at))
    else:
        yield _rest(text, at)
        yield from _lines_below(text, value.start - line, at)


def _end(match: "re.Match[str] | None", otherwise: int) -> int:
    return match.end() if match is not None else otherwise


def _line_start(text: str, at: int) -> int:
    """Where the line of ``at`` starts, or a long line comes near to it."""
    least = max(0, at - _NEAR)
    ends = text.rfind("\n", least, at), text.rfind("\r", least, at)
    return max(*ends, least - 1) + 1


def _line_end(text: str, at: int) -> int:
    return _end(_LINE.match(text, at), at)


def _trimmed(text: str, start: int, end: int) -> Span:
    cut = text[start:end]
    first = start + len(cut) - len(cut.lstrip())
    return Span(first, max(first, start + len(cut.rstrip())))


def _rest(text: str, at: int) -> Span:
    span = _trimmed(text, at, _line_end(text, at))
    return Span(at, at) if _NO_CREDENTIAL.fullmatch(text, *span) else span


def _closed(text: str, at: int) -> int | None:
    """Where the quotes or brackets that open at ``at`` close, if that is not far."""
    if text[at] in "\"'":
        match = _QUOTED.match(text, at, at + _FAR)
        return match.end() if match is not None else None
    depth = 0
    for bracket in _BRACKETS.finditer(text, at, at + _FAR):
        depth += 1 if bracket.group() in "[{" else -1
        if depth == 0:
            return bracket.end()
    return None


def _unnamed(text: str, span: Span) -> Iterator[Span]:
    """``span``, unless it is a map of nothing but names of secrets."""
    keys = [key.strip("\"'") for key, _ in _ASSIGNMENT.findall(text, *span)]
    if text[span.start] != "{" or not keys or not all(map(names_secret, keys)):
        yield span


def _lines_below(text: str, column: int, at: int) -> Iterator[Span]:
    """The lines that may continue a value that begins at ``at`` and whose key is in ``column``.

    They are indented deeper, or items of a list. In brackets, and on the line after a key without
    a value, anything may be the value but another key.
    """
    end = _line_end(text, at)
    is_open = _NOTHING_YET.fullmatch(text, at, end) is not None
    while end < len(text):
        start = end + (2 if text.startswith("\r\n", end) else 1)
        end = _line_end(text, start)
        span = _trimmed(text, start, end)
        content = text[span.start : span.end]
        if not content:
            continue
        indent = span.start - start
        ahead = _KEY_AHEAD.match(content)
        deeper = indent > column or (indent == column and content.startswith("- "))
        if not deeper and (ahead is not None or not is_open):
            return
        is_open = False
        if ahead is None or not names_secret(ahead.group(1)):
            yield span
