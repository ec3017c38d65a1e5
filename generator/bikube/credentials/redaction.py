"""Hides credentials in whatever is shown of a spec: source lines, messages, pointers, edits.

It works on the text too, because a spec that is not valid YAML may hold credentials as well.
"""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from io import StringIO

from bikube.credentials.forms import Credential, find_credentials, find_forms, fold, may_name
from bikube.credentials.text import find_written
from bikube.document import Document, parse
from bikube.errors import FaultyFile, UserError
from bikube.text import LONGEST, Source, Span, merged, shorten

MASK = "***"

_SHORTEST = 3
_COMPARED = 2_000
"""Characters of a secret that are looked for; how far a longer one goes is looked at then."""
_COMMENT = re.compile(r"#[^\r\n]*")
_QUOTED = re.compile(r'"[^"]*"')
_LOGIN = re.compile(r":/([^\s/@]+)@")
"""The user and the password of a URL that was taken for a path, and lost a slash by that."""


class Redactor:
    """Knows the credentials of one source; makes no copy of a text that holds none."""

    def __init__(self, source: Source, document: Document | None) -> None:
        self._source = source
        self._document = document
        self._last: tuple[int, str] = (0, "")

    @property
    def _found(self) -> tuple[Credential, ...]:
        return find_credentials(self._document) if self._document is not None else ()

    @cached_property
    def _forms(self) -> tuple[Span, ...]:
        return tuple(find_forms(self._source.text))

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """Where the credentials in the document's data stand."""
        if self._document is None:
            return ()
        return tuple(self._document.span(one.pointer, one.part) for one in self._found)

    @cached_property
    def _hidden(self) -> list[Span]:
        """All that must not be shown of the text, in its order and without overlaps."""
        text = self._source.text
        if self._document is None or may_name(self._document):
            return merged((*self.spans, *find_written(text)))
        # No key says that its value is a credential; that leaves tokens, and comments.
        return merged((*self.spans, *self._forms, *_in_comments(text)))

    @cached_property
    def _secrets(self) -> "Secrets":
        text = self._source.text
        found = {text[start:end] for start, end in self._forms}
        return Secrets({*found, *(one.text for one in self._found)})

    def hide(self, text: str, span: Span | None = None) -> str:
        """``text`` without the credentials of the source, in any case of their letters.

        ``span`` is what ``text`` speaks of. If credentials are in it, what the text quotes of
        the source is hidden too, since it may be one that only its place tells.
        """
        if span is not None and self._hidden:
            text = self._hide_quotes(text, span)
        return self._secrets.mask(text, lambda _length: MASK)

    def hide_line(self, number: int) -> str:
        """Line ``number`` of the source; what is hidden keeps its width."""
        # One line can be the whole of a spec, and have all of the findings.
        if self._last[0] != number:
            span = self._source.line_span(number)
            line = self._cover(span, lambda length: "*" * length)
            self._last = number, self._secrets.mask(line, lambda length: "*" * length)
        return self._last[1]

    def _hide_quotes(self, text: str, span: Span) -> str:
        raw = self._source.cut(span)
        covered = self._cover(span, lambda _length: MASK)
        if covered == raw:
            return text
        if covered == MASK:
            text = _QUOTED.sub(f'"{MASK}"', text)
        for quoted in (raw, shorten(raw)):
            if len(quoted) >= _SHORTEST:
                text = text.replace(quoted, shorten(covered))
        return text

    def _cover(self, span: Span, mask: Callable[[int], str]) -> str:
        """The text of ``span`` with masks for what must not be shown."""
        pieces: list[str] = []
        at = span.start
        first = bisect_right(self._hidden, at, key=lambda hidden: hidden.end)
        for hidden in map(self._hidden.__getitem__, range(first, len(self._hidden))):
            start, end = max(hidden.start, span.start), min(hidden.end, span.end)
            if start >= end:
                break
            pieces += (self._source.text[at:start], mask(end - start))
            at = end
        return "".join((*pieces, self._source.text[at : span.end]))


