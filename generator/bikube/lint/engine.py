"""Lints one spec: text in, diagnostics out; nothing is read or written.

A mistake in the spec is a value. Reading, validating and the rules go on as far as they can, and
everything that was found is reported.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from bikube.azure import Api
from bikube.diagnostics import Diagnostic, Pointer, Severity, diagnose, in_order
from bikube.document import Document, decode, parse
from bikube.lint.searching import Fault, search
from bikube.rules import Policy, Rule, Ruleset
from bikube.spec import Spec
from bikube.text import Source, Span

if TYPE_CHECKING:
    from bikube.lint.suppression import Suppressed, Suppressor

_MAY_DIRECT = re.compile(
    r"#[ \t]*(?:b[iy]?[ck]|noqa|nolint|ignore|disable|skip|suppress|off)", re.IGNORECASE
)
"""What begins all comments that ``lint.attempts`` looks for."""

CREDENTIAL = "credential"
"""The rule whose findings stand alone."""

_TO_ALL = (CREDENTIAL, "number-out-of-range", "odd-character", "pasted-text")
"""Rules to which every rule yields, and each to those before it: a credential has to go anyway, a
number that cannot be read is nothing but the text of it to all others, and what only looks right
is not what its author reads."""

_OWN_LEVELS = Policy()


class Linted(NamedTuple):
    """What is known of one spec; ``spec`` is ``None`` if its text is none at all.

    ``yielded`` are the findings of structural rules that leave the word to a shown error; and
    ``policy`` says how rules count for it.
    """

    source: Source
    document: Document | None
    spec: Spec | None
    diagnostics: tuple[Diagnostic, ...]
    faults: tuple[Fault, ...] = ()
    suppressed: "tuple[Suppressed, ...]" = ()
    yielded: tuple[Diagnostic, ...] = ()
    policy: Policy = _OWN_LEVELS

    @property
    def everything(self) -> "list[tuple[Diagnostic, Suppressed | None]]":
        """All findings in the order of the text, and for those that are silenced by what."""
        found: list[tuple[Diagnostic, Suppressed | None]] = [
            *((one, None) for one in self.diagnostics),
            *((one.diagnostic, one) for one in self.suppressed),
        ]
        if self.suppressed:
            found.sort(key=lambda pair: pair[0].order)
        return found

    @property
    def worst(self) -> Severity | None:
        """The greatest severity among the findings that are shown."""
        return max((one.severity for one in self.diagnostics), default=None)


def lint(name: str, data: bytes, rules: Ruleset, policy: Policy = _OWN_LEVELS) -> Linted:
    """Everything that ``rules`` find in the spec ``data``, in the order of its text."""
    source, refusal = decode(name, data)
    # The text stands for them from here on, and may have as many megabytes.
    del data
    if refusal is not None:
        return Linted(source, None, None, levelled([refusal], rules, policy))
    document, found = parse(source)
    if document is None:
        return Linted(source, None, None, levelled(found, rules, policy))
    stranger = _not_a_spec(document)
    if stranger is not None:
        return Linted(source, document, None, levelled([*found, stranger], rules, policy))
    spec = Spec(document, _apis(document))
    faults = search(spec, rules, policy, found)
    if any(one.rule == "duplicate-key" for one in found):
        # Imported here because few specs have a key twice.
        from bikube.lint.doubles import left_alone

        found = left_alone(found)
    shown = levelled(found, rules, policy, spec)
    linted = Linted(source, document, spec, shown, faults, policy=policy)
    return settled(_silenced(linted, rules), rules)


def settled(linted: Linted, rules: Ruleset) -> Linted:
    """``linted`` where structural rules yield to errors that are shown, and to nothing else.

    What stops the output is not silenced with a finding that can be: whoever silences or hides
    one settles this anew.
    """
    known = (*linted.diagnostics, *linted.yielded)
    if not any(rules[one.rule].structural and rules[one.rule].yields for one in known):
        return linted
    errors = {(one.rule, one.span) for one in linted.diagnostics if one.severity is Severity.ERROR}
    shown: list[Diagnostic] = []
    yielded: list[Diagnostic] = []
    for one in known:
        rule = rules[one.rule]
        is_echo = rule.structural and any((name, one.span) in errors for name in rule.yields)
        (yielded if is_echo else shown).append(one)
    in_order(shown)
    return linted._replace(diagnostics=tuple(shown), yielded=tuple(yielded))


def _apis(document: Document) -> Mapping[str, Api]:
    """The APIs whose versions the spec may choose: none where it does not say a word of targets."""
    if "targets" not in document.data:
        return {}
    # Imported here because most specs choose no version.
    from bikube.render import target_apis

    return target_apis()


def _silenced(linted: Linted, rules: Ruleset) -> Linted:
    """``linted`` after the directives in the spec."""
    suppressor, found = suppressor_of(linted, rules)
    if suppressor is None:
        return linted
    shown, suppressed, more = suppressor.judge(linted.diagnostics)
    shown += levelled(found + more, rules, linted.policy, linted.spec)
    in_order(shown)
    return linted._replace(diagnostics=tuple(shown), suppressed=tuple(suppressed))


def suppressor_of(linted: Linted, rules: Ruleset) -> "tuple[Suppressor | None, list[Diagnostic]]":
    """What applies the directives in a spec, if there are any, and the malformed ones."""
    source, document, spec, _, faults, *_, policy = linted
    if document is None or not ("#" in source.text and _MAY_DIRECT.search(source.text)):
        return None, []
    # Imported here because most specs silence nothing, and should not wait for what could.
    from bikube.lint.directives import read_directives
    from bikube.lint.suppression import Suppressor

    directives, found = read_directives(document)
    if not (directives or found):
        return None, []

    def is_live(rule: Rule, place: Pointer) -> bool:
        level = policy.level(rule, _resource(spec, place) if policy.overrides else None)
        return level is not None and all(fault.rule != rule.id for fault in faults)

    today = policy.today
    return Suppressor(document, directives, rules=rules, today=today, is_live=is_live), found


def levelled(
    found: list[Diagnostic], rules: Ruleset, policy: Policy, spec: Spec | None = None
) -> tuple[Diagnostic, ...]:
    """What of ``found`` counts here, each as bad as its rule is here, in the order of the text."""
    counting = []
    for diagnostic in _without_echoes(found, rules):
        resource = _resource(spec, diagnostic.pointer) if policy.overrides else None
        level = policy.level(rules[diagnostic.rule], resource)
        if level is not None:
            severity = min(level, diagnostic.severity)
            is_so = severity is diagnostic.severity
            counting.append(diagnostic if is_so else diagnostic._replace(severity=severity))
    in_order(counting)
    return tuple(counting)


def _resource(spec: Spec | None, pointer: Pointer) -> str | None:
    """The identity of the entry that ``pointer`` leads into."""
    return spec.identity(pointer) or None if spec is not None else None


def _without_echoes(found: list[Diagnostic], rules: Ruleset) -> list[Diagnostic]:
    """``found`` without those whose rule yields to that of another one at the same place."""
    louder = {*_TO_ALL, *(name for rule in rules for name in rule.yields)}
    heard = {(one.rule, one.span) for one in found if one.rule in louder}
    if not heard:
        return found
    return [one for one in found if not _is_echo(one, rules, heard)]


def _is_echo(diagnostic: Diagnostic, rules: Ruleset, heard: set[tuple[str, Span]]) -> bool:
    rule = diagnostic.rule
    always = _TO_ALL[: _TO_ALL.index(rule)] if rule in _TO_ALL else _TO_ALL
    # A structural rule yields when all is silenced that can be: see ``settled``.
    names = always if rules[rule].structural else (*always, *rules[rule].yields)
    return any((name, diagnostic.span) in heard for name in names)


def _not_a_spec(document: Document) -> Diagnostic | None:
    data = document.data
    if isinstance(data, dict) and "bikube" in data:
        return None
    # Imported here because it is asked of no spec.
    from bikube.lint.pasted import form_of

    form = form_of(data)
    found = 'no "bikube" key' if isinstance(data, dict) else "no map at the top"
    advice = 'run "bikube init" for an example'
    if form is not None:
        found = f"this is {form.name}, and no spec"
        advice += f", then {form.advice}"
    elif isinstance(data, dict) and "instance" in data:
        alike = next((key for key in data if key.lower().rstrip("s") == "bikube"), None)
        advice = f'rename "{alike}"' if alike else 'write "bikube: v1" above all else'
    message = f'{found}; a spec begins with "bikube: v1"; {advice}'
    return diagnose("not-a-spec", message, document.span((), "key"))


def once_a_run(linted: Sequence[Linted], rules: Ruleset) -> Iterator[Linted]:
    """``linted`` with the worst finding of each rule about the whole run, of equals the first."""
    speaking = {rule.id for rule in rules if rule.scope == "run"}
    kept: dict[str, Diagnostic] = {}
    for one in linted:
        for found in one.diagnostics:
            if found.rule in speaking:
                known = kept.setdefault(found.rule, found)
                kept[found.rule] = found if found.severity > known.severity else known
    for one in linted:
        # Findings of two specs may be equal: at one place, in the same words.
        left = [d for d in one.diagnostics if d.rule not in speaking or d is kept[d.rule]]
        is_less = len(left) < len(one.diagnostics)
        yield one._replace(diagnostics=tuple(left)) if is_less else one
