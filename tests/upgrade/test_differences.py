"""What is different for a value when its schema changes."""

from typing import Any

import pytest

from bikube.upgrade.differences import Difference, Side, differences, same_definitions

TEXT = {"type": "string"}
A_TYPE = "type string → integer"


def told(value: Any, old: Any, new: Any, **definitions: Any) -> list[tuple[str, str, str]]:
    """Each difference: its sort, its path, and what it is."""
    found = differences(value, Side(old, definitions), Side(new, definitions))
    return [(sort, "/".join(map(str, at)), what) for sort, at, what in found]


def thing(*required: str, **members: Any) -> dict[str, Any]:
    """An object with these members only."""
    schema = {"type": "object", "properties": members, "additionalProperties": False}
    return {**schema, "required": list(required)} if required else schema


def union(**variants: Any) -> dict[str, Any]:
    """A union of these variants by the member ``kind``."""
    branches = [
        {"if": {"properties": {"kind": {"const": name}}}, "then": body}
        for name, body in variants.items()
    ]
    return {"x-discriminator": "kind", "x-described": ["Z"], "allOf": branches}


@pytest.mark.parametrize(
    ("value", "old", "new", "expected"),
    [
        ({"a": "x"}, thing(a=TEXT), thing(a=TEXT), []),
        ({"a": "x"}, thing(a=TEXT), thing(), [("removed", "a", "")]),
        ({}, thing(a=TEXT), thing(), []),
        ({"a": None}, thing(a=TEXT), thing(), [("removed", "a", "null")]),
        ({"a": None}, thing(a=TEXT), thing(a={**TEXT, "maxLength": 3}), []),
        ({"a": "x"}, thing(a=TEXT), {**thing(), "additionalProperties": TEXT}, []),
        ({"a": "x"}, thing(a=TEXT), thing(a={"type": "integer"}), [("tightened", "a", A_TYPE)]),
        (
            {"a": {"b": 1}},
            thing(a=thing(b={})),
            thing(a={}),
            [("relaxed", "a", "type object → any")],
        ),
        ({}, thing(), thing(a=TEXT), [("added", "a", "optional")]),
        ({}, thing(), thing("a", a=TEXT), [("added", "a", "required")]),
        ({"b": "x"}, thing(), thing(b=TEXT), []),
        ({}, thing(a={"readOnly": True}), thing(), []),
        ({}, thing(a=TEXT), thing("a", a=TEXT), [("tightened", "a", "required now")]),
        ({}, thing("a", a=TEXT), thing(a=TEXT), [("relaxed", "a", "optional now")]),
        (
            {"a": [{"b": "x"}]},
            thing(a={"type": "array", "items": thing(b=TEXT)}),
            thing(a={"type": "array", "items": thing()}),
            [("removed", "a/0/b", "")],
        ),
        (
            {"k": {"b": "x"}},
            {"type": "object", "additionalProperties": thing(b=TEXT)},
            {"type": "object", "additionalProperties": thing()},
            [("removed", "k/b", "")],
        ),
        (
            "x",
            {**TEXT, "minLength": 1},
            {**TEXT, "minLength": 3},
            [("tightened", "", "minLength 1 → 3")],
        ),
        ("x", {**TEXT, "maxLength": 3}, TEXT, [("relaxed", "", "maxLength 3 → none")]),
        (
            "x",
            {**TEXT, "maxLength": 3},
            {**TEXT, "maxLength": 9},
            [("relaxed", "", "maxLength 3 → 9")],
        ),
        (5, {"minimum": 2}, {"minimum": 1}, [("relaxed", "", "minimum 2 → 1")]),
        (5, {}, {"maximum": 9}, [("tightened", "", "maximum none → 9")]),
        ("x", {**TEXT, "pattern": "a"}, TEXT, [("relaxed", "", "pattern a → none")]),
        ("x", TEXT, {**TEXT, "pattern": "a"}, [("tightened", "", "pattern none → a")]),
        (
            "A",
            {**TEXT, "enum": ["A", "B"]},
            {**TEXT, "enum": ["A", "C"]},
            [("tightened", "", "without B"), ("relaxed", "", "with C")],
        ),
    ],
)
def test_what_a_value_gains_and_loses(value: Any, old: Any, new: Any, expected: Any) -> None:
    """Only what it has, and what it could have at its places, is told."""
    assert told(value, old, new) == expected


def test_variants_of_a_union() -> None:
    """The one that is chosen is compared; one that is gone is told as a whole, others as values."""
    body = thing(kind=TEXT, a=TEXT)
    old, new = union(A=body, B=body), union(A=thing(kind=TEXT))
    fewer, more = ("tightened", "kind", "without B"), ("relaxed", "kind", "with B")

    assert told({"kind": "A", "a": "x"}, old, new) == [fewer, ("removed", "a", "")]
    assert told({"kind": "a", "a": "x"}, old, new) == [fewer, ("removed", "a", "")]
    assert told({"kind": "A"}, new, old) == [more, ("added", "a", "optional")]
    assert told({"kind": "B", "a": "x"}, old, new) == [("removed", "kind", 'variant "B"')]
    assert told({"kind": "Z"}, old, new) == [fewer]
    assert told({"kind": "other"}, old, new) == []
    assert told({"kind": "A"}, old, thing(kind=TEXT)) == []


@pytest.mark.parametrize(
    ("sort", "what", "expected"),
    [
        ("removed", "", True),
        ("removed", "null", True),
        ("renamed", '"other"', True),
        ("removed", 'variant "B"', False),
        ("added", "optional", False),
        ("relaxed", "", False),
    ],
)
def test_what_goes(sort: Any, what: str, expected: bool) -> None:
    """A property that the value cannot keep goes; a variant is for a person to replace."""
    assert Difference(sort, ("brokers", 0, "a"), what).is_going is expected


def test_what_is_the_same_all_the_way_down() -> None:
    """What leads to another thing is another thing itself, as is what one side lacks."""
    leads = {name: {"properties": {"a": {"$ref": f"#/$defs/{to}"}}} for name, to in ("AB", "BC")}
    old = {**leads, "C": TEXT, "D": TEXT, "E": {"enum": ["x"]}, "gone": TEXT, "self": {}}
    old["self"] = thing(a={"type": "array", "items": {"$ref": "#/$defs/self"}})
    new = {**old, "C": {"type": "integer"}, "come": TEXT}
    del new["gone"]

    assert same_definitions(old, new) == {"D", "E", "self"}
    before, after = (Side({"$ref": "#/$defs/D"}, one, frozenset("D")) for one in (old, new))
    assert list(differences("x", before, after)) == []


def test_a_difference_is_a_value() -> None:
    """It says its sort, its place and what it is."""
    (found,) = differences({"a": 1}, Side(thing(a={}), {}), Side(thing(), {}), ("brokers", 0))

    assert found == Difference("removed", ("brokers", 0, "a"), "")
