"""Compiled schemas come to the verdict of jsonschema, and say what is wrong where."""

import copy
import re
from collections.abc import Iterator
from functools import cache, partial
from typing import Any, NamedTuple

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema.protocols import Validator
from tests.support.effort import calls

from bikube.azure.versions import known_versions, schemas
from bikube.render.target import target_apis
from bikube.schema.compiler import Compiler, UnknownKeyword
from bikube.schema.violations import Check, Violation
from bikube.spec.editor import editor_schema
from bikube.spec.schema import spec_schema

Draw = st.DrawFn

# Bikube speaks of these too, but they make no document invalid: open enumerations.
OPEN = {"enum-case", "enum-value"}


def _match(validator: Any, pattern: str, instance: Any, _schema: Any) -> Iterator[Any]:
    """The pattern as ECMA-262 reads it (see ``tests/schema/test_patterns.py``)."""
    if validator.is_type(instance, "string") and not re.search(
        in_python(pattern), instance, re.ASCII
    ):
        yield jsonschema.ValidationError(f"{instance!r} does not match {pattern!r}")


def in_python(pattern: str) -> str:
    """``pattern`` where "$" is the very end of the text, and "." stops at each end of a line."""
    return re.sub(r"(?<!\\)\.", r"[^\\n\\r\\u2028\\u2029]", pattern.replace("$", r"\Z"))


def _refuse(_validator: Any, read_only: bool, _instance: Any, _schema: Any) -> Iterator[Any]:
    """To jsonschema ``readOnly`` is a remark; in a spec such a property has no place."""
    if read_only:
        yield jsonschema.ValidationError("read-only")


ECMA = jsonschema.validators.extend(  # type: ignore[no-untyped-call]
    jsonschema.Draft202012Validator, {"pattern": _match, "readOnly": _refuse}
)


class Judges(NamedTuple):
    """One schema as bikube and as jsonschema apply it."""

    schema: dict[str, Any]
    compiled: Check
    validator: Validator


@cache
def spec_judges(version: str) -> Judges:
    """Those of a whole spec whose sections are of ``version``."""
    schema = spec_schema(target_apis(), version)
    bare = {key: value for key, value in schema.items() if key not in ("$schema", "$defs")}
    return Judges(schema, Compiler(schema["$defs"]).compile(bare), ECMA(schema))


@cache
def type_judges(version: str) -> dict[str, Judges]:
    """Those of every resource type that ``version`` has."""
    loaded = schemas(version)
    compiler = Compiler(loaded["$defs"])
    return {
        name: Judges(
            {**body, "$defs": loaded["$defs"]},
            compiler.compile(body),
            ECMA({**body, "$defs": loaded["$defs"]}),
        )
        for name, body in loaded["resources"].items()
    }


def violations(check: Check, value: Any) -> list[Violation]:
    """What ``check`` finds in ``value``."""
    found: list[Violation] = []
    check(value, None, found)
    return found


scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 70_000),
    st.sampled_from([0.5, 1.0, -1e9]),
    st.sampled_from(["", "a", "abc", "abc\n", "1Gi", "v1", "Anonymous", "anonymous", "default"]),
    st.text(max_size=5),
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["name", "method", "x-a", "type", "a"]), inner, max_size=2
        )
    ),
    max_leaves=4,
)


@st.composite
def instances(draw: Draw, schema: Any, definitions: Any, depth: int = 0) -> Any:
    """A value that ``schema`` mostly allows."""
    while "$ref" in schema:
        schema = definitions[schema["$ref"].removeprefix("#/$defs/")]
    if "x-discriminator" in schema:
        branches = [branch["then"] for branch in schema["allOf"]]
        return draw(instances(draw(st.sampled_from(branches)), definitions, depth))
    match schema.get("type"):
        case "object":
            return draw(_objects(schema, definitions, depth))
        case "array":
            size = draw(st.integers(schema.get("minItems", 0), 2)) if depth < 6 else 0
            return [draw(instances(schema["items"], definitions, depth + 1)) for _ in range(size)]
        case "string":
            return draw(_strings(schema))
        case "integer" | "number":
            return draw(st.integers(schema.get("minimum", -5), schema.get("maximum", 99_999)))
        case "boolean":
            return draw(st.booleans())
    return draw(values)


