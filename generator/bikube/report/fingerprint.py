"""One identity of a finding for baselines, SARIF and GitLab alike.

It is made of rule, file, path (list items by their ``name``), a hash of the offending value and a
count of equals. So it survives moved lines and reordered entries, and a second occurrence of the
same thing is new. Credentials are left out. What is said once a run is the same in every file.

Of a finding with two places either one may be the second after a reordering. So its path is
without the entries' names, and its value is that of both places.
"""

from collections import Counter
from hashlib import sha256
from typing import Any

from bikube.azure import all_sections
from bikube.credentials.redaction import Redactor
from bikube.diagnostics import Diagnostic, Pointer, join_pointer
from bikube.document import Document
from bikube.lint import Linted
from bikube.rules import Rule, Ruleset
from bikube.spec import identity_of
from bikube.text import Span

_ANY = "*"
"""Stands in a path for an item without a name: its number would change with the order."""


def fingerprints(file: str, linted: Linted, rules: Ruleset) -> list[str]:
    """Those of ``linted.everything``, in its order: 32 hexadecimal digits each, no two equal.

    ``file`` is the file's path from a folder that is the same on every machine. Silencing one of
    two equal findings does not change the fingerprint of the other.
    """
    redactor = Redactor(linted.source, linted.document)
    identify = _Identifier(file, linted.document, redactor)
    seen: Counter[str] = Counter()
    prints = []
    for diagnostic, _by in linted.everything:
        identity = identify(diagnostic, rules[diagnostic.rule])
        text = f"{identity}\0{seen[identity]}"
        seen[identity] += 1
        # A file's name may be bytes that are no UTF-8.
        prints.append(sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:32])
    return prints


def named_path(diagnostic: Diagnostic, document: Document | None, redactor: Redactor) -> str:
    """Where ``diagnostic`` is, with the names of list items, and without credentials."""
    path = diagnostic.pointer
    if document is None or diagnostic.related:
        named: Pointer = tuple(_ANY if isinstance(token, int) else token for token in path)
    else:
        named = _named(path, document.data)
    return join_pointer(tuple(redactor.hide(str(token)) for token in named))


class _Identifier:
    """Says what makes a finding of one file this one, but for the count of equals."""

    def __init__(self, file: str, document: Document | None, redactor: Redactor) -> None:
        self._file = file
        self._document = document
        self._redactor = redactor
        self._credentials = frozenset(redactor.spans)

    def __call__(self, diagnostic: Diagnostic, rule: Rule) -> str:
        """Of a rule that reports the first of many like places or specs, it is the same for all."""
        if rule.scope == "run":
            return rule.id
        parts = [rule.id, self._file]
        if not rule.once and self._document is not None:
            parts.append(named_path(diagnostic, self._document, self._redactor))
            parts.append(self._value(diagnostic, self._document))
        return "\0".join(parts)

    def _value(self, diagnostic: Diagnostic, document: Document) -> str:
        if diagnostic.related:
            spans = {diagnostic.span, *(one.span for one in diagnostic.related)}
            return "\0".join(sorted({self._text(document, span) for span in spans}))
        if not diagnostic.pointer:
            # The parser's findings are about a piece of text, the others about the whole document.
            whole = document.span(())
            return "" if diagnostic.span == whole else self._text(document, diagnostic.span)
        value = document.resolve(diagnostic.pointer)
        hidden = document.span(diagnostic.pointer) in self._credentials
        if hidden or isinstance(value, dict | list):
            return ""
        return self._redactor.hide(f"{type(value).__name__} {value}")

    def _text(self, document: Document, span: Span) -> str:
        if span in self._credentials:
            return ""
        return self._redactor.hide(document.source.cut(span).strip("\"'"))


def _named(pointer: Pointer, data: Any) -> Pointer:
    """``pointer`` into ``data``, with the names of list items instead of their numbers.

    The name of an entry that is below a parent follows that of its parent.
    """
    named: list[str] = []
    sections = all_sections()
    for token in pointer:
        data = data[token]
        if isinstance(token, int) and len(named) == 1 and named[0] in sections:
            named.extend(identity_of(named[0], data) or (_ANY,))
        elif isinstance(token, int):
            name = data.get("name") if isinstance(data, dict) else None
            named.append(name if isinstance(name, str) else _ANY)
        else:
            named.append(token)
    return tuple(named)
