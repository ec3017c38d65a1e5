"""The configuration, ``bikube.config.yaml``: which specs there are, and how rules count."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from bikube.describe import advise
from bikube.diagnostics import Problem, Severity
from bikube.document import Document, decode, parse
from bikube.errors import UsageError
from bikube.rule import Ruleset
from bikube.source import Source
from bikube.validation import Compiler
from bikube.violations import Violation

FILE_NAME = "bikube.config.yaml"
DEFAULT_OUT = "deploy"
OFF = "off"

_PATTERNS = {"type": "array", "items": {"type": "string", "minLength": 1}}
SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "title": "The configuration of bikube",
    "additionalProperties": False,
    "properties": {
        "specs": _PATTERNS,
        "exclude": _PATTERNS,
        "out": {"type": "string", "minLength": 1},
        "rules": {
            "type": "object",
            "additionalProperties": {"type": "string", "enum": ["error", "warning", "info", OFF]},
        },
    },
}


class Config(NamedTuple):
    """What one configuration file says; relative paths count from ``root``."""

    root: Path
    specs: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    out: str = DEFAULT_OUT
    levels: Mapping[str, Severity | None] = {}

    @property
    def out_folder(self) -> Path:
        """The output folder, as it may be opened from the working directory."""
        return Path(os.path.normpath(self.root / self.out))


def parse_config(path: Path, data: bytes, rules: Ruleset) -> Config:
    """The configuration in ``data``, the content of ``path``.

    Raises:
        UsageError: it is not YAML, not of the form of ``SCHEMA``, or names a rule wrongly.
    """
    source, problem = decode(str(path), data)
    if problem is not None:
        raise _wrong(source, problem)
    document, problems = parse(source)
    if problems and problems[0].rule == "empty-file":
        return Config(path.parent)
    if document is None or problems:
        raise _wrong(source, problems[0])
    violations: list[Violation] = []
    Compiler({}).compile(SCHEMA)(document.data, None, violations)
    if violations:
        first = violations[0]
        span = document.span(first.pointer, first.part)
        raise _wrong(source, Problem(first.rule, first.message, span))
    return _config(document, path.parent, rules)


def _config(document: Document, root: Path, rules: Ruleset) -> Config:
    data = document.data
    levels: dict[str, Severity | None] = {}
    for rule, level in (data.get("rules") or {}).items():
        _check_rule(document, rule, rules)
        levels[rule] = None if level == OFF else Severity[level.upper()]
    return Config(
        root=root,
        specs=tuple(data.get("specs") or ()),
        exclude=tuple(data.get("exclude") or ()),
        out=data.get("out") or DEFAULT_OUT,
        levels=levels,
    )


def _check_rule(document: Document, name: str, rules: Ruleset) -> None:
    rule = rules.get(name)
    if rule is None:
        advice = advise(name, rules.ids, otherwise='"bikube rules" lists them')
        message = f'unknown rule "{name}"; a rule\'s id is expected; {advice}'
    elif rule.structural:
        message = f'rule "{name}" is structural; nothing can be rendered without it; remove this'
    else:
        return
    raise _wrong(document.source, Problem("config", message, document.span(("rules", name), "key")))


def _wrong(source: Source, problem: Problem) -> UsageError:
    line, column = source.position(problem.span.start)
    return UsageError(f"{source.name}:{line}:{column}: {problem.message}")