@st.composite
def _objects(draw: Draw, schema: Any, definitions: Any, depth: int) -> Any:
    properties = schema.get("properties", {})
    wanted = list(schema.get("required", ()))
    optional = [
        key for key in properties if key not in wanted and not properties[key].get("readOnly")
    ]
    if optional and depth < 6:
        wanted += draw(st.lists(st.sampled_from(optional), max_size=3, unique=True))
    result = {key: draw(instances(properties[key], definitions, depth + 1)) for key in wanted}
    extra = schema.get("additionalProperties")
    if isinstance(extra, dict) and depth < 6:
        result["a"] = draw(instances(extra, definitions, depth + 1))
    return result


def _strings(schema: Any) -> st.SearchStrategy[str]:
    if "const" in schema:
        return st.just(schema["const"])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "x-known" in schema:
        return st.sampled_from([*schema["x-known"], "other"])
    if "pattern" in schema:
        return st.from_regex(re.compile(in_python(schema["pattern"]), re.ASCII))
    low = schema.get("minLength", 0)
    return st.text("ab-.", min_size=low, max_size=min(schema.get("maxLength", 9), low + 9))


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every member of ``value``, as container and key."""
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield value, key
            yield from places(value[key])


@st.composite
def mutated(draw: Draw, judges: Judges) -> Any:
    """A document that the schema mostly allows, with up to two things changed in it."""
    value = copy.deepcopy(draw(instances(judges.schema, judges.schema["$defs"])))
    names = sorted(_names(judges.schema))
    for _ in range(draw(st.integers(0, 2))):
        found = list(places(value))
        if not found:
            break
        container, key = draw(st.sampled_from(found))
        match draw(st.sampled_from(["replace", "remove", "null", "add", "rename"])):
            case "replace":
                container[key] = draw(values)
            case "remove":
                del container[key]
            case "null":
                container[key] = None
            case "add" if isinstance(container, dict):
                container[draw(st.sampled_from(names))] = draw(values)
            case "rename" if isinstance(container, dict):
                container[draw(st.sampled_from([*names, "strange"]))] = container.pop(key)
    return value


def _names(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from (
            schema.get("properties", ()) if isinstance(schema.get("properties"), dict) else ()
        )
        for value in schema.values():
            yield from _names(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _names(value)


def judge(judges: Judges, value: Any) -> tuple[bool, bool]:
    """Whether bikube refuses ``value``, and whether jsonschema does."""
    refused = any(one.rule not in OPEN for one in violations(judges.compiled, value))
    return refused, not judges.validator.is_valid(value)


@pytest.mark.parametrize("version", known_versions())
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_spec_is_judged_as_jsonschema_judges_it(version: str, data: st.DataObject) -> None:
    """The schema of a whole spec refuses and lets through what jsonschema does.

    Both refuse ``null`` on an optional property, which bikube only warns of afterwards. They
    differ by design in two keywords: "$" is read as ECMA-262 says, since editors read the same
    schema so, and ``readOnly`` refuses what to jsonschema is only remarkable.
    """
    judges = spec_judges(version)
    value = data.draw(mutated(judges))
    ours, theirs = judge(judges, value)
    assert ours == theirs


@pytest.mark.parametrize("version", known_versions())
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_every_resource_type_is_judged_as_jsonschema_judges_it(
    version: str, data: st.DataObject
) -> None:
    """The same holds for the properties of each resource type of each API version."""
    all_judges = type_judges(version)
    judges = all_judges[data.draw(st.sampled_from(sorted(all_judges)))]
    value = data.draw(mutated(judges))
    ours, theirs = judge(judges, value)
    assert ours == theirs


@pytest.mark.parametrize("version", known_versions())
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_an_editor_judges_a_spec_alike(version: str, data: st.DataObject) -> None:
    """The schema for editors refuses and lets through the same, but for patterns of its own."""
    judges = spec_judges(version)
    value = data.draw(mutated(judges))
    _, theirs = judge(judges, value)
    found = [error.validator for error in _deepest(editor_validator(version).iter_errors(value))]
    if set(found) != {"pattern"}:
        assert theirs == bool(found)


@cache
def editor_validator(version: str) -> Validator:
    """That of the schema which editors get."""
    validator: Validator = ECMA(editor_schema(target_apis(), version))
    return validator


def _deepest(errors: Iterator[Any]) -> Iterator[Any]:
    """The errors that say what is wrong, and not only that something is."""
    for error in errors:
        yield from _deepest(iter(error.context)) if error.context else (error,)


@pytest.mark.parametrize("version", known_versions())
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_a_violation_leads_to_a_member_of_the_document(version: str, data: st.DataObject) -> None:
    """Each pointer leads somewhere, and one to an unknown key to the very key."""
    judges = spec_judges(version)
    value = data.draw(mutated(judges))
    for one in violations(judges.compiled, value):
        target = value
        for token in one.pointer:
            assert token in (target if isinstance(target, dict) else range(len(target)))
            target = target[token]
        if one.rule == "unknown-key":
            assert f'"{one.pointer[-1]}"' in one.message or len(str(one.pointer[-1])) > 60


def test_a_pattern_ends_where_the_text_ends() -> None:
    """A newline behind a name is part of the text, although Python's "$" stands before it."""
    check = Compiler({}).compile({"type": "string", "pattern": "^[a-z]+$"})
    assert [one.rule for one in violations(check, "abc\n")] == ["wrong-pattern"]
    assert violations(check, "abc") == []


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "format": "uri"},
        {"type": "object", "minProperties": 1},
        {"type": "integer", "multipleOf": 2},
        {"type": ["string", "null"]},
        {"oneOf": [{"type": "string"}]},
        {"type": "array", "uniqueItems": True},
        {"type": "object", "properties": {"a": {"type": "string", "contentEncoding": "base64"}}},
    ],
)
def test_an_unknown_keyword_is_refused(schema: dict[str, Any]) -> None:
    """A schema outside the dialect is refused, and not half applied."""
    with pytest.raises((UnknownKeyword, TypeError)):
        Compiler({}).compile(schema)


