"""The form of ``bikube.config.yaml``, and how its text becomes a ``Config``."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from bikube.config.model import DEFAULT_OUT, OFF, Config, PathOverride
from bikube.diagnostics import Diagnostic, Pointer, Severity
from bikube.document import Document
from bikube.errors import FaultyFile
from bikube.rules import Rule, Ruleset
from bikube.schema import Compiler
from bikube.schema.file import read_yaml_file
from bikube.text import advise

_PATTERNS = {"type": "array", "items": {"type": "string", "minLength": 1}}
_TARGETS = {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1}}
SHOWN = ("warning", "info")
"""The severities from which on people can be shown findings."""
_LEVEL = {"type": "string", "enum": ["error", "warning", "info", OFF]}


class Raw(NamedTuple):
    """A configuration whose form is right, before rule ids are looked up; see ``Config``."""

    path: Path
    document: Document | None
    custom_rules: tuple[str, ...]
    parameters: Mapping[str, Any]
    bound: str | None


def config_schema(rules: Ruleset, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON Schema of a configuration that may name ``rules``.

    ``parameters`` are schemas by id: of the arguments that it may set for the check of a rule.
    """
    # Imported here because reading a configuration seldom needs it.
    from bikube.render import target_names

    ids = [rule.id for rule in rules if not rule.structural]
    levels = {"properties": dict.fromkeys(ids, _LEVEL), "additionalProperties": False}
    targets = {**_TARGETS, "items": {"type": "string", "enum": list(target_names())}}
    schema = _schema(levels, targets)
    schema["properties"]["parameters"] = {
        "type": "object",
        "properties": parameters,
        "additionalProperties": False,
    }
    return schema


def _schema(levels: Mapping[str, Any], targets: Mapping[str, Any] = _TARGETS) -> dict[str, Any]:
    levels = {"type": "object", "title": "Levels of rules", **levels}
    override = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "paths": _PATTERNS,
            "resources": _PATTERNS,
            "rules": levels,
            "targets": targets,
        },
    }
    return {
        "type": "object",
        "title": "The configuration of bikube",
        "additionalProperties": False,
        "properties": {
            "specs": _PATTERNS,
            "exclude": _PATTERNS,
            "out": {"type": "string", "minLength": 1},
            "targets": targets,
            "baseline": {"type": "string", "minLength": 1},
            "show": {"type": "string", "enum": list(SHOWN)},
            "rules": levels,
            "parameters": {"type": "object", "additionalProperties": {"type": "object"}},
            "overrides": {"type": "array", "items": override},
            "customRules": _PATTERNS,
        },
    }


def parse_config(path: Path, data: bytes, bound: str | None) -> Raw:
    """The configuration in ``data``, the content of ``path``; an empty file says nothing.

    It names nothing outside of the folder ``bound``, if that is given.

    Raises:
        FaultyFile: it is not YAML, or not of the form of ``config_schema``.
    """
    check = Compiler({}).compile(_schema({"additionalProperties": _LEVEL}))
    document = read_yaml_file(path, data, check)
    if document is None:
        return Raw(path, None, (), {}, bound)
    data_ = document.data
    custom_rules, parameters = data_.get("customRules", ()), data_.get("parameters", {})
    return Raw(path, document, tuple(custom_rules), parameters, bound)


def bind_config(raw: Raw, rules: Ruleset) -> Config:
    """The configuration that ``raw`` stands for, where ``rules`` are all that it may name.

    Raises:
        FaultyFile: it names a rule wrongly, or one whose level cannot be changed.
    """
    document = raw.document
    if document is None:
        return Config(raw.path, raw.path.parent, rules, bound=raw.bound)
    data = document.data
    overrides = tuple(
        _override(document, ("overrides", index), rules)
        for index in range(len(data.get("overrides", ())))
    )
    return Config(
        path=raw.path,
        root=raw.path.parent,
        rules=rules,
        document=document,
        specs=tuple(data.get("specs", ())),
        exclude=tuple(data.get("exclude", ())),
        out=data.get("out", DEFAULT_OUT),
        targets=tuple(data.get("targets", ())),
        baseline=data.get("baseline"),
        show=Severity[data["show"].upper()] if "show" in data else Severity.WARNING,
        levels=_levels(document, ("rules",), rules),
        overrides=overrides,
        bound=raw.bound,
    )


def _override(document: Document, pointer: Pointer, rules: Ruleset) -> PathOverride:
    """The override at ``pointer``; raises ``FaultyFile`` where it can change nothing."""
    entry = document.resolve(pointer)
    message = ""
    if not entry.keys() & {"rules", "targets"}:
        message = 'this override changes nothing; "rules" or "targets" is expected; add one of them'
    elif "targets" in entry and "resources" in entry:
        message = (
            'this override has "resources" and "targets"; a spec is rendered as a whole;'
            " write two overrides"
        )
    if message:
        raise FaultyFile(document.source, Diagnostic("config", message, document.span(pointer)))
    return PathOverride(
        paths=tuple(entry.get("paths", ())),
        resources=tuple(entry.get("resources", ())),
        levels=_levels(document, (*pointer, "rules"), rules),
        targets=tuple(entry.get("targets", ())),
    )


def known_rule(document: Document, pointer: Pointer, rules: Ruleset) -> Rule:
    """The rule that the key at ``pointer`` names.

    Raises:
        FaultyFile: there is none.
    """
    name = str(pointer[-1])
    rule = rules.get(name)
    if rule is None:
        advice = advise(name, rules.ids, otherwise='"bikube rules" lists them')
        message = f'unknown rule "{name}"; a rule\'s id is expected; {advice}'
        raise FaultyFile(
            document.source, Diagnostic("config", message, document.span(pointer, "key"))
        )
    return rule


def _levels(document: Document, pointer: Pointer, rules: Ruleset) -> dict[str, Severity | None]:
    """The levels at ``pointer``, where there may be none."""
    levels: dict[str, Severity | None] = {}
    for name, level in document.resolve(pointer[:-1]).get(pointer[-1], {}).items():
        where = (*pointer, name)
        if known_rule(document, where, rules).structural:
            message = f'rule "{name}" is structural; nothing can be rendered without it; remove it'
            span = document.span(where, "key")
            raise FaultyFile(document.source, Diagnostic("config", message, span))
        levels[name] = None if level == OFF else Severity[level.upper()]
    return levels
