"""Reads a rule file: the rule, the prose about it, and the examples that prove it."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from bikube.diagnostics import Diagnostic, Pointer, Severity
from bikube.document import Document
from bikube.errors import FaultyFile
from bikube.rules.form import DEFINITIONS, SCHEMA, WAYS
from bikube.rules.rule import Rule
from bikube.schema import Compiler
from bikube.schema.file import read_yaml_file
from bikube.text import Source, Span


class Expectation(NamedTuple):
    """A finding that an example must have: its JSON Pointer, and the text that it underlines."""

    at: str
    text: str
    message: str | None


class Invalid(NamedTuple):
    """A wrong spec, the findings of the rule in it, and the spec after the rule's fix."""

    spec: str
    expect: tuple[Expectation, ...]
    fixed: str | None


class Example(NamedTuple):
    """What the page of a rule shows: a wrong spec, a right one, or both; empty is not there."""

    wrong: str = ""
    right: str = ""


class RuleFile(NamedTuple):
    """All that a rule file says: ``examples`` teach, ``valid`` and ``invalid`` ones test."""

    rule: Rule
    path: Path
    document: Document
    rationale: str
    remediation: str
    references: tuple[str, ...]
    examples: tuple[Example, ...]
    valid: tuple[str, ...]
    invalid: tuple[Invalid, ...]


def read_rule_file(path: Path, data: bytes) -> RuleFile:
    """The rule in ``data``, the content of ``path``.

    Raises:
        FaultyFile: it is not YAML, not of the form of ``SCHEMA``, or its id is not its name.
    """
    document = read_yaml_file(path, data, Compiler(DEFINITIONS).compile(SCHEMA))
    if document is None:
        message = 'the file is empty; a rule is a map that begins with "id:"; write one'
        raise FaultyFile(Source(str(path), ""), Diagnostic("rule-file", message, Span(0, 0)))
    _hold_together(document, path)
    _hold_fix(document)
    return _rule_file(document, path)


def fault(document: Document, pointer: Pointer, message: str, *, key: bool = False) -> FaultyFile:
    """The fault at ``pointer`` of a rule file."""
    span = document.span(pointer, "key" if key else "value")
    return FaultyFile(document.source, Diagnostic("rule-file", message, span, pointer))


def _hold_together(document: Document, path: Path) -> None:
    data = document.data
    if data["id"] != path.stem:
        message = f'id is "{data["id"]}"; it is the file\'s name; write "{path.stem}"'
        raise fault(document, ("id",), message)
    if ("check" in data) == ("require" in data):
        message = 'a rule has either "check: builtin" or "require"; write one of them'
        raise fault(document, ("id",), message)
    if "each" in data and ("check" in data or "sections" not in data):
        message = '"each" leads into entries; it goes with "sections" and "require"; write both'
        raise fault(document, ("each",), message, key=True)
    if "where" in data and "each" not in data:
        message = '"where" goes with "each"; entries alone are chosen by "when"; rename it'
        raise fault(document, ("where",), message, key=True)
    if "require" in data and (len(data["require"]) != 1 or "message" not in data):
        message = '"require" names one check, and "message" says what it found; write both'
        raise fault(document, ("require",), message, key=True)


def _hold_fix(document: Document) -> None:
    """Refuses a fix that says no way to mend, or more than one, or one that cannot work."""
    recipe = document.data.get("fix", {})
    ways = [key for key in recipe if key != "safe" and recipe[key] is not False]
    if recipe and "check" in document.data and ways:
        message = f'"{ways[0]}" in a built-in rule; the engine knows its fix; write "safe" only'
        raise fault(document, ("fix", ways[0]), message, key=True)
    if recipe and "require" in document.data and len(ways) != 1:
        found = f"names {len(ways)} ways to fix" if ways else "names no way to fix"
        message = f'"fix" {found}; one is expected; write one of {", ".join(WAYS)}'
        raise fault(document, ("fix",), message, key=True)
    if isinstance(recipe.get("write"), dict | list) and recipe["write"]:
        message = "what is written has members; a scalar, {} or [] is expected; write one of these"
        raise fault(document, ("fix", "write"), message)
    if "replace" in recipe:
        _hold_replacement(document, recipe["replace"])


def _hold_replacement(document: Document, replace: Mapping[str, str]) -> None:
    try:
        re.sub(replace["pattern"], replace["by"], "")
    except (re.error, IndexError) as error:
        message = f"cannot fill this in ({error}); groups of the pattern are expected; correct it"
        raise fault(document, ("fix", "replace", "by"), message) from error


def _rule_file(document: Document, path: Path) -> RuleFile:
    data = document.data
    rule = Rule(
        id=data["id"],
        summary=data["summary"],
        severity=Severity[data["severity"].upper()],
        since=data["since"],
        status=data.get("status", "stable"),
        structural=data.get("structural", False),
        builtin="check" in data,
        once=data.get("once", False),
        scope=data.get("scope", "spec"),
        yields=tuple(data.get("yields", ())),
        sections=tuple(data.get("sections", ())),
        each=data.get("each", ""),
        target=data.get("target", ""),
        where=data.get("where", {}),
        when=data.get("when", {}),
        unless=data.get("unless", {}),
        require=data.get("require", {}),
        message=data.get("message", ""),
        help=data.get("help", ""),
        fix=data.get("fix", {}),
    )
    return RuleFile(
        rule=rule,
        path=path,
        document=document,
        rationale=data["rationale"].strip(),
        remediation=data["remediation"].strip(),
        references=tuple(data["references"]),
        examples=tuple(Example(**example) for example in data.get("examples", ())),
        valid=tuple(data.get("valid", ())),
        invalid=tuple(_invalid(example) for example in data.get("invalid", ())),
    )


def _invalid(example: Mapping[str, Any]) -> Invalid:
    expect = tuple(
        Expectation(one["at"], one["text"], one.get("message")) for one in example["expect"]
    )
    return Invalid(example["spec"], expect, example.get("fixed"))
