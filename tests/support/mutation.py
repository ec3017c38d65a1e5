"""Rules with one part of their parameters taken out, to see whether their examples notice."""

import copy
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from bikube.rules.rule import Rule

_PARTS = re.compile(r"(?P<anchor>\\[AZb]|[\^$])|(?P<bounds>\{[0-9,]+\})|\\.", re.DOTALL)


class Mutant(NamedTuple):
    """A rule that differs in one place; ``change`` says in which, the same in every run."""

    rule: str
    change: str
    mutated: Rule


def mutants(rule: Rule) -> Iterator[Mutant]:
    """Every way to weaken ``rule`` by one alternative, anchor, bound, condition, value or section.

    That is so of what its fix replaces as well.
    """
    for change, fields in _changes(rule):
        yield Mutant(rule.id, change, rule._replace(**fields))


def _changes(rule: Rule) -> Iterator[tuple[str, dict[str, Any]]]:
    for place in ("when", "unless"):
        conditions = getattr(rule, place)
        for name in conditions:
            rest = {key: value for key, value in conditions.items() if key != name}
            yield f"{place}.{name} dropped", {place: rest}
        for change, changed in _arguments(conditions, place):
            yield change, {place: changed}
    for change, changed in _arguments(rule.require, "require"):
        yield change, {"require": changed}
    for section in rule.sections:
        # A rule without sections is of another sort, so the last one is replaced.
        others = tuple(one for one in rule.sections if one != section) or ("dataflows",)
        yield f"section {section} dropped", {"sections": others}
    replace = rule.fix.get("replace", {})
    for change, pattern in _inner(replace.get("pattern", "")):
        weaker = {**rule.fix, "replace": {**replace, "pattern": pattern}}
        yield f"fix.replace.pattern: {change}", {"fix": weaker}
    if rule.once:
        yield "once dropped", {"once": False}


def _arguments(checks: Any, where: str) -> Iterator[tuple[str, Any]]:
    """``checks`` with one argument of one check weakened."""
    for check, arguments in checks.items():
        for name, value in arguments.items():
            for change, weaker in _weaker(name, value):
                changed = copy.deepcopy(dict(checks))
                changed[check] = {**arguments, name: weaker}
                yield f"{where}.{check}.{name}: {change}", changed


def _weaker(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield f"{item} dropped", value[:index] + value[index + 1 :]
    elif name == "matches":
        yield from _patterns(value)
    elif name in ("ends", "holds", "lacks"):
        yield f"{value} dropped", ""


def _patterns(pattern: str) -> Iterator[tuple[str, str]]:
    """``pattern`` without its ends, and without each part."""
    flags, rest = re.fullmatch(r"(\(\?[a-z]+\))?(.*)", pattern, re.DOTALL).groups(default="")  # type: ignore[union-attr]
    yield "start not anchored", f"{flags}(?:.*?)(?:{rest})"
    yield "end not anchored", f"{flags}(?:{rest})(?:.*)"
    if flags:
        yield f"{flags} dropped", rest
    yield from _inner(pattern)


def _inner(pattern: str) -> Iterator[tuple[str, str]]:
    """``pattern`` without each anchor, bound, look-around, optional group and alternative."""
    for match in _PARTS.finditer(pattern):
        weaker = "*" if match["bounds"] else ""
        dropped = match["anchor"] or match["bounds"]
        if dropped and not _in_set(pattern, match.start()):
            changed = pattern[: match.start()] + weaker + pattern[match.end() :]
            yield f"{dropped} at {match.start()} dropped", changed
    for start, end in _groups(pattern):
        group = pattern[start:end]
        if group.startswith(("(?=", "(?!", "(?<")):
            yield f"{group} at {start} dropped", pattern[:start] + pattern[end:]
        elif end < len(pattern) and pattern[end] == "?":
            yield f"{group}? at {start} dropped", pattern[:start] + pattern[end + 1 :]
    for start, end in _alternatives(pattern):
        left = start if pattern[end : end + 1] == "|" or start == 0 else start - 1
        right = end + 1 if pattern[end : end + 1] == "|" else end
        yield f"{pattern[start:end]} at {start} dropped", pattern[:left] + pattern[right:]


def _in_set(pattern: str, at: int) -> bool:
    """Whether the piece at ``at`` is one of the characters in brackets."""
    return at not in {index for index, _ in _tokens(pattern, with_escapes=True)}


def _tokens(pattern: str, *, with_escapes: bool = False) -> Iterator[tuple[int, str]]:
    """The offsets of what is neither escaped nor in a set; or of escapes outside of sets too."""
    index, in_set = 0, False
    while index < len(pattern):
        character = pattern[index]
        if character == "\\":
            if with_escapes and not in_set:
                yield index, character
            index += 2
            continue
        if in_set:
            in_set = character != "]"
        elif character == "[":
            in_set = True
            # A "]" that comes first, or after "^", belongs to the set.
            index += len(pattern[index + 1 :]) - len(pattern[index + 1 :].lstrip("^"))
            index += pattern[index + 1 : index + 2] == "]"
        else:
            yield index, character
        index += 1


def _groups(pattern: str) -> Iterator[tuple[int, int]]:
    opened: list[int] = []
    for index, character in _tokens(pattern):
        if character == "(":
            opened.append(index)
        elif character == ")":
            yield opened.pop(), index + 1


def _alternatives(pattern: str) -> Iterator[tuple[int, int]]:
    """The stretches between ``|``, with what encloses them, wherever there is more than one."""
    frames: list[list[int]] = [[0]]
    for index, character in _tokens(pattern):
        if character == "(":
            frames.append([_inside(pattern, index)])
        elif character == "|":
            frames[-1].append(index + 1)
        elif character == ")":
            yield from _stretches(frames.pop(), index)
    yield from _stretches(frames.pop(), len(pattern))


def _inside(pattern: str, index: int) -> int:
    for opening in ("(?:", "(?=", "(?!", "(?<=", "(?<!"):
        if pattern.startswith(opening, index):
            return index + len(opening)
    return index + 1


def _stretches(starts: list[int], end: int) -> Iterator[tuple[int, int]]:
    ends = [start - 1 for start in starts[1:]] + [end]
    if len(starts) > 1:
        yield from zip(starts, ends, strict=True)
