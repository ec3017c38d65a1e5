"""Writes comments into a spec that silence what is found in it; nothing is read or written.

A comment goes to the end of the finding's line. Where the end of the line lies inside a scalar, it
goes on a line of its own above the innermost node around the finding that is the first on its
line. The rest of the text stays as it is.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from bikube.diagnostics import Diagnostic, Edit, Fix, Pointer, Severity
from bikube.document import Document
from bikube.document.comments import is_text, node_at
from bikube.edits import apply
from bikube.fix.rounds import Fixed
from bikube.lint import Linted
from bikube.lint.directives import Directive, Scope, read_directives
from bikube.lint.suppression import ways
from bikube.text import Span, line_break, line_end, line_start

_INDENT = re.compile(r"[ \t]*")


class Reason(NamedTuple):
    """Why findings are ignored, and the last day on which they are, if there is one."""

    until: date | None
    text: str

    def __str__(self) -> str:
        return f"until={self.until} {self.text}" if self.until is not None else self.text


class _Place(NamedTuple):
    """Where a comment goes: at the end of the line that starts at ``line``, or above it."""

    scope: Scope
    line: int
    node: Pointer


def ignore(
    fixed: Fixed,
    unwanted: Sequence[Diagnostic],
    reason: Reason,
    lint: Callable[[bytes], Linted],
) -> Fixed:
    """``fixed`` with comments that silence ``unwanted``, which are findings of its.

    Findings for which there is no place stay, and those that another one, which nothing silences,
    has yielded to. What has come of it is linted again: it says the same as before, exactly these
    findings are gone, and none is new.
    """
    linted, text = fixed.linted, fixed.linted.source.text
    behind = {one.span for one in linted.yielded}
    unwanted = [
        one for one in unwanted if one.severity is not Severity.ERROR or one.span not in behind
    ]
    placed = _placed(linted.document, unwanted) if linted.document is not None else {}
    if linted.document is None or not placed:
        return fixed
    data = linted.source.encode(apply(text, [_comments(linted.document, placed, reason)]))
    after = lint(data)
    silenced = [one for found in placed.values() for one in found]
    if not _has_lost(linted, after, silenced):
        before = linted.source.encode(fixed.before.source.text)
        refusal = "comments would not silence just what is found"
        return Fixed(before, fixed.before, fixed.before, refusal=refusal)
    return fixed._replace(data=data, linted=after, ignored=len(silenced))


def _placed(
    document: Document, unwanted: Sequence[Diagnostic]
) -> Mapping[_Place, list[Diagnostic]]:
    placed: dict[_Place, list[Diagnostic]] = {}
    for one in unwanted:
        place = _place(document, one)
        if place is not None:
            placed.setdefault(place, []).append(one)
    return placed


def _place(document: Document, diagnostic: Diagnostic) -> _Place | None:
    text = document.source.text
    if not is_text(document, line_end(text, diagnostic.span.start)):
        return _Place("line", line_start(text, diagnostic.span.start), ())
    around = ways(document, diagnostic)
    for pointer in around:
        key, value = document.written(document.resolve(pointer[:-1]), pointer[-1])
        line = line_start(text, (key or value).start)
        node = node_at(document, _content(text, line))
        if node in around:
            return _Place("node", line, node)
    return None


def _content(text: str, line: int) -> int:
    match = _INDENT.match(text, line)
    return match.end() if match else line


def _comments(document: Document, placed: Mapping[_Place, list[Diagnostic]], reason: Reason) -> Fix:
    there: dict[tuple[Scope, int | Pointer], Directive] = {}
    for one in read_directives(document)[0]:
        if (one.until, one.reason) == reason:
            there.setdefault((one.scope, one.place if one.scope == "node" else one.line), one)
    edits = []
    for place, found in placed.items():
        rules = ", ".join(sorted({one.rule for one in found}))
        known = there.get((place.scope, place.node if place.scope == "node" else place.line))
        if known is not None:
            edits.append(Edit(known.names.span, f"{known.names.text.strip()}, {rules}"))
        else:
            comment = f"# bikube: ignore[{rules}] {reason}"
            edits.append(_insertion(document.source.text, place, comment))
    return Fix(tuple(edits), safe=True)


def _insertion(text: str, place: _Place, comment: str) -> Edit:
    end = line_end(text, place.line)
    if place.scope == "line":
        gap = "" if text[end - 1] in " \t" else "  "
        return Edit(Span(end, end), gap + comment)
    indent = text[place.line : _content(text, place.line)]
    written = f"{indent}{comment}{line_break(text, end)}"
    return Edit(Span(place.line, place.line), written)


def _has_lost(before: Linted, after: Linted, silenced: Sequence[Diagnostic]) -> bool:
    """Whether ``after`` says the same as ``before``, and has at most its other findings."""
    if before.document is None or after.document is None:
        return False
    others = _counted(before.diagnostics) - _counted(silenced)
    is_same = before.document.data == after.document.data
    failed = {one.rule for one in after.faults} - {one.rule for one in before.faults}
    return is_same and not failed and _counted(after.diagnostics) <= others


def _counted(diagnostics: Sequence[Diagnostic]) -> Counter[tuple[str, Pointer]]:
    return Counter((one.rule, one.pointer) for one in diagnostics)
