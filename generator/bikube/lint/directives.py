"""Reads the comments that silence findings: ``# bikube: ignore[rule-id] until=2026-12-31 reason``.

Behind something on its line, a directive is about that line. On a line of its own it is about the
node that starts on the next line with anything on it. ``ignore-file`` stands on a line of its own
above the first key, and is about the whole file. A comment may hold several, each with its reason.
A reason ends before " #", so that what other programs read on the line stays theirs.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from bikube.diagnostics import Diagnostic, Pointer, diagnose
from bikube.document import Document
from bikube.document.comments import Comment, comments, node_at
from bikube.lint.attempts import MARKER, attempts, is_split, not_a_directive
from bikube.text import Span, printable, shorten

Scope = Literal["line", "node", "file"]

_DIRECTIVE = re.compile(r"#+[ \t]*bikube:[ \t]+(ignore|ignore-file)\[([^\[\]]*)\](?=\s|$)")
# Without the blanks before it: what begins with many of them would be tried from each.
_UNTIL = re.compile(r"(?<!\w)until[ \t]*=[ \t]*\S*", re.IGNORECASE)
_NO_UNTIL = re.compile(
    r"(?<![\w-])(?:(?:until|untill|till|unitl)[ \t]*[:=][ \t]*\S*"
    r"|(?:until|till|expire[sd]?|expiry|expiration|valid-until|not-after|end-date|deadline)"
    r"(?:[ \t]*[:=][ \t]*|[ \t]+)[0-9]{4}-[0-9]\S*)",
    re.IGNORECASE,
)
"""What was meant as a last day and is none, each with a date unless the word alone tells."""


MAX_WORDS = 100_000
"""Ids of rules in all suppressions of a spec that are read, malformed suppressions included."""


class Word(NamedTuple):
    """A part of a directive, and where it stands."""

    text: str
    span: Span


class Directive(NamedTuple):
    """One directive: what it is about, and the rules whose findings it silences there.

    ``span`` is the comment's part from its ``#`` to the end of the reason, ``names`` what stands
    between the brackets, ``line`` the offset at which its line starts. ``place`` is the node that
    a directive on a line of its own is about, or the one before a directive at a line's end.
    """

    scope: Scope
    span: Span
    names: Word
    line: int
    place: Pointer
    until: date | None
    until_span: Span
    reason: str

    @property
    def rules(self) -> tuple[Word, ...]:
        """The ids between the brackets."""
        return tuple(_split(self.names))

    @property
    def head(self) -> Span:
        """The directive without its reason."""
        return Span(self.span.start, max(self.names.span.end + 1, self.until_span.end))


class _Fault(Exception):
    """A directive that cannot be understood, and why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def _fault(message: str, span: Span) -> _Fault:
    return _Fault(diagnose("malformed-suppression", message, span))


def read_directives(
    document: Document, most: int = MAX_WORDS
) -> tuple[list[Directive], list[Diagnostic]]:
    """The directives in the comments of ``document``, and those that are malformed.

    No more are read than have ``most`` ids, as their commas tell, malformed ones included.
    """
    directives: list[Directive] = []
    diagnostics: list[Diagnostic] = []
    words = 0
    for comment in comments(document, MARKER):
        for span in attempts(document.source.text, comment.span):
            words += 1 + document.source.text.count(",", *span)
            if words > most:
                diagnostics.append(_too_many(span, most))
                return directives, diagnostics
            try:
                directives.append(_read(document, comment, span))
            except _Fault as fault:
                diagnostics.append(fault.diagnostic)
    return directives, diagnostics


def _too_many(span: Span, most: int) -> Diagnostic:
    message = (
        f"more than {most:,} rules are named in suppressions; those from here on are not read;"
        " set the levels of rules in the configuration"
    )
    return diagnose("malformed-suppression", message, span)


def read_tail(text: str) -> tuple[date | None, str]:
    """What stands behind the bracket: the last day, if one is named, and the reason.

    Raises:
        ValueError: it would not be read back so; the text says why.
    """
    try:
        until, _, reason = _read_tail(f" {text}", 0)
    except _Fault as fault:
        raise ValueError(str(fault)) from fault
    if not reason or printable(text) != text or is_split(text):
        found = f'the reason is "{shorten(text)}"'
        raise ValueError(f"{found}; a reason is words on one line; write why it is ignored")
    return until, reason


