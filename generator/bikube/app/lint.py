"""Lints files: reads every one, reports on all that could be read."""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import NamedTuple

from bikube.app.specs import Input
from bikube.config.loading import policy_of
from bikube.errors import AccessError, UsageError
from bikube.lint.engine import Fault, Linted, across, lint
from bikube.rules.builtin import builtin_rules
from bikube.rules.rule import Ruleset
from bikube.text.wording import advise

Progress = Callable[[int, int], None]
"""Is told how many of how many specs are done."""


class Outcome(NamedTuple):
    """The specs that were read, and why others could not be."""

    linted: tuple[Linted, ...]
    unreadable: tuple[str, ...]
    rules: Ruleset

    @property
    def faults(self) -> list[Fault]:
        """The rules that failed."""
        return [fault for one in self.linted for fault in one.faults]


class Choice(NamedTuple):
    """The day of the run, and the rules that the command line switches on or off."""

    today: date
    select: Collection[str] = ()
    ignore: Collection[str] = ()


Look = Callable[[Input, Choice], Linted]
"""Reads one spec and lints it; raises ``AccessError`` where that cannot be done."""


def lint_input(one: Input, choice: Choice) -> Linted:
    """Reads ``one`` and lints it with the rules of its configuration; raises as ``Input.read``."""
    return lint_bytes(one, choice, one.read())


def lint_bytes(one: Input, choice: Choice, data: bytes) -> Linted:
    """Lints ``data`` as if it were the content of ``one``."""
    policy = policy_of(one.config, one.name)
    policy = policy._replace(select=choice.select, ignore=choice.ignore, today=choice.today)
    return lint(one.name, data, rules_of(one), policy)


def rules_of(one: Input) -> Ruleset:
    """The rules of the configuration of ``one``."""
    return one.config.rules if one.config is not None else builtin_rules()


def lint_inputs(
    inputs: Sequence[Input], choice: Choice, *, progress: Progress, look: Look = lint_input
) -> Outcome:
    """Looks at every input; one that cannot be read does not keep the others from being linted.

    Raises:
        UsageError: ``choice`` names a rule that there is not, or ignores a structural one.
    """
    rules = _all_rules(inputs)
    _check(choice, rules)
    linted: list[Linted] = []
    unreadable: list[str] = []
    for done, one in enumerate(inputs, start=1):
        try:
            linted.append(look(one, choice))
        except AccessError as error:
            unreadable.append(str(error))
        progress(done, len(inputs))
    return Outcome(tuple(across(linted, rules)), tuple(unreadable), rules)


def _all_rules(inputs: Sequence[Input]) -> Ruleset:
    configured = {id(one.config): one.config.rules for one in inputs if one.config is not None}
    brought = [rule for rules in configured.values() for rule in rules]
    return Ruleset([*builtin_rules(), *brought]) if brought else builtin_rules()


def _check(choice: Choice, rules: Ruleset) -> None:
    for name in (*choice.select, *choice.ignore):
        rule = rules.get(name)
        if rule is None:
            advice = advise(name, rules.ids, otherwise='"bikube rules" lists them')
            raise UsageError(f'unknown rule "{name}"; a rule\'s id is expected; {advice}')
        if rule.structural and name in choice.ignore:
            raise UsageError(
                f'rule "{name}" is structural and always on; leave it out of "--ignore"'
            )
