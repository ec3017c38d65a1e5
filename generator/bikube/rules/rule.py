"""What a rule is, as data."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from bikube.diagnostics import Severity

Scope = Literal["spec", "run"]
Status = Literal["preview", "stable", "deprecated"]


EVERY_SECTION = ("*",)
"""The sections of a rule about whatever a spec can describe, kinds to come included."""


class Rule(NamedTuple):
    """A rule's metadata, and what its checks are made from.

    A ``structural`` rule can be neither lowered nor suppressed, because rendering makes no sense
    without it. With ``once`` only the first hit in a spec counts, and with the ``scope`` of a run
    one in all of its specs. ``when`` and ``unless`` choose entries of ``sections``, which may be
    ``EVERY_SECTION``; ``require`` is the check itself. With ``each``, a path such as ``/ports/*``,
    they look at the items of lists in these entries, of which ``where`` chooses some beforehand.
    ``builtin`` rules have none: the engine
    reports them while it reads, validates and binds. Where one of ``yields`` has a finding, the
    rule has none, so that one mistake is one finding. A rule that speaks of one ``target`` has
    nothing to say where that is not rendered.
    """

    id: str
    summary: str
    severity: Severity
    since: str
    status: Status = "stable"
    structural: bool = False
    builtin: bool = False
    once: bool = False
    scope: Scope = "spec"
    yields: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    each: str = ""
    target: str = ""
    where: Mapping[str, Any] = {}
    when: Mapping[str, Any] = {}
    unless: Mapping[str, Any] = {}
    require: Mapping[str, Any] = {}
    message: str = ""
    help: str = ""
    fix: Mapping[str, Any] = {}


class Ruleset:
    """Rules by id; nothing in it changes."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = {rule.id: rule for rule in sorted(rules, key=lambda rule: rule.id)}

    def __iter__(self) -> Iterator[Rule]:
        return iter(self._rules.values())

    def __getitem__(self, rule: str) -> Rule:
        return self._rules[rule]

    def get(self, rule: str) -> Rule | None:
        """The rule with that id, if there is one."""
        return self._rules.get(rule)

    @property
    def ids(self) -> tuple[str, ...]:
        """All ids, sorted."""
        return tuple(self._rules)
