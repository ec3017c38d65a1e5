"""Schemas compiled once into closures that say what is wrong, and where.

The dialect is a small part of JSON Schema 2020-12 with ``x-discriminator`` on unions, so that a
finding always lands in the variant that the author chose. A keyword outside that dialect is
refused. A test holds the verdict to that of ``jsonschema``.
"""

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from bikube.schema import choices
from bikube.schema import violations as say
from bikube.schema.refs import referred, resolved, variant_name, variants
from bikube.schema.scalars import compile_scalar, regex
from bikube.schema.violations import Check, Schema, Violation, Where

REGEX: Schema = {"type": "string", "format": "regex"}
"""A regular expression in Python's form; no other format is part of the dialect."""

_IGNORED = frozenset({"title", "description", "$comment", "examples", "default", "type"})
_KEYWORDS: dict[str | None, frozenset[str]] = {
    None: frozenset({"anyOf"}),
    "string": frozenset({"minLength", "maxLength", "pattern", "enum", "const", "x-known"}),
    "integer": frozenset({"minimum", "maximum"}),
    "number": frozenset({"minimum", "maximum"}),
    "boolean": frozenset(),
    "array": frozenset({"items", "minItems", "maxItems"}),
    "object": frozenset(
        (
            *("properties", "required", "additionalProperties", "patternProperties"),
            *("allOf", "x-described", "x-discriminator", "x-implied"),
        )
    ),
}


class Foreign(NamedTuple):
    """The discriminator of a union, and which variant each member of it belongs to."""

    discriminator: str
    owners: Mapping[str, str]


class UnknownKeyword(ValueError):
    """A schema uses a keyword that this compiler does not know."""


class Compiler:
    """Compiles the schemas that share one set of ``$defs``."""

    def __init__(self, definitions: Schema) -> None:
        self._definitions = definitions
        self._compiled: dict[str, Check] = {}

    def compile(self, schema: Schema) -> Check:
        """The closure that adds to a list whatever is wrong with a value.

        Raises:
            UnknownKeyword: ``schema`` uses a keyword outside the dialect.
        """
        if "$ref" in schema:
            return self._referred(schema)
        if schema.get("readOnly"):
            return say.read_only
        kind = schema.get("type")
        if kind == "string" and schema.get("format") == "regex":
            return regex
        unknown = schema.keys() - _IGNORED - _KEYWORDS.get(kind, frozenset())
        if unknown or kind not in _KEYWORDS:
            raise UnknownKeyword(f"{kind}: {', '.join(sorted(unknown))}")
        if "anyOf" in schema:
            return self._either(schema["anyOf"])
        if kind == "object":
            return self._union(schema) if "x-discriminator" in schema else self._object(schema)
        if kind == "array":
            return _array(schema, self.compile(schema.get("items", {})))
        return compile_scalar(schema)

    def _referred(self, schema: Schema) -> Check:
        name = referred(schema)
        known = self._compiled.get(name)
        if known is None:
            known = self._compiled[name] = self.compile(resolved(schema, self._definitions))
        return known

    def _either(self, schemas: Sequence[Schema]) -> Check:
        """A string or a map: what is neither is held to the first of ``schemas``."""
        text, members = map(self.compile, schemas)

        def check(value: Any, where: Where | None, out: list[Violation]) -> None:
            (members if type(value) is dict else text)(value, where, out)

        return check

    def _object(self, schema: Schema, foreign: Foreign | None = None) -> Check:
        members = {key: self.compile(sub) for key, sub in schema.get("properties", {}).items()}
        required = schema.get("required", [])
        needed = frozenset(required)
        writable = {key for key, member in members.items() if member is not say.read_only}
        # In a map of any keys null is a value like others, and both outputs have it.
        optional = writable - needed
        extra = schema.get("additionalProperties", True)
        others = self.compile(extra) if isinstance(extra, Mapping) else None
        strange = _stranger(schema, members, foreign)
        only = _only_string(schema, writable)

        def check(value: Any, where: Where | None, out: list[Violation]) -> None:
            if type(value) is not dict:
                out.append(say.no_map(value, only, where))
                return
            before = len(out)
            for key, child in value.items():
                member = members.get(key, others)
                if member is None:
                    out.extend(strange(key, value, where))
                elif child is None and key in optional:
                    out.append(say.null_value((where, key)))
                else:
                    member(child, (where, key), out)
            if needed and not value.keys() >= needed:
                lacking = [key for key in required if key not in value]
                _report_missing(lacking, value, where, out, before)

        return check

    def _union(self, schema: Schema) -> Check:
        key = schema["x-discriminator"]
        bodies = variants(schema, self._definitions)
        owners = {name: chosen for chosen, body in bodies.items() for name in body["properties"]}
        foreign = Foreign(key, owners)
        checks = {chosen: self._object(body, foreign) for chosen, body in bodies.items()}
        unlisted = self._unlisted(schema, checks, foreign)

        def check(value: Any, where: Where | None, out: list[Violation]) -> None:
            if type(value) is str and value in checks:
                out.append(say.bare_member(value, key, where))
            elif type(value) is not dict:
                out.append(say.wrong_type(value, "a map", where))
            elif key not in value:
                out.extend(_without_discriminator(key, owners, value, where))
            else:
                chosen = value[key]
                if type(chosen) is str and chosen in checks:
                    checks[chosen](value, where, out)
                elif type(chosen) is str:
                    unlisted(value, where, out)
                else:
                    out.append(say.wrong_type(chosen, "a string", (where, key), allowed=checks))

        return check

    def _unlisted(self, schema: Schema, checks: Mapping[str, Check], foreign: Foreign) -> Check:
        """What the union ``schema`` says of a map whose discriminator is none of its variants."""
        key, described = schema["x-discriminator"], schema.get("x-described", ())
        alone = self._object({"properties": {key: {}}, "additionalProperties": False}, foreign)

        def check(value: Any, where: Where | None, out: list[Violation]) -> None:
            chosen = value[key]
            meant = variant_name(chosen, checks)
            if meant is not None:
                out.append(choices.variant_case(chosen, meant, (where, key)))
                checks[meant]({**value, key: meant}, where, out)
            elif chosen in described:
                out.append(choices.only_described(chosen, checks, (where, key)))
                alone(value, where, out)
            else:
                out.append(choices.not_one_of(chosen, (*checks, *described), (where, key)))

        return check


