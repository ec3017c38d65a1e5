"""What a rule is, and the built-in ones."""

from bikube.rules.builtin import builtin_rule_file, builtin_rules
from bikube.rules.check import EntryCheck, Hit, SpecCheck, check_type, passing
from bikube.rules.policy import Levels, Override, Policy, may_fit, meant
from bikube.rules.rule import EVERY_SECTION, Rule, Ruleset

__all__ = [
    "EVERY_SECTION",
    "EntryCheck",
    "Hit",
    "Levels",
    "Override",
    "Policy",
    "Rule",
    "Ruleset",
    "SpecCheck",
    "builtin_rule_file",
    "builtin_rules",
    "check_type",
    "may_fit",
    "meant",
    "passing",
]
