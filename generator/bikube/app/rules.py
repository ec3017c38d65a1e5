"""Finds rules with all that their files say, and tries out one's own."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bikube.azure import all_sections
from bikube.azure.unwritten import unwritten_names
from bikube.config import nearest_config
from bikube.config.loading import custom_rules, load_rule_file
from bikube.errors import UsageError
from bikube.lint.ruletest import failures
from bikube.rules import Rule, Ruleset, builtin_rule_file, builtin_rules
from bikube.rules.file import RuleFile
from bikube.text import advise

__all__ = ["KnownRule", "Rule", "RuleTests", "all_rules", "find_rule", "rule_ids", "test_rules"]


class KnownRule(NamedTuple):
    """A rule's file, and the rules among which its examples are linted."""

    file: RuleFile
    rules: Ruleset


class RuleTests(NamedTuple):
    """How many rules were tested, and what their examples show to be wrong."""

    tested: int
    failures: tuple[str, ...]


def rule_ids() -> tuple[str, ...]:
    """The ids of the built-in rules, sorted."""
    return builtin_rules().ids


def all_rules(*, outside: bool = False) -> Ruleset:
    """The built-in rules, and those of the nearest configuration; see ``find_rule``."""
    config = nearest_config(Path(), outside=outside)
    return config.rules if config is not None else builtin_rules()


def find_rule(name: str, *, outside: bool = False) -> KnownRule:
    """The rule ``name``, built in or brought by the nearest configuration.

    With ``outside`` that may name files outside of its repository.

    Raises:
        UsageError: there is no such rule, or the configuration is malformed.
        AccessError: a file cannot be read.
    """
    file = builtin_rule_file(name)
    if file is not None:
        return KnownRule(file, builtin_rules())
    config = nearest_config(Path(), outside=outside)
    brought = {one.rule.id: one for one in custom_rules(config)} if config is not None else {}
    rules = Ruleset([*builtin_rules(), *(one.rule for one in brought.values())])
    if name not in brought:
        words = (*rules.ids, *all_sections(), *unwritten_names())
        advice = advise(name, words, otherwise='"bikube rules" lists the ids')
        raise UsageError(f'unknown word "{name}"; a rule\'s id or a section is expected; {advice}')
    return KnownRule(brought[name], rules)


def test_rules(files: Sequence[Path], *, outside: bool) -> RuleTests:
    """Runs the examples of the rules in ``files``, else of those of the nearest configuration.

    With ``outside`` that may name files outside of its repository.

    Raises:
        UsageError: there is no rule to test, or one is malformed.
        AccessError: a file cannot be read.
    """
    config = nearest_config(Path(), outside=outside)
    found = [load_rule_file(path) for path in files]
    if not files and config is not None:
        found = custom_rules(config)
    if not found:
        raise UsageError('no rule to test; name its file, or list it in "customRules"')
    known = Ruleset([*builtin_rules(), *(file.rule for file in found)])
    return RuleTests(len(found), tuple(wrong for file in found for wrong in failures(file, known)))
