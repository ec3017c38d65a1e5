"""Holds a rule's checks to what they take, before anything is linted with them."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import Any

from bikube import plugins
from bikube.azure import all_sections
from bikube.diagnostics import Pointer
from bikube.document import Document
from bikube.rules.check import ALWAYS
from bikube.rules.check import CHECKS as HOLDS_CHECKS
from bikube.rules.file import RuleFile, fault, read_rule_file
from bikube.rules.rule import EVERY_SECTION, Rule
from bikube.schema import Compiler, Violation
from bikube.text import advise, listing

CHECKS = "bikube.rules.checks"
PLACES = ("where", "when", "unless", "require")
"""The keys of a rule file below which checks stand."""


def load_rule(path: Path, data: bytes) -> RuleFile:
    """The rule in ``data``, the content of ``path``, with its checks verified.

    Raises:
        FaultyFile: what is wrong with it, and where in the file.
    """
    file = read_rule_file(path, data)
    verify_rule(file)
    return file


def verify_rule(file: RuleFile) -> None:
    """Refuses a rule that names a check or a section that there is not, or misuses one.

    Raises:
        FaultyFile: what is wrong, and where in the file.
    """
    document = file.document
    sections = all_sections()
    named = () if file.rule.sections == EVERY_SECTION else file.rule.sections
    for index, section in enumerate(named):
        if section not in sections:
            advice = advise(section, sections, otherwise="name a section")
            message = f'unknown section "{section}"; a section of specs is expected; {advice}'
            raise fault(document, ("sections", index), message)
    for place in PLACES:
        for check in document.data.get(place, {}):
            _verify_check(document, (place, check), has_sections=bool(file.rule.sections))
    if not file.rule.builtin:
        _verify_texts(file)


def with_arguments(rule: Rule, arguments: Mapping[str, Any]) -> Rule:
    """``rule`` whose check gets ``arguments`` in place of its own of the same names."""
    ((check, own),) = rule.require.items()
    return rule._replace(require={check: {**own, **arguments}})


def parameters_of(rule: Rule) -> Mapping[str, Any] | None:
    """The JSON Schema of what a configuration can set for the rule; ``None`` if that is nothing."""
    if rule.structural or not rule.require:
        return None
    kind = plugins.load(CHECKS, next(iter(rule.require)), "CHECK")
    found = editable({key: one for key, one in kind.parameters.items() if key != "required"})
    return found if found["properties"] else None


def editable(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """``parameters`` for editors, which would take regular expressions for those of JavaScript."""
    properties = {
        name: {key: value for key, value in schema.items() if key != "format"}
        for name, schema in parameters["properties"].items()
    }
    return {**parameters, "properties": properties}


def argument_faults(rule: Rule) -> list[Violation]:
    """What is wrong with the arguments of the rule's check."""
    ((check, arguments),) = rule.require.items()
    return _violations(check, arguments)


def unfilled(rule: Rule) -> list[str]:
    """What the texts of ``rule`` name and its check does not find out with these arguments."""
    fills = _fills(rule)
    told = _unfilled(f"{rule.message}{rule.help}", (*ALWAYS, *fills))
    return [*told, *_unfilled(rule.fix.get("write"), fills)]


def _verify_check(document: Document, pointer: Pointer, *, has_sections: bool) -> None:
    check = str(pointer[-1])
    known = plugins.names(CHECKS)
    if check not in known:
        advice = advise(check, known, otherwise=f"known are {', '.join(known)}")
        message = f'unknown check "{check}"; the name of a check is expected; {advice}'
        raise fault(document, pointer, message, key=True)
    kind = plugins.load(CHECKS, check, "CHECK")
    if not hasattr(kind, "find" if has_sections else "search"):
        wanted = 'no "sections"' if has_sections else '"sections"'
        message = f'check "{check}" is for rules with {wanted}; change the sections of the rule'
        raise fault(document, pointer, message, key=True)
    violations = _violations(check, document.resolve(pointer))
    if violations:
        first = violations[0]
        where = (*pointer, *first.pointer)
        raise fault(document, where, first.message, key=first.part == "key")


def _verify_texts(file: RuleFile) -> None:
    """Refuses a message, a help, or a text that a fix writes, that no finding can fill."""
    fills = _fills(file.rule)
    told = (*ALWAYS, *fills)
    texts = [(("message",), told), (("help",), told), (("fix", "write"), fills)]
    for pointer, known in texts:
        text = file.document.data
        for token in pointer:
            text = text.get(token, {})
        try:
            names = _unfilled(text, known)
        except ValueError as error:
            message = (
                f'{str(error).lower()}; braces hold a name; write "{{{{" and "}}}}" for braces'
            )
            raise fault(file.document, pointer, message) from error
        for name in names:
            otherwise = f"known are {listing(known)}" if known else "write the text itself"
            advice = advise(name, known, otherwise=otherwise)
            message = f'"{{{name}}}" is filled by nothing; what the check finds out is; {advice}'
            raise fault(file.document, pointer, message)


def _fills(rule: Rule) -> tuple[str, ...]:
    """What the check of ``rule`` finds out with the arguments that it has."""
    ((check, arguments),) = rule.require.items()
    kind = plugins.load(CHECKS, check, "CHECK")
    if not hasattr(kind, "fills_by"):
        return tuple(kind.fills)
    argument, by_value = kind.fills_by
    return tuple(by_value[arguments[argument]])


def _unfilled(text: Any, known: Collection[str]) -> list[str]:
    """What stands in the braces of ``text``, if it is one, and is not ``known``, sorted."""
    return sorted(set(_placeholders(text)).difference(known)) if isinstance(text, str) else []


def _placeholders(text: str) -> Iterator[str]:
    """What stands in the braces of ``text``; raises ``ValueError`` where they do not pair."""
    for _, name, form, conversion in Formatter().parse(text):
        if name is not None:
            yield name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "")


def _violations(check: str, arguments: Any) -> list[Violation]:
    found: list[Violation] = []
    parameters = plugins.load(CHECKS, check, "CHECK").parameters
    Compiler({}).compile(parameters)(arguments, None, found)
    holders = [
        name
        for name, schema in parameters.get("properties", {}).items()
        if schema is HOLDS_CHECKS and not found and name in arguments
    ]
    for name in holders:
        for inner, own in arguments[name].items():
            found += _inner_violations((name, inner), own)
    return found


def _inner_violations(pointer: Pointer, arguments: Any) -> Iterator[Violation]:
    """What is wrong with a check that is an argument of another one."""
    check, known = str(pointer[-1]), plugins.names(CHECKS)
    if check not in known or not hasattr(plugins.load(CHECKS, check, "CHECK"), "select"):
        advice = advise(check, known, otherwise='"bikube schema rule" has them')
        message = f'"{check}" is no check of entries; one is expected; {advice}'
        yield Violation.at(pointer, "unknown-key", message)
        return
    for one in _violations(check, arguments):
        placed = Violation.at((*pointer, *one.pointer), one.rule, one.message)
        yield placed._replace(part=one.part)
