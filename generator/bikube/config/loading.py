"""Reads configurations, and the rules that each of them brings."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from bikube.azure import all_sections
from bikube.config.form import Raw, bind_config, known_rule, parse_config
from bikube.config.model import Config
from bikube.config.reach import bound_of, hold_item
from bikube.diagnostics import Diagnostic, Pointer
from bikube.document import Document
from bikube.errors import FaultyFile, UsageError
from bikube.files import expand, pattern_fault, read
from bikube.rules import Rule, Ruleset, builtin_rules, may_fit
from bikube.rules.file import RuleFile, fault
from bikube.rules.loading import argument_faults, load_rule, unfilled, with_arguments
from bikube.text import advise, listing

_ID = re.compile(rb"^[\"']?id[\"']?[ \t]*:", re.MULTILINE)
_ANYTHING = re.compile(rb"^[ \t]*[^#\s]", re.MULTILINE)


def load_config(path: Path, *, outside: bool = False) -> Config:
    """The configuration in ``path``, with the rules that it brings.

    With ``outside`` it may name files outside of its repository.

    Raises:
        UsageError: it, or a rule file that it names, is malformed or out of reach.
        AccessError: one of these files cannot be read.
    """
    raw = parse_config(path, read(path), None if outside else bound_of(path))
    if raw.document is not None:
        _hold_patterns(raw.document)
        _hold_targets(raw.document)
    rules = list(builtin_rules())
    rules += [file.rule for file in _custom_rules(raw)]
    return bind_config(raw, _with_parameters(raw, Ruleset(rules)))


def custom_rules(config: Config) -> list[RuleFile]:
    """The rule files that ``config`` names; raises as ``load_config``."""
    return list(_custom_rules(parse_config(config.path, read(config.path), config.bound)))


def load_rule_file(path: Path) -> RuleFile:
    """The user's own rule in ``path``.

    Raises:
        UsageError: it is malformed, or has the id of a built-in rule.
        AccessError: it cannot be read.
    """
    file = load_rule(path, read(path))
    if builtin_rules().get(file.rule.id) is not None:
        message = f'rule "{file.rule.id}" is built in; ids are unique; rename the file and its id'
        span = file.document.span(("id",))
        raise FaultyFile(file.document.source, Diagnostic("config", message, span))
    _hold_target(file)
    return file


def _hold_target(file: RuleFile) -> None:
    """Refuses a rule that speaks of a target that there is not: no run would ask it."""
    message = _target_fault(file.rule.target) if file.rule.target else None
    if message is not None:
        raise fault(file.document, ("target",), message)


def _hold_targets(document: Document) -> None:
    """Refuses targets that there are not."""
    overrides = range(len(document.data.get("overrides", ())))
    lists = [("targets",), *(("overrides", number, "targets") for number in overrides)]
    for pointer, target in _items(document, lists):
        message = _target_fault(target)
        if message is not None:
            raise FaultyFile(document.source, Diagnostic("config", message, document.span(pointer)))


def _target_fault(name: str) -> str | None:
    """What is wrong with ``name`` as that of a target."""
    # Imported here because few rules and configurations speak of a target.
    from bikube.render import target_names

    known = target_names()
    if name in known:
        return None
    advice = advise(name, known, otherwise=f"known are {listing(known)}")
    return f'unknown target "{name}"; the name of a target is expected; {advice}'


def _hold_patterns(document: Document) -> None:
    """Refuses patterns that nothing can match."""
    overrides = range(len(document.data.get("overrides", ())))
    paths = [("exclude",), *(("overrides", number, "paths") for number in overrides)]
    for pointer, pattern in _items(document, paths):
        message = pattern_fault(pattern)
        if message is not None:
            raise FaultyFile(document.source, Diagnostic("config", message, document.span(pointer)))
    sections = all_sections()
    resources = [("overrides", number, "resources") for number in overrides]
    for pointer, pattern in _items(document, resources):
        if not may_fit(pattern, sections):
            section = pattern.partition("/")[0]
            advice = advise(section, sections, otherwise="write a section before a slash")
            message = f'"{pattern}" matches no resource; "section/name" is expected; {advice}'
            raise FaultyFile(document.source, Diagnostic("config", message, document.span(pointer)))


def _items(document: Document, lists: Iterable[Pointer]) -> Iterator[tuple[Pointer, str]]:
    """The items of those ``lists`` that are there, with the paths to them."""
    for pointer in lists:
        holder = document.resolve(pointer[:-1])
        for index, item in enumerate(holder.get(pointer[-1], ())):
            yield (*pointer, index), item


def _custom_rules(raw: Raw) -> Iterator[RuleFile]:
    seen: dict[str, Path] = {}
    for index, pattern in enumerate(raw.custom_rules):
        for path in _matching(raw, pattern, ("customRules", index)):
            file = load_rule_file(path)
            if seen.setdefault(file.rule.id, path) == path:
                yield file
            else:
                other = seen[file.rule.id]
                raise UsageError(f'{path}: rule "{file.rule.id}" is in {other} too; rename one')


def _matching(raw: Raw, pattern: str, pointer: Pointer) -> Iterator[Path]:
    """The rule files that the ``pattern`` at ``pointer`` matches."""
    paths = expand(str(raw.path.parent / pattern))
    document = raw.document
    if not paths and document is not None:
        message = f'no file matches "{pattern}"; rule files are expected; check the pattern'
        raise FaultyFile(document.source, Diagnostic("config", message, document.span(pointer)))
    for path in paths:
        if document is not None:
            hold_item(path, document, pointer, raw.bound)
        _hold_stranger(path)
        yield path


def _hold_stranger(path: Path) -> None:
    """Refuses what is no rule file at all, before an error quotes anything of it.

    A pattern can match whatever a run may read, the credentials of a checkout among it.
    """
    data = read(path)
    is_yaml = os.path.realpath(path).endswith((".yaml", ".yml"))
    if _ANYTHING.search(data) and not (is_yaml and _ID.search(data)):
        found = "no rule file, so nothing of it is shown"
        expected = 'a YAML file with "id:" at the beginning of a line is expected'
        raise UsageError(f"{path}: {found}; {expected}; check the pattern")


def _with_parameters(raw: Raw, rules: Ruleset) -> Ruleset:
    document = raw.document
    if document is None or not raw.parameters:
        return rules
    changed = {rule.id: rule for rule in rules}
    for name, arguments in raw.parameters.items():
        pointer = ("parameters", name)
        rule = known_rule(document, pointer, rules)
        changed[name] = _with_arguments(document, rule, dict(arguments))
    return Ruleset(changed.values())


def _with_arguments(document: Document, rule: Rule, arguments: dict[str, object]) -> Rule:
    pointer = ("parameters", rule.id)
    if rule.structural or not rule.require:
        message = f'rule "{rule.id}" has no parameters; none can be set; remove this'
        span = document.span(pointer, "key")
        raise FaultyFile(document.source, Diagnostic("config", message, span))
    changed = with_arguments(rule, arguments)
    for violation in argument_faults(changed):
        span = document.span((*pointer, *violation.pointer), violation.part)
        raise FaultyFile(document.source, Diagnostic("config", violation.message, span))
    for name in unfilled(changed):
        found = f'"{{{name}}}" in the text of the rule is filled by nothing with these'
        message = f"{found}; they make another rule of it; write one of your own"
        raise FaultyFile(document.source, Diagnostic("config", message, document.span(pointer)))
    return changed