UNION = {
    "type": "object",
    "x-described": ["D"],
    "x-discriminator": "type",
    "required": ["type"],
    "properties": {"type": {"type": "string", "enum": ["A", "Bee"]}},
    "allOf": [
        {
            "if": {"required": ["type"], "properties": {"type": {"const": name}}},
            "then": {
                "type": "object",
                "additionalProperties": False,
                "required": ["type"],
                "properties": {
                    "type": {"type": "string", "const": name},
                    f"settingsOf{name}": {"type": "object"},
                },
            },
        }
        for name in ("A", "Bee")
    ],
}
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name"],
    "properties": {
        "name": {"type": "string", "minLength": 2, "maxLength": 4, "pattern": "^[a-z]+$"},
        "level": {"type": "string", "enum": ["error", "warning"]},
        "kind": {"type": "string", "const": "one"},
        "mode": {"type": "string", "x-known": ["Fast", "Slow"]},
        "state": {"readOnly": True},
        "size": {"type": "integer", "minimum": 1, "maximum": 9},
        "share": {"type": "number", "minimum": 0},
        "least": {"type": "number", "maximum": 5},
        "on": {"type": "boolean"},
        "list": {"type": "array", "minItems": 1, "maxItems": 2, "items": {"type": "string"}},
        "long": {"type": "string", "minLength": 3},
        "short": {"type": "string", "maxLength": 1},
        "union": UNION,
    },
}


