"""Plans the comments that silence all findings of a spec that comments can silence.

A comment goes to the end of the finding's line. Where the end of the line lies inside a scalar or
a flow collection, it goes on a line of its own above the innermost node around the finding that
is the first on its line. The rest of the text stays as it is.
"""

import re
from datetime import date
from typing import NamedTuple

from bikube.comments import line_end, line_start, node_at
from bikube.diagnostics import Edit, Pointer, Problem
from bikube.directives import Directive, Scope, read_directives
from bikube.document import Document
from bikube.linting import Linted
from bikube.rule import Ruleset
from bikube.source import Span
from bikube.suppression import is_suppressible, ways

_INDENT = re.compile(r"[ \t]*")
_LINE_END = re.compile(r"\r\n?|\n")


class Excuse(NamedTuple):
    """Why findings are ignored, and the last day on which they are, if there is one."""

    until: date | None
    reason: str

    def __str__(self) -> str:
        return f"until={self.until} {self.reason}" if self.until is not None else self.reason


class Ignored(NamedTuple):
    """The text with the comments in it, and how many findings they silence."""

    text: str
    number: int


class _Place(NamedTuple):
    """Where a comment goes: at the end of the line that starts at ``line``, or above it."""

    scope: Scope
    line: int
    node: Pointer


def ignore_all(linted: Linted, rules: Ruleset, excuse: Excuse) -> Ignored:
    """The spec's text in which comments silence the findings in ``linted.diagnostics``."""
    document = linted.document
    text = linted.source.text
    if document is None:
        return Ignored(text, 0)
    wanted: dict[_Place, set[str]] = {}
    number = 0
    for diagnostic in linted.diagnostics:
        problem = diagnostic.problem
        place = _place(document, problem) if is_suppressible(rules[problem.rule]) else None
        if place is not None:
            wanted.setdefault(place, set()).add(problem.rule)
            number += 1
    edits = _edits(document, wanted, excuse) if wanted else []
    return Ignored(_apply(text, edits), number)


def _place(document: Document, problem: Problem) -> _Place | None:
    text = document.source.text
    if not _is_inside(document, line_end(text, problem.span.start)):
        return _Place("line", line_start(text, problem.span.start), ())
    around = ways(document, problem)
    for pointer in around:
        key, value = document.written(document.resolve(pointer[:-1]), pointer[-1])
        line = line_start(text, (key or value).start)
        node = node_at(document, _content(text, line))
        if node in around:
            return _Place("node", line, node)
    return None


def _is_inside(document: Document, offset: int) -> bool:
    """Whether ``offset`` lies inside a scalar or a flow collection."""
    pointer = document.within(Span(offset, offset + 1))
    for length in range(len(pointer) + 1):
        start, end = document.extent(pointer[:length])
        is_scalar = not isinstance(document.resolve(pointer[:length]), dict | list)
        if start <= offset < end and (is_scalar or document.source.text[start] in "{["):
            return True
    return False


def _content(text: str, line: int) -> int:
    match = _INDENT.match(text, line)
    return match.end() if match else line


def _edits(document: Document, wanted: dict[_Place, set[str]], excuse: Excuse) -> list[Edit]:
    there: dict[tuple[Scope, int | Pointer], Directive] = {}
    for one in read_directives(document)[0]:
        if (one.until, one.reason) == excuse:
            there.setdefault((one.scope, one.place if one.scope == "node" else one.line), one)
    edits = []
    for place, rules in wanted.items():
        scope, line, node = place
        known = there.get((scope, node if scope == "node" else line))
        if known is not None:
            edits.append(
                Edit(known.names.span, ", ".join((known.names.text.strip(), *sorted(rules))))
            )
        else:
            edits.append(_insertion(document.source.text, place, sorted(rules), excuse))
    return edits


def _insertion(text: str, place: _Place, rules: list[str], excuse: Excuse) -> Edit:
    comment = f"# bikube: ignore[{', '.join(rules)}] {excuse}"
    end = line_end(text, place.line)
    if place.scope == "line":
        gap = "" if text[end - 1] in " \t" else "  "
        return Edit(Span(end, end), gap + comment)
    line_break = _LINE_END.search(text, end) or _LINE_END.search(text)
    indent = text[place.line : _content(text, place.line)]
    written = f"{indent}{comment}{line_break.group() if line_break else chr(10)}"
    return Edit(Span(place.line, place.line), written)


def _apply(text: str, edits: list[Edit]) -> str:
    pieces: list[str] = []
    at = 0
    for span, written in sorted(edits):
        pieces += (text[at : span.start], written)
        at = span.end
    return "".join((*pieces, text[at:]))
