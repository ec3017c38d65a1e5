"""Looks for all that is wrong in one spec: by what every spec is held to, and by rules."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import NamedTuple

from bikube.diagnostics import MAX_FINDINGS, Diagnostic, diagnose
from bikube.document import Document
from bikube.lint.applying import apply_rule
from bikube.lint.identity import repeated_identities
from bikube.lint.structure import structural_diagnostics
from bikube.rules import EVERY_SECTION, Policy, Rule, Ruleset, builtin_rules
from bikube.spec import Spec


class Fault(NamedTuple):
    """A rule that failed where it should have looked: a mistake in the rule or in bikube."""

    rule: str
    file: str
    error: Exception

    @property
    def kind(self) -> str:
        """What has gone wrong, in a word."""
        return type(self.error).__name__


def search(
    spec: Spec,
    rules: Ruleset,
    policy: Policy,
    found: list[Diagnostic],
    *,
    most: int = MAX_FINDINGS,
) -> tuple[Fault, ...]:
    """Adds to ``found`` what is wrong in ``spec``, and gives back the rules that failed.

    Where there are more findings than ``most``, one more says so in place of the others.
    """

    def room() -> int:
        return max(0, most + 1 - len(found))

    always = chain(
        structural_diagnostics(spec, most),
        repeated_identities(spec),
        _strange_links(spec, policy),
        _strange_values(spec.document),
    )
    found += islice(always, room())
    faults: list[Fault] = []
    # What rules are about, in a spec; most are about sections that it has not.
    there = {*EVERY_SECTION, *spec.tables}
    for rule in rules:
        if rule.sections and there.isdisjoint(rule.sections):
            continue
        if not rule.builtin and policy.is_on(rule):
            try:
                found += _applied(rule, spec, room())
            except Exception as error:
                faults.append(Fault(rule.id, spec.source.name, error))
    if len(found) > most:
        found[most:] = [_too_many(spec.document, most)]
    return tuple(faults)


def _too_many(document: Document, most: int) -> Diagnostic:
    message = (
        f"more than {most:,} findings; no others are looked for; mend these first, or split"
        " the spec"
    )
    return diagnose("file-too-large", message, document.span((), "key"))


def _applied(rule: Rule, spec: Spec, most: int) -> list[Diagnostic]:
    """What ``rule`` finds in ``spec``; one that somebody else wrote, or set, has a time for it."""
    hits = islice(apply_rule(rule, spec), most)
    if builtin_rules().get(rule.id) is rule:
        return list(hits)
    # Imported here because most runs have no rules but the built-in ones.
    from bikube.lint.patience import bounded

    with bounded():
        return list(hits)


def _strange_links(spec: Spec, policy: Policy) -> Iterable[Diagnostic]:
    """Parents and references that are not there, and what is there for nothing."""
    leads = any(kind.parent is not None or kind.references for kind in spec.kinds)
    if not (leads or "existing" in spec.document.data):
        return ()
    # Imported here because many specs have nothing that leads to another resource.
    from bikube.lint.links import strange_links

    # What is off for one resource has to be said of the next.
    parents = policy.is_on(builtin_rules()["unknown-parent"])
    return strange_links(spec, everywhere=bool(policy.overrides), parents=parents)


def _strange_values(document: Document) -> Iterator[Diagnostic]:
    """The strings that hold what only looks right, or was copied from elsewhere."""
    # Imported here because most specs have neither.
    if not document.source.text.isascii():
        from bikube.lint.oddities import odd_values

        yield from odd_values(document)
    if " //" in document.source.text:
        from bikube.lint.pasted import slashed_values

        yield from slashed_values(document)
