"""Rules that differ in one place, to see whether their examples notice."""

import copy
from collections.abc import Iterator
from typing import Any, NamedTuple

from tests.support.patterns import changed_patterns, whole_patterns

from bikube.diagnostics import Severity
from bikube.rules.rule import Rule


class Mutant(NamedTuple):
    """A rule that differs in one place; ``change`` says in which, the same in every run."""

    rule: str
    change: str
    mutated: Rule


def mutants(rule: Rule) -> Iterator[Mutant]:
    """Every way to change a fact, condition, value or section of ``rule``, or part of a pattern.

    That is so of what its fix replaces as well.
    """
    for change, fields in (*_facts(rule), *_changes(rule)):
        yield Mutant(rule.id, change, rule._replace(**fields))


def _changes(rule: Rule) -> Iterator[tuple[str, dict[str, Any]]]:
    for place in ("where", "when", "unless"):
        conditions = getattr(rule, place)
        for name in conditions:
            rest = {key: value for key, value in conditions.items() if key != name}
            yield f"{place}.{name} dropped", {place: rest}
        for change, changed in _arguments(conditions, place):
            yield change, {place: changed}
    for change, changed in _arguments(rule.require, "require"):
        yield change, {"require": changed}
    for section in rule.sections:
        # A rule without sections is of another sort, so the last one is replaced.
        another = "brokers" if section == "dataflows" else "dataflows"
        others = tuple(one for one in rule.sections if one != section) or (another,)
        yield f"section {section} dropped", {"sections": others}
    yield from _replaced(rule)
    if rule.each:
        yield "each dropped", {"each": "", "where": {}}
    if rule.once:
        yield "once dropped", {"once": False}


def _replaced(rule: Rule) -> Iterator[tuple[str, dict[str, Any]]]:
    replace = rule.fix.get("replace", {})
    for change, pattern in changed_patterns(replace.get("pattern", "")):
        weaker = {**rule.fix, "replace": {**replace, "pattern": pattern}}
        yield f"fix.replace.pattern: {change}", {"fix": weaker}


def _facts(rule: Rule) -> Iterator[tuple[str, dict[str, Any]]]:
    """Another severity, a fix of the other sort, and structural or no more."""
    for severity in Severity:
        if severity != rule.severity:
            yield f"severity {severity.label}", {"severity": severity}
    if rule.fix:
        yield "fix.safe changed", {"fix": {**rule.fix, "safe": not rule.fix["safe"]}}
    yield "structural changed", {"structural": not rule.structural}


def _arguments(checks: Any, where: str) -> Iterator[tuple[str, Any]]:
    """``checks`` with one argument of one check weakened."""
    for check, arguments in checks.items():
        for name, value in arguments.items():
            for change, weaker in _weaker(name, value):
                changed = copy.deepcopy(dict(checks))
                changed[check] = {**arguments, name: weaker}
                yield f"{where}.{check}.{name}: {change}", changed


def _fewer(name: str, value: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """A map of checks, or of other things, without one of its members; checks weakened, too."""
    if name == "passes":
        yield from _arguments(value, name)
    for key in value:
        yield f"{key} dropped", {one: own for one, own in value.items() if one != key}


def _weaker(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, bool):
        yield f"is {not value}", not value
    elif isinstance(value, int):
        yield f"{value} is {value - 1}", value - 1
        yield f"{value} is {value + 1}", value + 1
    elif isinstance(value, dict):
        yield from _fewer(name, value)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield f"{item} dropped", value[:index] + value[index + 1 :]
    elif name == "matches":
        yield from whole_patterns(value)
    elif name in ("ends", "holds", "lacks"):
        yield f"{value} dropped", ""