def _only_string(schema: Schema, writable: Container[str]) -> str | None:
    """What a string in place of the map can be meant for: its name, or the one string in it."""
    if "name" in schema.get("required", ()):
        return "name"
    kinds = {k: sub.get("type") for k, sub in schema.get("properties", {}).items() if k in writable}
    return next(iter(kinds)) if list(kinds.values()) == ["string"] else None


def _without_discriminator(
    key: str, owners: Mapping[str, str], value: dict[str, Any], where: Where | None
) -> Iterator[Violation]:
    """What is wrong whatever the variant is: what selects it may be there under a wrong name."""
    known = tuple(dict.fromkeys((key, *owners)))
    strange = [say.unknown_key(name, where, known, value) for name in value if name not in known]
    near = (one for one in strange if say.misspelt_as(one, key) is not None)
    # Under another name, only what chooses a variant can have one of their names for a value.
    chosen = set(owners.values())
    telling = [one for one in strange if str(value[str(one.pointer[-1])]) in chosen]
    meant = next(near, telling[0] if len(telling) == 1 else None)
    if meant is None:
        yield say.missing(key, where, value)
    yield from (say.misspelt(one, key) if one is meant else one for one in strange)


def _report_missing(
    lacking: Sequence[str],
    value: dict[str, Any],
    where: Where | None,
    out: list[Violation],
    before: int,
) -> None:
    """Adds what is missing; where a key is close to it, that key is named in one finding.

    ``before`` is how many there were before ``value`` was looked at.
    """
    for key in lacking:
        for index in range(before, len(out)):
            known = out[index]
            if known.where == (where, say.misspelt_as(known, key)):
                out[index] = say.misspelt(known, key)
                break
        else:
            out.append(say.missing(key, where, value))


def _stranger(
    schema: Schema, members: Mapping[str, Check], foreign: Foreign | None
) -> Callable[[str, dict[str, Any], Where | None], Iterator[Violation]]:
    """What a map says of a key that its schema does not list."""
    closed = schema.get("additionalProperties", True) is False
    ignored = re.compile("|".join(schema.get("patternProperties", ())) or "(?!)").match
    writable = [key for key, member in members.items() if member is not say.read_only]

    def strange(key: str, value: dict[str, Any], where: Where | None) -> Iterator[Violation]:
        if foreign is not None and key in foreign.owners:
            chosen = (foreign.discriminator, value[foreign.discriminator])
            # What is not set belongs to no other variant, however it is written.
            yield (
                say.null_value((where, key))
                if value[key] is None
                else say.foreign_key(key, where, chosen, foreign.owners[key])
            )
        elif closed and not ignored(key):
            yield say.unknown_key(key, where, writable, value)

    return strange


def _array(schema: Schema, item: Check) -> Check:
    low, high = schema.get("minItems"), schema.get("maxItems")
    fewest, most = low or 0, float("inf") if high is None else high

    def check(value: Any, where: Where | None, out: list[Violation]) -> None:
        if type(value) is not list:
            out.append(say.wrong_type(value, "a list", where))
            return
        if not fewest <= len(value) <= most:
            out.append(say.bad_length(value, low, high, where))
        for index, child in enumerate(value):
            item(child, (where, index), out)

    return check