def _read(document: Document, comment: Comment, span: Span) -> Directive:
    text = document.source.text
    match = _DIRECTIVE.match(text, *span)
    if match is None:
        raise _Fault(not_a_directive(text, span))
    names = Word(match.group(2), Span(*match.span(2)))
    for name in _split(names):
        _check_name(name, names)
    until, until_span, reason = _read_tail(text[match.end() : span.end], match.end())
    if match.group(1) == "ignore-file":
        scope, place = _whole_file(document, comment, span)
    elif comment.stands_alone:
        scope, place = _node(document, comment, span)
    else:
        end = comment.line + len(text[comment.line : comment.span.start].rstrip())
        scope, place = "line", document.within(Span(end - 1, end))
    return Directive(scope, span, names, comment.line, place, until, until_span, reason)


def _whole_file(document: Document, comment: Comment, span: Span) -> tuple[Scope, Pointer]:
    if not comment.stands_alone or document.span((), "key").start < span.start:
        message = (
            '"ignore-file" is not at the top of the file; it has a line of its own above the first'
            " key; move it there"
        )
        raise _fault(message, span)
    return "file", ()


def _node(document: Document, comment: Comment, span: Span) -> tuple[Scope, Pointer]:
    place = node_at(document, comment.below)
    if place is None:
        message = (
            "nothing starts below this suppression; on a line of its own it is about the node that"
            " starts on the next line; move it above one"
        )
        raise _fault(message, span)
    return "node", place


def _split(names: Word) -> Iterator[Word]:
    at = names.span.start
    for part in names.text.split(","):
        start = at + len(part) - len(part.lstrip())
        yield Word(part.strip(), Span(start, start + len(part.strip())))
        at += len(part) + 1


def _check_name(name: Word, names: Word) -> None:
    if not name.text:
        found = "an empty place among the ids" if names.text.strip() else "no id in the bracket"
        message = f"{found}; a suppression names the rules that it silences; write their ids"
        raise _fault(message, Span(names.span.start - 1, names.span.end + 1))
    if "*" in name.text:
        message = (
            f'"{shorten(name.text)}" would silence what nobody has seen; a suppression names the'
            " rules that it silences; write their ids"
        )
        raise _fault(message, name.span)


def _read_tail(tail: str, offset: int) -> tuple[date | None, Span, str]:
    """The last day, its span where ``tail`` stands at ``offset``, and the reason."""
    match = _UNTIL.search(tail)
    if match is None:
        _check_no_until(tail, offset)
        return None, Span(offset, offset), _reason(tail)
    written = match.group()
    span = Span(offset + match.start(), offset + match.end())
    if not (tail[: match.start()].strip() or written.startswith("until=")):
        raise _no_day(written, span)
    if tail[: match.start()].strip():
        message = (
            f'"{shorten(written)}" is out of place; "until=2026-12-31" stands right behind the'
            " bracket, before the reason; move it there"
        )
        raise _fault(message, span)
    day = _day(written.removeprefix("until="))
    if day is None:
        message = f'"{shorten(written)}" is no day; a day is "until=2026-12-31"; correct it'
        raise _fault(message, span)
    return day, span, _reason(tail[match.end() :])


def _check_no_until(tail: str, offset: int) -> None:
    """Raises a fault where ``tail`` names a last day in another way than ``until=``."""
    match = _NO_UNTIL.search(tail)
    if match is not None:
        raise _no_day(match.group(), Span(offset + match.start(), offset + match.end()))


def _no_day(written: str, span: Span) -> _Fault:
    message = (
        f'"{shorten(written)}" sets no last day; "until=2026-12-31" does, right behind the bracket;'
        " write it so"
    )
    return _fault(message, span)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    # Python also reads 20261231 and weeks.
    return day if day.isoformat() == text else None


def _reason(text: str) -> str:
    return text.strip() if re.search(r"\w", text) else ""
