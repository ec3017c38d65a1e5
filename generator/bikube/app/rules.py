"""Finds rules with all that their files say."""

from pathlib import Path
from typing import NamedTuple

from bikube.config.loading import custom_rules, nearest_config
from bikube.errors import UsageError
from bikube.rules.builtin import builtin_rule_file, builtin_rules
from bikube.rules.file import RuleFile
from bikube.rules.rule import Ruleset
from bikube.text.wording import advise


class Known(NamedTuple):
    """A rule's file, and the rules among which its examples are linted."""

    file: RuleFile
    rules: Ruleset


def find_rule(name: str) -> Known:
    """The rule ``name``, built in or brought by the nearest configuration.

    Raises:
        UsageError: there is no such rule, or the configuration is malformed.
        AccessError: a file cannot be read.
    """
    file = builtin_rule_file(name)
    if file is not None:
        return Known(file, builtin_rules())
    config = nearest_config(Path())
    brought = {one.rule.id: one for one in custom_rules(config)} if config is not None else {}
    rules = Ruleset([*builtin_rules(), *(one.rule for one in brought.values())])
    if name not in brought:
        advice = advise(name, rules.ids, otherwise='"bikube rules" lists them')
        raise UsageError(f'unknown rule "{name}"; a rule\'s id is expected; {advice}')
    return Known(brought[name], rules)
