"""How rules count for one spec: which are on, and how severe each is for which resource."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from fnmatch import fnmatchcase
from typing import NamedTuple

from bikube.diagnostics import Severity
from bikube.errors import UsageError
from bikube.rules.rule import Rule, Ruleset
from bikube.text import advise

_MAGIC = frozenset("*?[")

Levels = Mapping[str, Severity | None]
"""Severities that rules have instead of their own; ``None`` switches a rule off."""

FIRST_DAY = date(2026, 1, 1)
"""No run is on an earlier day, because bikube was not there; for those that know no better."""


class Override(NamedTuple):
    """Other levels for the resources that match a pattern like ``registryEndpoints/lab-*``.

    Resources below a parent are matched with it: ``brokerListeners/default/lab-*``.
    """

    resources: tuple[str, ...]
    levels: Levels


class Policy(NamedTuple):
    """What a configuration and the command line say of rules; structural ones stay as they are.

    ``select`` names the only rules that are on, if it names any; ``ignore`` those that are off.
    ``targets`` are those that the spec is rendered into; none are named where it is all. Of
    ``overrides`` the last that fits counts. ``today`` decides which suppressions are over.
    """

    levels: Mapping[str, Severity | None] = {}
    overrides: tuple[Override, ...] = ()
    select: Collection[str] = ()
    ignore: Collection[str] = ()
    targets: Collection[str] = ()
    today: date = FIRST_DAY

    def is_on(self, rule: Rule) -> bool:
        """Whether ``rule`` can have a finding anywhere in the spec."""
        if rule.target and self.targets and rule.target not in self.targets:
            return False
        if rule.structural:
            return True
        if rule.id in self.ignore or (self.select and rule.id not in self.select):
            return False
        levels = [self.levels.get(rule.id, rule.severity)]
        levels += [override.levels.get(rule.id) for override in self.overrides]
        return any(level is not None for level in levels)

    def level(self, rule: Rule, resource: str | None) -> Severity | None:
        """The severity of ``rule`` for ``resource``, known by its identity; ``None``: it is off."""
        if not self.is_on(rule):
            return None
        if rule.structural:
            return rule.severity
        level = self.levels.get(rule.id, rule.severity)
        for override in self.overrides if resource is not None else ():
            if rule.id in override.levels and _fits(resource or "", override.resources):
                level = override.levels[rule.id]
        return level


def meant(given: str, rules: Ruleset) -> list[str]:
    """The ids that ``given`` stands for: itself, those that it begins, or those that it matches.

    Raises:
        UsageError: there are none.
    """
    if rules.get(given) is not None:
        return [given]
    if _MAGIC.intersection(given):
        found = [name for name in rules.ids if fnmatchcase(name, given)]
        problem = f'no rule matches "{given}"; a pattern of ids is expected'
    else:
        found = [name for name in rules.ids if name.startswith(f"{given.rstrip('-')}-")]
        problem = f'unknown rule "{given}"; an id, or words that ids begin with, are expected'
    if not found:
        advice = advise(given, rules.ids, otherwise='"bikube rules" lists them')
        raise UsageError(f"{problem}; {advice}")
    return found


def may_fit(pattern: str, sections: Iterable[str]) -> bool:
    """Whether a resource of one of ``sections`` can match ``pattern``."""
    section, slash, _ = pattern.partition("/")
    known = any(fnmatchcase(one, section) for one in sections)
    # An asterisk stands for slashes too.
    return "*" in section or bool(slash and known)


def _fits(resource: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(resource, pattern) for pattern in patterns)
