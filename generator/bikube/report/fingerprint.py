"""One identity of a finding for baselines, SARIF and GitLab alike.

It is made of rule, file, path (list items by their ``name``), a hash of the offending value and a
count of equals. So it survives moved lines and reordered entries, and a second occurrence of the
same thing is new. Credentials are left out.

Of a finding with two places either one may be the second after a reordering. So its path is
without the entries' names, and its value is that of both places.
"""

from collections import Counter
from hashlib import sha256
from typing import Any

from bikube.credentials.redaction import Redactor
from bikube.diagnostics import Diagnostic, Pointer, join_pointer
from bikube.document import Document
from bikube.text.source import Span

_ANY = "*"
"""Stands in a path for an item without a name: its number would change with the order."""


class Fingerprints:
    """Gives out the fingerprints of one file's findings, which come in the order of its text.

    ``file`` is the file's path from a folder that is the same on every machine. ``seen`` counts
    what the files of a run had before.
    """

    def __init__(
        self, file: str, document: Document | None, redactor: Redactor, seen: Counter[str]
    ) -> None:
        self._file = file
        self._document = document
        self._redactor = redactor
        self._credentials = frozenset(redactor.spans)
        self._seen = seen

    def of(self, diagnostic: Diagnostic, *, once: bool = False) -> str:
        """The fingerprint of ``diagnostic``: 32 hexadecimal digits.

        With ``once`` it is of a rule that reports the first of many like places, wherever that is.
        """
        parts = [diagnostic.rule, self._file]
        if not once and self._document is not None:
            parts += [self.path(diagnostic), self._value(diagnostic, self._document)]
        identity = "\0".join(parts)
        occurrence = self._seen[identity]
        self._seen[identity] += 1
        text = f"{identity}\0{occurrence}"
        # A file's name may be bytes that are no UTF-8.
        return sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:32]

    def path(self, diagnostic: Diagnostic) -> str:
        """The path as fingerprints have it: names of list items, no credentials."""
        path = diagnostic.pointer
        if self._document is None or diagnostic.related:
            named: Pointer = tuple(_ANY if isinstance(token, int) else token for token in path)
        else:
            named = _named(path, self._document.data)
        return join_pointer(tuple(self._redactor.hide(str(token)) for token in named))

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
    """``pointer`` into ``data``, with the names of list items instead of their numbers."""
    named: list[str] = []
    for token in pointer:
        data = data[token]
        if isinstance(token, int):
            name = data.get("name") if isinstance(data, dict) else None
            named.append(name if isinstance(name, str) else _ANY)
        else:
            named.append(token)
    return tuple(named)
