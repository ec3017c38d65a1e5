"""Wrong outputs by the hundred, each one step away from a right one."""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from tests.proof.data import escaped

ADDED = "added"
TWIN = "twin"


class Mutant(NamedTuple):
    """A whole value with one change in it, and a JSON pointer to the change."""

    pointer: str
    what: str
    value: Any


class TextMutant(NamedTuple):
    """A whole text with one change in it, and the resource that the change stands in."""

    resource: str
    what: str
    text: str


def mutants(value: object, pointer: str = "") -> Iterator[Mutant]:
    """Every value that is one flip, drop, addition or exchange away from ``value``."""
    match value:
        case dict():
            yield from _mapping_mutants(value, pointer)
        case list():
            yield from _list_mutants(value, pointer)
        case _:
            pass
    for flipped in _flips(value):
        yield Mutant(pointer, f"flip to {flipped!r}", flipped)


def _mapping_mutants(value: dict[str, Any], pointer: str) -> Iterator[Mutant]:
    yield Mutant(f"{pointer}/{ADDED}", "add", {**value, ADDED: ADDED})
    for key, child in value.items():
        at = f"{pointer}/{escaped(key)}"
        others = {name: other for name, other in value.items() if name != key}
        yield Mutant(at, "drop", others)
        yield Mutant(at, "rename", {**others, f"{key}x": child})
        for mutant in mutants(child, at):
            yield mutant._replace(value={**value, key: mutant.value})


def _list_mutants(value: list[Any], pointer: str) -> Iterator[Mutant]:
    yield Mutant(pointer, "add", [*value, ADDED])
    for index, child in enumerate(value):
        at = f"{pointer}/{index}"
        before, after = value[:index], value[index + 1 :]
        yield Mutant(at, "drop", before + after)
        yield Mutant(at, "repeat", [*before, child, child, *after])
        for mutant in mutants(child, at):
            yield mutant._replace(value=[*before, mutant.value, *after])
    for index, (one, other) in enumerate(pairwise(value)):
        if one != other:
            swapped = [*value[:index], other, one, *value[index + 2 :]]
            yield Mutant(pointer, f"exchange {index}", swapped)


def _flips(value: object) -> Iterator[object]:
    yield [value]
    match value:
        case None:
            yield from ("", "null", False, 0, {}, [])
        case bool():
            yield from (not value, int(value), str(value).lower(), None)
        case int() | float():
            yield from (value + 1, -value - 1, value + 0.25, str(value), value > 0, None)
            yield int(value) if isinstance(value, float) else float(value)
        case str():
            yield from _text_flips(value)
        case dict() | list():
            yield from (None, "", [] if isinstance(value, dict) else {})
        case _:
            raise TypeError(f"no plain data: {value!r}")


def _text_flips(value: str) -> Iterator[object]:
    near = {f"{value}x", f"{value} ", f"{value}\n", f"{value}\x00", value[:-1], value[1:]}
    near |= {value.upper(), value.lower(), value.title(), value.replace("\\", "\\\\"), ""}
    yield from sorted(near - {value})
    yield None
    if re.fullmatch(r"-?(0|[1-9]\d*)", value):
        yield json.loads(value)
    if value in {"on", "off", "true", "false"}:
        yield value in {"on", "true"}


_DECLARATION = re.compile(r"resource (?P<symbol>\w+) '(?P<type>[^']+)'")
_BICEP_LEAF = re.compile(
    r"(?P<indent> +)(?P<key>[^:]+: )?(?P<value>'.*'|-?\d+|true|false|null|json\(.*\)|\w+\.\w+)"
)


def bicep_mutants(text: str) -> Iterator[TextMutant]:
    """Every Bicep file that is one step away from ``text``, and the symbol of what changed.

    An added resource has `TWIN` as its symbol and its name.
    Lines outside of resources are left alone: what they say, only Bicep says. So are the types in
    declarations, and with them the versions.
    """
    blocks = text.split("\n\n")
    types = {
        found["symbol"]: found["type"] for block in blocks if (found := _DECLARATION.match(block))
    }
    for index, block in enumerate(blocks):
        if not (found := _DECLARATION.match(block)):
            continue
        before, after = blocks[:index], blocks[index + 1 :]
        for mutant in _block_mutants(block, found["symbol"], types):
            kept = [mutant.text] if mutant.text else []
            yield mutant._replace(text="\n\n".join([*before, *kept, *after]))


def _block_mutants(block: str, symbol: str, types: dict[str, str]) -> Iterator[TextMutant]:
    yield TextMutant(symbol, "drop", "")
    if " existing = {" not in block:
        twin = block.replace(symbol, TWIN, 1)
        twin = re.sub(r"^  name: .*", f"  name: '{TWIN}'", twin, count=1, flags=re.MULTILINE)
        yield TextMutant(TWIN, "add", f"{block}\n\n{twin.rstrip()}\n")
    lines = block.split("\n")
    for number, line in enumerate(lines[1:], start=1):
        for what, mutated in _line_mutants(line, types):
            changed = "\n".join([*lines[:number], *mutated, *lines[number + 1 :]])
            yield TextMutant(symbol, f"{what} {line.strip()}", changed)


def _line_mutants(line: str, types: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
    indent = " " * (len(line) - len(line.lstrip()) + 2)
    if line.endswith("{"):
        yield "add below", [line, f"{indent}{ADDED}: '{ADDED}'"]
    if line.endswith("["):
        yield "add below", [line, f"{indent}'{ADDED}'"]
    if (parent := line.removeprefix("  parent: ")) in types:
        for other, kind in types.items():
            if other != parent and kind == types[parent]:
                yield f"make {other} the parent instead of", [f"  parent: {other}"]
    leaf = _BICEP_LEAF.fullmatch(line)
    if leaf and leaf["value"] != "null":
        yield "drop", []
    if leaf:
        flipped = "true" if leaf["value"] in {"null", "false"} else "false"
        is_text = leaf["value"].startswith("'")
        flipped = f"{leaf['value'][:-1]}x'" if is_text else flipped
        yield "flip", [f"{leaf['indent']}{leaf['key'] or ''}{flipped}"]


def yaml_mutants(text: str) -> Iterator[TextMutant]:
    """Every YAML file that is one line away from ``text``, comments and markers aside."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if not line.strip() or line.startswith(("#", "---")):
            continue
        before, after = lines[:number], lines[number + 1 :]
        yield TextMutant("", f"drop {line}", "\n".join([*before, *after]))
        head, colon, value = line.rpartition(": ")
        flipped = f"{head}{colon}{value[:-1]}x{value[-1]}" if value.endswith('"') else f"{line}x"
        yield TextMutant("", f"flip {line}", "\n".join([*before, flipped, *after]))