def _in_comments(text: str) -> Iterator[Span]:
    """Credentials in what may be comments: whatever follows a ``#`` on its line."""
    # As numbers, because there may be millions of them.
    places, starts, joined = array("I"), array("I", [0]), StringIO()
    for comment in _COMMENT.finditer(text) if "#" in text else ():
        places.append(comment.start())
        starts.append(starts[-1] + joined.write(comment.group() + "\n"))
    for span in find_written(joined.getvalue()) if places else ():
        number = bisect_right(starts, span.start) - 1
        shift = places[number] - starts[number]
        yield Span(span.start + shift, min(span.end, starts[number + 1] - 1) + shift)


class Secrets:
    """Texts that must not be shown; what is looked at may hold any of many of them."""

    def __init__(self, secrets: Iterable[str]) -> None:
        lines = {line.strip() for secret in secrets for line in secret.splitlines()}
        folded = {fold(line) for line in lines if len(line) >= _SHORTEST}
        self._long: dict[str, list[str]] = {}
        for secret in sorted(folded):
            if len(secret) > _COMPARED:
                self._long.setdefault(secret[:_COMPARED], []).append(secret)
        self._sorted = sorted({secret[:_COMPARED] for secret in folded})
        self._longest = max(map(len, self._sorted), default=0)
        self._nested = tuple(_nested(self._sorted))
        self._first = re.compile("|".join(sorted({re.escape(one[0]) for one in self._sorted})))

    def mask(self, text: str, mask: Callable[[int], str]) -> str:
        """``text`` with a mask, made from its length, for each secret and each one cut short."""
        if not self._sorted:
            return text
        folded = fold(text)
        pieces: list[str] = []
        shown = 0
        first = self._first.search(folded)
        while first is not None:
            at = first.start()
            length = self._length(folded, at)
            if length:
                pieces += (text[shown:at], mask(length))
                shown = at + length
            first = self._first.search(folded, at + (length or 1))
        return "".join((*pieces, text[shown:]))

    def _length(self, folded: str, at: int) -> int:
        """How long the secret is that begins at ``at``; 0 if none does."""
        piece = folded[at : at + self._longest]
        # Secrets that the piece begins with come before it, and begin the last one before it too.
        near = bisect_right(self._sorted, piece) - 1
        if near >= 0:
            lengths = self._nested[near]
            known = bisect_right(lengths, _shared(self._sorted[near], piece))
            if known:
                return self._whole(folded, at, lengths[known - 1])
        cut = folded.find("…", at, at + LONGEST) - at
        if cut >= _SHORTEST:
            near = bisect_left(self._sorted, folded[at : at + cut])
            if near < len(self._sorted) and self._sorted[near].startswith(folded[at : at + cut]):
                return cut
        return 0

    def _whole(self, folded: str, at: int, length: int) -> int:
        """How far a secret goes of which ``length`` are known to be there; long ones were cut."""
        longer = self._long.get(folded[at : at + length], ())
        return max((_shared(one, folded[at : at + len(one)]) for one in longer), default=length)


def _nested(texts: list[str]) -> Iterator[tuple[int, ...]]:
    """For each of ``texts``, which are sorted, the lengths of all that it begins with."""
    outer: list[str] = []
    for text in texts:
        while outer and not text.startswith(outer[-1]):
            outer.pop()
        outer.append(text)
        yield tuple(map(len, outer))


def _shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    least, most = 0, min(len(one), len(other))
    while least < most:
        middle = (least + most + 1) // 2
        if one[:middle] == other[:middle]:
            least = middle
        else:
            most = middle - 1
    return least


def hide_tokens(text: str) -> str:
    """``text`` without what has the form of a credential, whatever it is from."""
    spans = [*find_forms(text), *(Span(*match.span(1)) for match in _LOGIN.finditer(text))]
    for start, end in reversed(merged(spans)):
        text = text[:start] + MASK + text[end:]
    return text


def tell(error: UserError) -> str:
    """What ``error`` says, without the credentials of the file that it is about."""
    if not isinstance(error, FaultyFile):
        return hide_tokens(str(error))
    source, diagnostic = error.source, error.diagnostic
    span, message = diagnostic.span, diagnostic.text
    document = parse(source).document
    if document is None:
        message = Redactor(source, None).hide(message, span)
    else:
        # Ids of rules may end like the names of credentials, so that only what stands here counts.
        here = (
            one.text
            for one in find_credentials(document)
            if document.span(one.pointer, one.part) == span
        )
        message = Secrets(here).mask(message, lambda _length: MASK)
    return hide_tokens(str(FaultyFile(source, diagnostic._replace(message=message, help=""))))