@pytest.mark.parametrize(
    ("value", "rule", "pointer", "part", "message"),
    [
        (5, "wrong-type", (), "value", "the file is the number 5; a map is expected; write a map"),
        (
            {"name": None},
            "wrong-type",
            ("name",),
            "value",
            '"name" is null; a string is expected; give it a string',
        ),
        (
            {"name": True},
            "wrong-type",
            ("name",),
            "value",
            '"name" is the boolean true; a string is expected; quote it to make it a string',
        ),
        (
            {"name": ["ab"]},
            "wrong-type",
            ("name",),
            "value",
            '"name" is a list; a string is expected; write a string',
        ),
        (
            {"name": "a"},
            "wrong-length",
            ("name",),
            "value",
            '"name" has 1 character; 2 to 4 are allowed; extend it',
        ),
        (
            {"name": "abcde"},
            "wrong-length",
            ("name",),
            "value",
            '"name" has 5 characters; 2 to 4 are allowed; shorten it',
        ),
        (
            {"name": "ab", "long": "ab"},
            "wrong-length",
            ("long",),
            "value",
            '"long" has 2 characters; at least 3 are allowed; extend it',
        ),
        (
            {"name": "ab", "short": "ab"},
            "wrong-length",
            ("short",),
            "value",
            '"short" has 2 characters; at most 1 is allowed; shorten it',
        ),
        (
            {"name": "Ab"},
            "wrong-pattern",
            ("name",),
            "value",
            '"name" is "Ab"; it must match ^[a-z]+$; did you mean "ab"?',
        ),
        (
            {"name": "ab", "level": "Error"},
            "value-case",
            ("level",),
            "value",
            '"Error" has the wrong case; the value is "error"; write it so',
        ),
        (
            {"name": "ab", "level": "eror"},
            "unknown-value",
            ("level",),
            "value",
            '"level" is "eror"; known are "error", "warning"; did you mean "error"?',
        ),
        (
            {"name": "ab", "kind": "two"},
            "unknown-value",
            ("kind",),
            "value",
            '"kind" is "two"; "one" is expected; write "one"',
        ),
        (
            {"name": "ab", "kind": 1},
            "wrong-type",
            ("kind",),
            "value",
            '"kind" is the number 1; "one" is expected; write "one"',
        ),
        (
            {"name": "ab", "level": False},
            "wrong-type",
            ("level",),
            "value",
            (
                '"level" is the boolean false; one of "error", "warning" is expected;'
                " write one of them"
            ),
        ),
        (
            {"name": "ab", "mode": "fast"},
            "enum-case",
            ("mode",),
            "value",
            '"fast" has the wrong case; Azure\'s types have "Fast"; write it so',
        ),
        (
            {"name": "ab", "mode": "Sloww"},
            "enum-value",
            ("mode",),
            "value",
            '"mode" is "Sloww"; Azure\'s types list "Fast", "Slow"; did you mean "Slow"?',
        ),
        (
            {"name": "ab", "state": "x"},
            "read-only-property",
            ("state",),
            "key",
            '"state" is read-only; Azure sets it, whatever a spec says; leave it out',
        ),
        (
            {"name": "ab", "size": 10},
            "out-of-range",
            ("size",),
            "value",
            '"size" is 10; at least 1 and at most 9 is allowed; write 9 or less',
        ),
        (
            {"name": "ab", "size": 1.5},
            "wrong-type",
            ("size",),
            "value",
            '"size" is the number 1.5; an integer is expected; write an integer',
        ),
        (
            {"name": "ab", "least": 6},
            "out-of-range",
            ("least",),
            "value",
            '"least" is 6; at most 5 is allowed; write 5 or less',
        ),
        (
            {"name": "ab", "share": -1},
            "out-of-range",
            ("share",),
            "value",
            '"share" is -1; at least 0 is allowed; write 0 or more',
        ),
        (
            {"name": "ab", "least": "a"},
            "wrong-type",
            ("least",),
            "value",
            '"least" is the string "a"; a number is expected; write a number',
        ),
        (
            {"name": "ab", "on": "yes"},
            "wrong-type",
            ("on",),
            "value",
            '"on" is the string "yes"; true or false is expected; write true or false',
        ),
        (
            {"name": "ab", "list": []},
            "wrong-length",
            ("list",),
            "value",
            '"list" has 0 items; 1 to 2 are allowed; extend it',
        ),
        (
            {"name": "ab", "list": ["a", 5]},
            "wrong-type",
            ("list", 1),
            "value",
            "item 2 is the number 5; a string is expected; quote it to make it a string",
        ),
        (
            {"name": "ab", "list": None},
            "null-value",
            ("list",),
            "key",
            (
                '"list" is null; null means not set, and the outputs are without it; give it a'
                " value, or leave it out"
            ),
        ),
        (
            {"name": "ab", "sise": 5},
            "unknown-key",
            ("sise",),
            "key",
            None,
        ),
        (
            {"level": "error"},
            "required-property",
            ("level",),
            "key",
            'the file has no "name"; it is required; add "name:"',
        ),
        (
            {},
            "required-property",
            (),
            "key",
            'the file has no "name"; it is required; add "name:"',
        ),
        (
            {"nmae": "ab"},
            "required-property",
            ("nmae",),
            "key",
            '"nmae" is not known and "name" is not there; it is required; rename it',
        ),
        (
            {"name": "ab", "union": {"type": "C"}},
            "unknown-value",
            ("union", "type"),
            "value",
            '"type" is "C"; known are "A", "Bee", "D"; write one of them',
        ),
        (
            {"name": "ab", "union": {"type": "bee"}},
            "variant-case",
            ("union", "type"),
            "value",
            (
                '"bee" is in lower camel case, as in manifests; Azure\'s types have "Bee";'
                " write it so"
            ),
        ),
        (
            {"name": "ab", "union": {"type": "BEE"}},
            "value-case",
            ("union", "type"),
            "value",
            '"BEE" has the wrong case; the value is "Bee"; write it so',
        ),
        (
            {"name": "ab", "union": {"type": "D"}},
            "documented-only-value",
            ("union", "type"),
            "value",
            (
                '"D" is in the description of Azure\'s types, but not in their list, which has "A",'
                ' "Bee"; Azure may reject it; keep it if your release takes it, or comment it out'
            ),
        ),
        (
            {"name": "ab", "union": {"type": 5}},
            "wrong-type",
            ("union", "type"),
            "value",
            '"type" is the number 5; one of "A", "Bee" is expected; write one of them',
        ),
        (
            {"name": "ab", "union": {}},
            "required-property",
            ("union",),
            "key",
            '"union" has no "type"; it is required; add "type:"',
        ),
        (
            {"name": "ab", "union": []},
            "wrong-type",
            ("union",),
            "value",
            '"union" is a list; a map is expected; write its members without "- "',
        ),
        (
            {"name": "ab", "union": {"type": "A", "settingsOfBee": {}}},
            "settings-of-other-variant",
            ("union", "settingsOfBee"),
            "key",
            (
                '"settingsOfBee" belongs to type "Bee"; the type here is "A";'
                " change the type, or comment these out"
            ),
        ),
    ],
)
def test_what_is_wrong_is_said_once_with_its_place(
    value: Any, rule: str, pointer: tuple[Any, ...], part: str, message: str | None
) -> None:
    """Each kind of mistake is one finding, whose message says how to mend it."""
    (found,) = violations(Compiler({}).compile(SCHEMA), value)
    assert (found.rule, found.pointer, found.part) == (rule, pointer, part)
    assert message in (None, found.message)


