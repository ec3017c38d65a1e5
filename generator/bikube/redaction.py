"""Hides credentials in whatever is shown of a spec: source lines, messages, pointers, edits.

It works on the text too, because a spec that is not valid YAML may hold credentials as well.
"""

import re
from functools import cached_property

from bikube.credentials import FORMS, find_credentials, is_credential_key
from bikube.document import Document
from bikube.source import Source, Span

MASK = "***"

_SHORTEST = 3
_WRITTEN = re.compile(
    r"""([A-Za-z0-9_.-]+)["']?[ \t]*[:=][ \t]*
        ("(?:[^"\\\n]|\\.)*"?|'[^'\n]*'?|[^\s,}\]\#"'|>{\[&*<][^,}\]\n\r]*)""",
    re.VERBOSE,
)


class Redactor:
    """Knows the credentials of one source; makes no copy of a text that holds none."""

    def __init__(self, source: Source, document: Document | None) -> None:
        self._source = source
        self._document = document

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """Where the credentials in the document's data stand."""
        if self._document is None:
            return ()
        found = find_credentials(self._document)
        return tuple(self._document.span(one.pointer, one.part) for one in found)

    @cached_property
    def _pattern(self) -> "re.Pattern[str] | None":
        secrets = {secret for secret in self._secrets() if len(secret) >= _SHORTEST}
        ordered = sorted(secrets, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, ordered)), re.IGNORECASE) if ordered else None

    def _secrets(self) -> set[str]:
        found: set[str] = set()
        if self._document is not None:
            for credential in find_credentials(self._document):
                found.update(line.strip() for line in credential.text.splitlines())
        for match in FORMS.finditer(self._source.text):
            found.update(line.strip() for line in match.group().splitlines())
        for key, value in _WRITTEN.findall(self._source.text):
            if is_credential_key(key):
                found.update((value.strip(), value.strip().strip("\"'")))
        return found

    def hide(self, text: str) -> str:
        """``text`` with every credential of the source replaced, in any case of its letters."""
        if self._pattern is None:
            return text
        return self._pattern.sub(MASK, self._hide_cut(text))

    def hide_line(self, number: int) -> str:
        """Line ``number`` of the source; what is hidden keeps its width."""
        span = self._source.line_span(number)
        line = self._source.cut(span)
        for secret in self.spans:
            start, end = max(secret.start, span.start), min(secret.end, span.end)
            if start < end:
                left, right = start - span.start, end - span.start
                line = line[:left] + "*" * (right - left) + line[right:]
        if self._pattern is None:
            return line
        return self._pattern.sub(lambda match: "*" * len(match.group()), line)

    def _hide_cut(self, text: str) -> str:
        """Hides the beginning of a credential that an ellipsis cuts off."""
        if "…" not in text:
            return text
        before, after = text.split("…", 1)
        for secret in self._secrets():
            for length in range(min(len(secret), len(before)), _SHORTEST, -1):
                if before.endswith(secret[:length]):
                    return f"{before[:-length]}{MASK}…{after}"
        return text
