"""Silences findings by the directives in a spec, and judges the directives themselves.

What is silenced is kept, with the reason. Findings of structural rules cannot be silenced, and
neither can those about suppressions, whose levels the configuration sets.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple

from bikube.diagnostics import Diagnostic, Edit, Fix, Pointer, diagnose
from bikube.document import Document
from bikube.lint.directives import Directive, Word
from bikube.rules import Rule, Ruleset
from bikube.text import (
    Source,
    Span,
    advise,
    closest,
    line_start,
    listing,
    next_line,
    shorten,
)

_BLANKS = re.compile(r"[^\S\r\n]*")

ABOUT_SUPPRESSIONS = frozenset(
    f"{kind}-suppression" for kind in ("expired", "malformed", "unexplained", "unknown", "unused")
)
"""The rules of the findings that are about suppressions."""

ACROSS_SPECS = frozenset({"custom-location-shared", "dataflow-name-shared"})
"""Rules whose findings show only when specs are seen together: a run about one cannot say that
they are gone."""

Origin = Literal["spec", "baseline"]


class Suppressed(NamedTuple):
    """A finding that is not shown: where that is said, and why."""

    diagnostic: Diagnostic
    origin: Origin
    reason: str


class Verdict(NamedTuple):
    """What is left of the findings, what is silenced, and what is wrong with the directives."""

    shown: list[Diagnostic]
    suppressed: list[Suppressed]
    diagnostics: list[Diagnostic]


def is_suppressible(rule: Rule) -> bool:
    """Whether a directive or a baseline may silence the findings of ``rule``."""
    return not rule.structural and rule.id not in ABOUT_SUPPRESSIONS


class Suppressor:
    """Applies the directives of one document on one day.

    ``is_live`` says of a rule and a place whether the rule looks for findings there: a directive
    for one that is switched off silences nothing, and is right all the same.
    """

    def __init__(
        self,
        document: Document,
        directives: Sequence[Directive],
        *,
        rules: Ruleset,
        today: date,
        is_live: Callable[[Rule, Pointer], bool],
    ) -> None:
        self._document = document
        self._directives = directives
        self._rules = rules
        self._today = today
        self._is_live = is_live

    def judge(self, diagnostics: Sequence[Diagnostic]) -> Verdict:
        """Which of ``diagnostics`` are silenced, and the findings about the directives."""
        index = _Index(self._document, [one for one in self._directives if not self._is_over(one)])
        shown: list[Diagnostic] = []
        suppressed: list[Suppressed] = []
        used: set[Span] = set()
        for diagnostic in diagnostics:
            rule = self._rules[diagnostic.rule]
            hits = index.find(diagnostic) if is_suppressible(rule) else []
            used.update(word.span for _, word in hits)
            if hits:
                suppressed.append(Suppressed(diagnostic, "spec", hits[0][0].reason))
            else:
                shown.append(diagnostic)
        diagnostics = [
            diagnostic for one in self._directives for diagnostic in self._diagnostics(one, used)
        ]
        return Verdict(shown, suppressed, diagnostics)

    def _is_over(self, directive: Directive) -> bool:
        return directive.until is not None and directive.until < self._today

    def _diagnostics(self, directive: Directive, used: set[Span]) -> Iterator[Diagnostic]:
        for word in directive.rules:
            rule = self._rules.get(word.text)
            if rule is None:
                yield _unknown(word, self._rules)
            elif not is_suppressible(rule):
                yield _immune(word, rule)
        if not directive.reason:
            message = (
                "this suppression gives no reason; a suppression says why; write the reason behind"
                " the bracket"
            )
            yield diagnose("unexplained-suppression", message, directive.head)
        if self._is_over(directive):
            yield _expired(directive)
            return
        unused = [word for word in directive.rules if self._is_unused(word, directive, used)]
        if unused:
            yield _unused(directive, unused, self._document.source)

    def _is_unused(self, word: Word, directive: Directive, used: set[Span]) -> bool:
        rule = self._rules.get(word.text)
        if rule is None or word.span in used or not is_suppressible(rule):
            return False
        if rule.id in ACROSS_SPECS:
            return False
        return self._is_live(rule, directive.place)


_Hit = tuple[Directive, Word]


class _Index:
    """Directives by what they silence; asking it does not take longer the more there are."""

    def __init__(self, document: Document, directives: Sequence[Directive]) -> None:
        self._document = document
        self._files: dict[str, list[_Hit]] = {}
        self._nodes: dict[str, dict[Pointer, list[_Hit]]] = {}
        self._lines: dict[str, dict[int, list[_Hit]]] = {}
        for one in directives:
            for word in one.rules:
                match one.scope:
                    case "file":
                        hits = self._files.setdefault(word.text, [])
                    case "node":
                        hits = self._nodes.setdefault(word.text, {}).setdefault(one.place, [])
                    case "line":
                        hits = self._lines.setdefault(word.text, {}).setdefault(one.line, [])
                hits.append((one, word))

    def find(self, diagnostic: Diagnostic) -> list[_Hit]:
        """Every directive that silences ``diagnostic``, the nearest one first."""
        hits: list[_Hit] = []
        lines, nodes = self._lines.get(diagnostic.rule), self._nodes.get(diagnostic.rule)
        if lines is not None:
            text = self._document.source.text
            ends = (diagnostic.span.start, max(diagnostic.span.start, diagnostic.span.end - 1))
            for line in sorted({line_start(text, end) for end in ends}):
                hits += lines.get(line, ())
        if nodes is not None:
            for pointer in ways(self._document, diagnostic):
                hits += nodes.get(pointer, ())
        return hits + self._files.get(diagnostic.rule, [])


def ways(document: Document, diagnostic: Diagnostic) -> list[Pointer]:
    """The nodes that a diagnostic is in, the innermost first, up to its section or top-level key.

    What an alias repeats is in the nodes around the alias, and in those around its anchor.
    """
    pointer, home = diagnostic.pointer, document.home(diagnostic.pointer)
    return _upward(pointer) + (_upward(home) if home != pointer else [])


def _upward(pointer: Pointer) -> list[Pointer]:
    return [pointer[:length] for length in range(len(pointer), 0, -1)]


def _unknown(word: Word, rules: Ruleset) -> Diagnostic:
    known = [rule.id for rule in rules if is_suppressible(rule)]
    near = closest(word.text, known)
    advice = advise(word.text, known, otherwise='"bikube rules" lists them')
    message = f'no rule is called "{shorten(word.text)}"; a suppression names rules; {advice}'
    fix = Fix((Edit(word.span, near),), safe=False) if near else None
    return diagnose("unknown-suppression", message, word.span, fix=fix)


def _immune(word: Word, rule: Rule) -> Diagnostic:
    if rule.structural:
        message = (
            f'rule "{rule.id}" is structural; nothing can be rendered without it, so nothing'
            " silences it; remove it from here"
        )
    else:
        message = (
            f'rule "{rule.id}" is about suppressions; the configuration sets its level, nothing in'
            " a spec silences it; remove it from here"
        )
    return diagnose("unused-suppression", message, word.span)


def _expired(directive: Directive) -> Diagnostic:
    message = (
        f"this suppression ended after {directive.until}; it silences nothing any more; fix what"
        " it is about, or give a later day"
    )
    return diagnose("expired-suppression", message, directive.until_span)


def _unused(directive: Directive, words: list[Word], source: Source) -> Diagnostic:
    where = {"line": "on this line", "node": "below it", "file": "in this file"}[directive.scope]
    names = listing(shorten(word.text) for word in words)
    found = f"nothing {where} breaks {names}"
    message = f"{found}; a suppression silences a finding; remove it"
    span = Span(words[0].span.start, words[-1].span.end)
    fix = Fix((_removal(directive, words, source.text),), safe=True)
    return diagnose("unused-suppression", message, span, fix=fix)


def _skip_blanks(text: str, offset: int) -> int:
    """Where the blanks end that begin at ``offset``, or ``offset`` if there are none."""
    match = _BLANKS.match(text, offset)
    return match.end() if match else offset


def _before_blanks(text: str, offset: int) -> int:
    """Where the blanks begin that end at ``offset``."""
    while text[offset - 1] in " \t":
        offset -= 1
    return offset


def _removal(directive: Directive, words: list[Word], text: str) -> Edit:
    """Takes ``words`` out of the bracket, and if nothing is left there, the directive."""
    gone = {word.span for word in words}
    left = [word.text for word in directive.rules if word.span not in gone]
    if left:
        return Edit(directive.names.span, ", ".join(left))
    start, end = directive.span
    # The line may be the whole of a large text, and have many directives.
    after = _skip_blanks(text, end)
    is_last = after == len(text) or text[after] in "\r\n"
    if _skip_blanks(text, directive.line) < start:
        return Edit(Span(_before_blanks(text, start), after if is_last else end), "")
    if not is_last:
        return Edit(Span(start, after), "")
    return Edit(Span(directive.line, next_line(text, start)), "")