def test_beside_a_misspelt_discriminator_all_else_is_as_unknown_as_it_is() -> None:
    """One key is meant for what selects the variant; the other strangers stay strangers."""
    found = violations(Compiler({}).compile(UNION), {"tpye": "A", "odd": 1, "settingsOfA": {}})
    assert [(one.rule, one.pointer, one.message) for one in found] == [
        (
            "required-property",
            ("tpye",),
            '"tpye" is not known and "type" is not there; it is required; rename it',
        ),
        (
            "unknown-key",
            ("odd",),
            'unknown key "odd"; known are "type", "settingsOfBee"; correct it, or comment it out',
        ),
    ]


@pytest.mark.parametrize(
    ("written", "own", "others"),
    [("bee", "settingsOfBee", ("settingsOfA",)), ("D", None, ("settingsOfA", "settingsOfBee"))],
)
def test_what_stands_beside_a_tolerated_variant_is_judged(
    written: str, own: str | None, others: tuple[str, ...]
) -> None:
    """Lower camel case chooses a variant; a value that is only described has no settings."""
    check = Compiler({}).compile(SCHEMA)
    union = {"type": written, "strange": 1, **{key: {} for key in others}}
    if own is not None:
        union[own] = {}
    found = [
        (one.rule, one.pointer[-1]) for one in violations(check, {"name": "ab", "union": union})
    ]
    assert found[1:] == [
        ("unknown-key", "strange"),
        *(("settings-of-other-variant", key) for key in others),
    ]


def test_a_mistake_is_no_more_work_the_more_there_are() -> None:
    """What lacks a property does not look through the mistakes of all others."""
    check = Compiler({}).compile({"type": "array", "items": SCHEMA})

    def told(times: int) -> None:
        assert len(violations(check, [{"nmae": "ab"}, {"sise": 5}] * times)) == 3 * times

    few, many = (calls(partial(told, times)) for times in (50, 400))
    assert many < 9 * few
