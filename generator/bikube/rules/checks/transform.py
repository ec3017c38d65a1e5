"""The JSON that configures AIO's own transforms in data flow graphs."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, ClassVar, NamedTuple

from bikube.azure.formulas import unbound
from bikube.azure.transforms import NEEDED, WITH_WILDCARDS, configurations, transform
from bikube.diagnostics import Pointer
from bikube.rules.check import FindingCheck, Hit, all_fills, finds_one_of
from bikube.rules.graphs import Node, graphs
from bikube.schema import Check, Compiler, Violation
from bikube.spec import Rows, Spec, Table

_FILLS = {
    "no-json": ("problem",),
    "form": ("problem", "transform"),
    "wildcard": ("input", "transform"),
    "unbound": ("count", "expression", "variable"),
    "missing-key": ("key", "transform"),
}

_WILDCARD = re.compile(r"(?:^|\.)\*(?:\.|$)")


class _Text(NamedTuple):
    """One text of a node's configuration; ``value`` is its JSON, ``None`` if it is none."""

    transform: str
    key: str
    pointer: Pointer
    problem: str
    value: Any


class Transform(FindingCheck):
    """Finds what is wrong with the configuration of ``{transform}``, which AIO brings.

    * ``no-json``: a text that is no JSON, as the ``{problem}`` says
    * ``form``: JSON in which something is missing or of a wrong type: ``{problem}``
    * ``wildcard``: an ``{input}`` with a wildcard where the transform takes none
    * ``unbound``: an ``{expression}`` with a ``{variable}`` for which there is no input among
      ``{count}``
    * ``missing-key``: no ``{key}``, without which the transform does nothing
    """

    fills: ClassVar[tuple[str, ...]] = all_fills(_FILLS)
    fills_by: ClassVar[tuple[str, Mapping[str, tuple[str, ...]]]] = ("finds", _FILLS)
    parameters: ClassVar[Mapping[str, Any]] = finds_one_of(_FILLS)

    def __init__(self, *, finds: str) -> None:
        self._finds = _FINDERS[finds]

    def find(self, _spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
        """What is found in the configurations of the graphs' nodes."""
        wanted = frozenset(rows)
        for row, node, texts in table.derived(_configured):
            if row in wanted:
                for hit in self._finds(node, texts):
                    yield hit._replace(
                        pointer=(*table.place(row), "nodes", node.place, *hit.pointer)
                    )


def _configured(table: Table) -> list[tuple[int, Node, list[_Text]]]:
    """The nodes that run a transform of AIO's, with the row of each, and its texts."""
    return [
        (graph.row, node, [*_texts(node, name)])
        for graph in table.derived(graphs)
        for node in graph.listed
        if (name := transform(node.artifact))
    ]


def _texts(node: Node, name: str) -> Iterator[_Text]:
    known = configurations(name)
    for index, member in node.configuration:
        key, text = member.get("key"), member.get("value")
        if isinstance(text, str) and isinstance(key, str) and key in known:
            pointer = ("graphSettings", "configuration", index, "value")
            problem, value = _read(text)
            yield _Text(name, key, pointer, problem, value)


def _read(text: str) -> tuple[str, Any]:
    """What keeps ``text`` from being JSON, and its value."""
    try:
        return "", json.loads(text, object_pairs_hook=_members, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        return _problem(text, error), None
    except RecursionError:
        return "it is nested too deeply", None
    except ValueError as error:
        return str(error), None


def _problem(text: str, error: json.JSONDecodeError) -> str:
    """What is wrong with ``text``, in words and at a place that no version of Python changes."""
    at, found = error.pos, text[error.pos : error.pos + 1]
    before = text[:at].rstrip()
    if found == "," or (found in ("}", "]") and before.endswith(",")):
        at, found = (at if found == "," else len(before) - 1), "a comma too many"
    elif error.msg.startswith("Unterminated"):
        found = "a string without an end"
    elif error.msg.startswith("Invalid control"):
        found = "a line break, or what is no character, in a string"
    elif found == "'":
        found = "a single quote where JSON has double ones"
    else:
        found = f'"{found}" is not expected' if found else "the text ends too early"
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return f"{found} at line {line}, column {column} of the text"


def _members(members: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(members)
    if len(found) < len(members):
        keys = [key for key, _ in members]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f'the key "{twice}" stands twice in one object')
    return found


def _no_constant(constant: str) -> Any:
    raise ValueError(f"{constant} is no number in JSON")


def _no_json(_node: Node, texts: list[_Text]) -> Iterator[Hit]:
    return (Hit(text.pointer, values={"problem": text.problem}) for text in texts if text.problem)


def _faults_of_form(_node: Node, texts: list[_Text]) -> Iterator[Hit]:
    for text in texts:
        if not text.problem:
            violations: list[Violation] = []
            _form(text.transform, text.key)(text.value, None, violations)
            for violation in violations:
                problem = violation.message.rpartition("; ")[0].replace("the file", "the JSON", 1)
                lacking = violation.lacking
                place = _path(violation.pointer if lacking is None else lacking[:-1])
                values = {
                    "problem": f"{problem} in {place}" if place else problem,
                    "transform": text.transform,
                }
                yield Hit(text.pointer, values=values)


@cache
def _form(name: str, key: str) -> Check:
    """Holds a value to the form that the transform ``name`` wants below ``key``."""
    return Compiler({}).compile(configurations(name)[key])


def _wildcards(_node: Node, texts: list[_Text]) -> Iterator[Hit]:
    for text in texts:
        if text.transform not in WITH_WILDCARDS and text.key == "rules":
            for rule in _rules(text.value):
                for one in _strings(rule.get("inputs")):
                    if _WILDCARD.search(one):
                        values = {"input": one, "transform": text.transform}
                        yield Hit(text.pointer, values=values)


def _unbound(_node: Node, texts: list[_Text]) -> Iterator[Hit]:
    for text in texts:
        for rule in _rules(text.value):
            inputs, expression = rule.get("inputs"), rule.get("expression", rule.get("trigger"))
            if isinstance(inputs, list) and isinstance(expression, str):
                variable = unbound(expression, len(inputs))
                if variable:
                    values = {
                        "count": str(len(inputs)),
                        "expression": expression,
                        "variable": variable,
                    }
                    yield Hit(text.pointer, values=values)


def _missing_keys(node: Node, _texts: list[_Text]) -> Iterator[Hit]:
    name = transform(node.artifact)
    there = [member.get("key") for _, member in node.configuration]
    for key in NEEDED.get(name, ()):
        if key not in there:
            yield Hit(("graphSettings", "artifact"), values={"key": key, "transform": name})


def _rules(value: Any) -> Iterator[dict[str, Any]]:
    """The rules in the JSON of a configuration: the items of its lists, and its one branch."""
    members = value.values() if isinstance(value, dict) else ()
    for member in members:
        for rule in member if isinstance(member, list) else [member]:
            if isinstance(rule, dict):
                yield rule


def _strings(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _path(pointer: Pointer) -> str:
    """A place in JSON as people write it, such as ``filter[0].inputs``."""
    steps = (f"[{token}]" if isinstance(token, int) else f".{token}" for token in pointer)
    return "".join(steps).removeprefix(".")


_FINDERS: Mapping[str, Callable[[Node, list[_Text]], Iterator[Hit]]] = {
    "no-json": _no_json,
    "form": _faults_of_form,
    "wildcard": _wildcards,
    "unbound": _unbound,
    "missing-key": _missing_keys,
}

CHECK = Transform
