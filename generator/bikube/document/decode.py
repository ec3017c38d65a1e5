"""Bytes to text: UTF-8 only, with or without a byte order mark."""

import re

from bikube.diagnostics import Diagnostic, diagnose
from bikube.text import Source, Span

MAX_BYTES = 64 * 1024 * 1024
"""The largest spec that is read; 100,000 endpoints take a third of it."""

_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
_WIDE = (
    (re.compile(rb"\xff\xfe\0\0|\0\0\xfe\xff|[^\0]\0\0\0|\0\0\0[^\0]"), "UTF-32"),
    (re.compile(rb"\xff\xfe|\xfe\xff|[^\0]\0|\0[^\0]"), "UTF-16"),
)
"""What a text in another Unicode encoding begins with: a mark, or one plain character (YAML 1.2.2,
section 5.2)."""


def decode(name: str, data: bytes) -> tuple[Source, Diagnostic | None]:
    """The text of ``data`` under ``name``, and what is wrong with its encoding.

    With a diagnostic the source holds as much text as could be read, so that it can be shown.
    """
    if len(data) > MAX_BYTES:
        found = f"the file is too large; at most {MAX_BYTES >> 20} MiB are read; split the spec"
        return Source(name, ""), diagnose("file-too-large", found, Span(0, 0))
    for start, encoding in _WIDE:
        if start.match(data):
            return Source(name, ""), _encoding(f"the file is {encoding}", 0)
    problem = None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = data[: error.start].decode("utf-8") + "\N{REPLACEMENT CHARACTER}"
        offset = len(text.lstrip(_MARK)) - 1
        problem = _encoding(f"byte 0x{data[error.start]:02x} is not UTF-8", offset)
    # libyaml drops a second mark too, but counts it in no offset.
    bare = text.lstrip(_MARK)
    return Source(name, bare, text[: len(text) - len(bare)]), problem


def _encoding(found: str, offset: int) -> Diagnostic:
    message = f"{found}; YAML specs are UTF-8; save the file as UTF-8"
    return diagnose("file-encoding", message, Span(offset, offset + 1 if offset else 0))
