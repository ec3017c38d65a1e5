"""Findings as values: what is wrong, where it stands, and the edits that would fix it."""

import sys
from enum import IntEnum
from operator import attrgetter
from typing import Literal, NamedTuple

from bikube.text import Span

Token = str | int
Pointer = tuple[Token, ...]

EngineRule = Literal[
    "alias",
    "complex-key",
    "custom-location-shared",
    "dataflow-name-shared",
    "documented-only-property",
    "documented-only-value",
    "drift",
    "duplicate-instance",
    "duplicate-key",
    "empty-file",
    "enum-case",
    "enum-value",
    "existing-and-described",
    "existing-repeated",
    "expired-suppression",
    "file-encoding",
    "file-too-large",
    "malformed-suppression",
    "merge-key",
    "multiple-documents",
    "name-in-two-parents",
    "nesting-too-deep",
    "not-a-spec",
    "null-value",
    "number-out-of-range",
    "odd-character",
    "out-of-range",
    "pasted-text",
    "property-not-in-version",
    "read-only-property",
    "read-only-section",
    "repeated-entry",
    "required-property",
    "settings-of-other-variant",
    "unexplained-suppression",
    "unique-name",
    "unknown-key",
    "unknown-node",
    "unknown-parent",
    "unknown-reference",
    "unknown-section",
    "unknown-suppression",
    "unknown-tag",
    "unknown-value",
    "unused-resource",
    "unused-suppression",
    "value-case",
    "variant-case",
    "wrong-length",
    "wrong-pattern",
    "wrong-type",
    "yaml-syntax",
]
"""The rules whose findings the engine itself has: their files say ``check: builtin``."""


MAX_FINDINGS = 250_000
"""Findings of a spec that are kept, each of which takes about a kilobyte."""


class Severity(IntEnum):
    """How bad a finding is; greater is worse."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        """The name that people and reports use: ``error``, ``warning`` or ``info``."""
        return self.name.lower()


class Edit(NamedTuple):
    """Replace the text of ``span`` by ``text``."""

    span: Span
    text: str


class Removal(NamedTuple):
    """One of ``members`` is taken out of the map or list that begins at ``container``.

    The last one that is left cannot go in the same way as the others.
    """

    container: int
    members: int


class Fix(NamedTuple):
    """Edits that mend a finding; a safe one never changes what the author meant."""

    edits: tuple[Edit, ...]
    safe: bool
    removal: Removal | None = None


class Related(NamedTuple):
    """A second place that belongs to a finding, with what stands there."""

    span: Span
    message: str


class Diagnostic(NamedTuple):
    """Something wrong at a place of a known source.

    ``message`` says what is wrong, ``help`` what to do about it, if there is more to say of that.
    ``pointer`` is the path from the top of the document to the value in question. Whoever finds it
    says how bad it can be at most; the engine lowers ``severity`` to what its rule has here.
    """

    rule: str
    message: str
    span: Span
    pointer: Pointer = ()
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    severity: Severity = Severity.ERROR
    help: str = ""

    @property
    def text(self) -> str:
        """What is wrong and what to do, for those who show both as one."""
        return with_help(self.message, self.help)

    @property
    def order(self) -> tuple[int, int, str, str]:
        """The sort key among those of one source: by place, rule and message."""
        return (self.span.start, self.span.end, self.rule, self.message)


def in_order(found: list[Diagnostic]) -> None:
    """Sorts the findings of one source by ``Diagnostic.order``, without a key made for each."""
    for part in ("message", "rule", "span"):
        found.sort(key=attrgetter(part))


def diagnose(  # noqa: PLR0913 - each part of a finding has a parameter
    rule: EngineRule,
    text: str,
    span: Span,
    pointer: Pointer = (),
    fix: Fix | None = None,
    *,
    help: str = "",
) -> Diagnostic:
    """A finding of the engine's own, so that no other rule can be named by mistake.

    ``text`` says what was found, what was expected and, unless ``help`` does, what to do. What to
    do is in words of ours, because what a spec holds may have a semicolon.
    """
    message = text
    if not help and "; " in text:
        message, _, help = text.rpartition("; ")
    # Most findings of a rule have one help, and many one message: then there is one text of each.
    message, help = sys.intern(message), sys.intern(help)
    return Diagnostic(rule, message, span, pointer, fix=fix, help=help)


def with_help(message: str, help: str) -> str:
    """``message`` with ``help``, if there is any, in one text."""
    return f"{message}; {help}" if help else message


def join_pointer(pointer: Pointer) -> str:
    """``pointer`` as a JSON Pointer (RFC 6901); the whole document is the empty string."""
    return "".join("/" + str(token).replace("~", "~0").replace("/", "~1") for token in pointer)


def split_pointer(text: str) -> Pointer:
    """The tokens of the JSON Pointer ``text``; all of them are strings."""
    return tuple(token.replace("~1", "/").replace("~0", "~") for token in text.split("/")[1:])
