"""The built-in rules with all that their files say."""

from bikube import assets
from bikube.app.files import read
from bikube.describe import advise
from bikube.errors import UsageError
from bikube.rulefile import RuleFile, read_rule_file
from bikube.ruleset import builtin_rules


def rule_file(name: str) -> RuleFile:
    """The file of the rule ``name``.

    Raises:
        UsageError: there is no such rule.
    """
    rules = builtin_rules()
    if rules.get(name) is None:
        advice = advise(name, rules.ids, otherwise='"bikube rules" lists them')
        raise UsageError(f'unknown rule "{name}"; a rule\'s id is expected; {advice}')
    path = assets.folder("rules") / f"{name}.yaml"
    return read_rule_file(path, read(path))
