"""What a configuration amounts to, and where each part of it comes from."""

from pathlib import Path
from typing import NamedTuple

from bikube.app.settings import nearest_config, policy_of
from bikube.config import DEFAULT_OUT, Config
from bikube.diagnostics import Pointer
from bikube.redaction import hide_tokens
from bikube.rule import Rule
from bikube.ruleset import builtin_rules

_DEFAULT = "default"
_BUILT_IN = "built in"


class Setting(NamedTuple):
    """One setting: its value as text, and its origin (``file:line``, or that it is a default)."""

    name: str
    value: str
    origin: str


def settings(config: Config | None) -> list[Setting]:
    """The settings that are not about rules, without credentials."""
    if config is None:
        return [Setting("out", DEFAULT_OUT, _DEFAULT)]
    values = {
        "specs": ", ".join(config.specs) or "bikube.yaml",
        "exclude": ", ".join(config.exclude) or "nothing",
        "out": config.out,
        "baseline": config.baseline or "none",
    }
    return [
        Setting(name, hide_tokens(value), _origin(config, (name,)))
        for name, value in values.items()
    ]


def levels(config: Config | None, spec: str | None) -> list[Setting]:
    """Every rule's level, for the specs in general or for the one with the path ``spec``."""
    rules = config.rules if config is not None else builtin_rules()
    policy = policy_of(config, spec) if spec is not None else None
    found = []
    for rule in rules:
        level = (config.levels if config else {}).get(rule.id, rule.severity)
        origin = _rule_origin(config, rule)
        if policy is not None and not rule.structural:
            special = policy.levels.get(rule.id, rule.severity)
            if special is not level:
                level, origin = special, _override_origin(config, rule.id)
        found.append(Setting(rule.id, level.label if level is not None else "off", origin))
    return found


def config_of(spec: str | None, given: Config | None) -> Config | None:
    """The configuration that counts for ``spec``, or for the working directory."""
    return given or nearest_config(Path(spec).parent if spec is not None else Path())


def _origin(config: Config, pointer: Pointer) -> str:
    if config.document is None:
        return _DEFAULT
    try:
        span = config.document.span(pointer, "key")
    except LookupError:
        return _DEFAULT
    return f"{config.path}:{config.document.source.position(span.start).line}"


def _rule_origin(config: Config | None, rule: Rule) -> str:
    if config is not None and rule.id in config.levels:
        return _origin(config, ("rules", rule.id))
    return _BUILT_IN if builtin_rules().get(rule.id) is not None else "custom rule"


def _override_origin(config: Config | None, rule: str) -> str:
    if config is None:
        return _DEFAULT
    setting = [index for index, one in enumerate(config.overrides) if rule in one.levels]
    return _origin(config, ("overrides", setting[-1], "rules", rule))
