"""What a configuration amounts to, and where each part of it comes from."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bikube.app.specs import DEFAULT_SPEC
from bikube.config import OFF, Config, PathOverride, nearest_config
from bikube.config.loading import load_config
from bikube.credentials.redaction import hide_tokens
from bikube.diagnostics import Pointer
from bikube.files import match_any
from bikube.rules import Levels, Rule, builtin_rules

_DEFAULT = "default"
_BUILT_IN = "built in"


class Setting(NamedTuple):
    """One setting: its value as text, and its origin (``file:line``, or that it is a default)."""

    name: str
    value: str
    origin: str


class Effective(NamedTuple):
    """What counts for one spec, or in general: the configuration's file, and its parts."""

    file: Path | None
    settings: list[Setting]
    parameters: list[Setting]
    rules: list[Setting]
    resources: list[Setting]


def effective(spec: str | None, config: Path | None, *, outside: bool = False) -> Effective:
    """What the configuration in the file ``config`` amounts to, else the nearest one.

    That is the nearest to ``spec``, or to the working directory. With ``outside`` it may name files
    outside of its repository.

    Raises:
        UsageError: it is malformed.
        AccessError: it cannot be read.
    """
    if config is not None:
        found: Config | None = load_config(config, outside=outside)
    else:
        folder = Path(spec).parent if spec is not None else Path()
        found = nearest_config(folder, outside=outside)
    return Effective(
        file=found.path if found is not None else None,
        settings=[*_settings(found), _targets(found, spec)],
        parameters=_parameters(found),
        rules=_levels(found, spec),
        resources=_resource_levels(found, spec),
    )


def _settings(config: Config | None) -> list[Setting]:
    """The settings that are not about rules' levels or parameters, without credentials."""
    known = config or Config(Path(), Path(), builtin_rules())
    data = known.document.data if known.document is not None else {}
    values = {
        "specs": ", ".join(known.specs) or DEFAULT_SPEC,
        "exclude": ", ".join(known.exclude) or "nothing",
        "out": known.out,
        "baseline": known.baseline or "none",
        "show": known.show.label,
        "customRules": ", ".join(data.get("customRules", ())) or "none",
    }
    return [
        Setting(name, hide_tokens(value), _origin(known, (name,))) for name, value in values.items()
    ]


def _targets(config: Config | None, spec: str | None) -> Setting:
    """What specs in general, or the one with the path ``spec``, are rendered into."""
    value, origin = "all", _DEFAULT
    if config is not None:
        pointers: list[Pointer] = [("targets",)] if config.targets else []
        chosen = config.targets
        for (*place, _), override in _fitting(config, spec):
            if override.targets:
                chosen = override.targets
                pointers.append((*place, "targets"))
        if pointers:
            value, origin = ", ".join(chosen), _origin(config, pointers[-1])
    return Setting("targets", value, origin)


def _parameters(config: Config | None) -> list[Setting]:
    """The arguments of checks that are not those of the rules' files, without credentials."""
    if config is None or config.document is None:
        return []
    return [
        Setting(
            f"{rule}.{name}",
            hide_tokens(json.dumps(value, ensure_ascii=False)),
            _origin(config, ("parameters", rule, name)),
        )
        for rule, arguments in config.document.data.get("parameters", {}).items()
        for name, value in arguments.items()
    ]


def _levels(config: Config | None, spec: str | None) -> list[Setting]:
    """Every rule's level, for the specs in general or for the one with the path ``spec``."""
    if config is None:
        return [Setting(rule.id, rule.severity.label, _BUILT_IN) for rule in builtin_rules()]
    found = {rule.id: _own_level(rule) for rule in config.rules}
    found |= _set_levels(config, ("rules",), config.levels)
    for pointer, override in _fitting(config, spec):
        if not override.resources:
            found |= _set_levels(config, pointer, override.levels)
    return list(found.values())


def _resource_levels(config: Config | None, spec: str | None) -> list[Setting]:
    """The levels that rules have for some resources only; of several that fit, the last counts."""
    if config is None:
        return []
    return [
        level._replace(name=f"{level.name} for {', '.join(override.resources)}")
        for pointer, override in _fitting(config, spec)
        if override.resources
        for level in _set_levels(config, pointer, override.levels).values()
    ]


def _origin(config: Config, pointer: Pointer) -> str:
    if config.document is None:
        return _DEFAULT
    try:
        span = config.document.span(pointer, "key")
    except LookupError:
        return _DEFAULT
    return f"{config.path}:{config.document.source.position(span.start).line}"


def _own_level(rule: Rule) -> Setting:
    is_built_in = builtin_rules().get(rule.id) is not None
    return Setting(rule.id, rule.severity.label, _BUILT_IN if is_built_in else "custom rule")


def _set_levels(config: Config, pointer: Pointer, set_: Levels) -> dict[str, Setting]:
    """The levels that stand at ``pointer`` in ``config``, by rule."""
    return {
        rule: Setting(
            rule, OFF if level is None else level.label, _origin(config, (*pointer, rule))
        )
        for rule, level in set_.items()
    }


def _fitting(config: Config, spec: str | None) -> Iterator[tuple[Pointer, PathOverride]]:
    """The overrides that count for ``spec``, or for every spec, and where their levels stand."""
    for index, override in enumerate(config.overrides):
        if not override.paths or (
            spec is not None and match_any(spec, override.paths, config.root)
        ):
            yield ("overrides", index, "rules"), override
