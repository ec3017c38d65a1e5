"""Descriptions in a schema: each property has its own, also where properties share a type."""

from typing import Any

from bikube.schema.annotating import Property, annotated, properties
from bikube.schema.descriptions import Description, Descriptions

ADDRESS = {
    "title": "Address",
    "type": "object",
    "additionalProperties": False,
    "properties": {"town": {"type": "string"}, "state": {"readOnly": True}},
}
SHAPE = {
    "title": "Shape",
    "type": "object",
    "x-discriminator": "form",
    "properties": {"form": {"type": "string", "enum": ["round", "square"]}},
    "required": ["form"],
    "allOf": [
        {
            "if": {"properties": {"form": {"const": "round"}}, "required": ["form"]},
            "then": {"$ref": "#/$defs/Round"},
        },
        {
            "if": {"properties": {"form": {"const": "square"}}, "required": ["form"]},
            "then": {"$ref": "#/$defs/Square"},
        },
    ],
}
DEFINITIONS: dict[str, Any] = {
    "Address": ADDRESS,
    "Shape": SHAPE,
    "Round": {
        "type": "object",
        "properties": {
            "form": {"type": "string", "const": "round"},
            "radius": {"type": "integer"},
        },
    },
    "Square": {
        "type": "object",
        "properties": {"form": {"type": "string", "const": "square"}, "side": {"type": "integer"}},
    },
}


def reference(name: str) -> dict[str, Any]:
    """A reference to a definition."""
    return {"$ref": f"#/$defs/{name}"}


def of(schema: dict[str, Any], **said: Description) -> dict[str, Any]:
    """What becomes of the one property "it" with this schema."""
    words = Descriptions("", "", said)
    whole = {"type": "object", "properties": {"it": schema}}
    found: dict[str, Any] = annotated(whole, DEFINITIONS, words)["properties"]["it"]
    return found


def test_what_properties_share_is_described_for_each() -> None:
    """Two properties of one type have different words for what is in it."""
    schema = {
        "type": "object",
        "properties": {"home": reference("Address"), "work": reference("Address")},
    }
    words = Descriptions(
        *("", ""),
        {
            "home/town": Description("Where one sleeps."),
            "work/town": Description("Where one works."),
        },
    )
    found = annotated(schema, DEFINITIONS, words)["properties"]
    assert {name: one["properties"]["town"] for name, one in found.items()} == {
        "home": {"title": "town", "description": "Where one sleeps.", "type": "string"},
        "work": {"title": "town", "description": "Where one works.", "type": "string"},
    }


def test_facts_stand_below_the_text() -> None:
    """Default, unit and example follow the text, and the default is the schema's own, too."""
    said = Description("How long.", default=60, unit="seconds", example=5)
    assert of({"type": "integer", "minimum": 1}, it=said) == {
        "title": "it",
        "description": "How long.\nDefault: 60 · Unit: seconds · Example: 5",
        "type": "integer",
        "minimum": 1,
        "default": 60,
    }


def test_read_only_is_not_offered() -> None:
    """What Azure sets is not offered, and an editor says why where it stands."""
    assert of(reference("Address"))["properties"]["state"] == {
        "title": "state",
        "description": "Set by Azure; leave it out.",
        "readOnly": True,
        "doNotSuggest": True,
        "deprecationMessage": "Set by Azure; leave it out.",
    }


def test_closed_values_are_described_in_their_order() -> None:
    """Each value that there is has its words, or none."""
    said = Description("How.", values={"slow": "With care.", "gone": "Not in this version."})
    found = of({"type": "string", "enum": ["fast", "slow"]}, it=said)
    assert found["enumDescriptions"] == ["", "With care."]
    assert "defaultSnippets" not in found


def test_known_values_of_an_open_list_are_offered() -> None:
    """They are offered with their words, quoted where YAML would take them for numbers."""
    said = Description("Which.", values={"1.2": "Old.", "v1": ""})
    assert of({"type": "string"}, it=said) == {
        "title": "it",
        "description": "Which.\nKnown values: 1.2, v1",
        "type": "string",
        "defaultSnippets": [
            {"label": "1.2", "body": '"1.2"', "description": "Old."},
            {"label": "v1", "body": "v1", "description": ""},
        ],
    }
    listed = of({"type": "string", "x-known": ["a", "b"]}, it=Description("Which."))
    assert [one["label"] for one in listed["defaultSnippets"]] == ["a", "b"]
    assert "x-known" not in listed


def test_a_variant_says_what_it_is() -> None:
    """The union lists the variants; in a variant its own value stands, with its words."""
    said = Description("The form.", values={"round": "A disk.", "square": "A tile."})
    words = {"it/form": said, "it/side": Description("How wide.")}
    found = of(reference("Shape"), **words)
    assert found["properties"]["form"]["enumDescriptions"] == ["A disk.", "A tile."]
    square = found["allOf"][1]["then"]["properties"]
    assert square["form"] == {
        "title": "form",
        "description": "A tile.",
        "type": "string",
        "const": "square",
    }
    assert square["side"]["description"] == "How wide."
    assert found["allOf"][0]["if"] == SHAPE["allOf"][0]["if"]  # type: ignore[index]


def test_patterns_are_those_of_the_words_or_of_the_schema() -> None:
    """What an editor says of a wrong text is given where there is a pattern."""
    own = Description("A name.", pattern="^a", refused="An a is expected.")
    theirs = Description("A name.", refused="A b is expected.")
    shown = ("pattern", "patternErrorMessage")
    found = [
        of({"type": "string"}, it=own),
        of({"type": "string", "pattern": "^b"}, it=theirs),
        of({"type": "string"}, it=theirs),
    ]
    assert [[one.get(key) for key in shown] for one in found] == [
        ["^a", "An a is expected."],
        ["^b", "A b is expected."],
        [None, None],
    ]


def test_values_in_a_list_have_the_words_of_the_list() -> None:
    """What is said of a list of texts is said of each text; of a list of maps it is not."""
    said = Description("Which colours.", values={"red": "Like blood."})
    texts = of({"type": "array", "items": {"type": "string", "enum": ["red"]}}, it=said)
    maps = of({"type": "array", "items": reference("Address")}, it=said)
    assert texts["items"]["description"] == "Which colours."
    assert texts["items"]["enumDescriptions"] == ["Like blood."]
    assert "enumDescriptions" not in texts
    assert "description" not in maps["items"]


def test_a_map_of_any_keys_has_one_description_for_all() -> None:
    """The value of a key that may be any is described by "*"."""
    schema = {"type": "object", "additionalProperties": {"type": "string"}}
    found = of(schema, **{"it/*": Description("A label.")})
    assert found["additionalProperties"] == {"description": "A label.", "type": "string"}


def test_what_is_not_described_is_as_it_was() -> None:
    """Without words a property keeps its schema, without the name of its type."""
    assert of({"title": "Name", "type": "string", "x-known": ["a"]}) == {"type": "string"}


def test_paths_are_those_that_can_be_written() -> None:
    """Properties, what is in them, items, keys that may be any; nothing that is read-only."""
    schema = {
        "type": "object",
        "properties": {
            "homes": {"type": "array", "items": reference("Address")},
            "labels": {"type": "object", "additionalProperties": {"type": "string"}},
            "shape": reference("Shape"),
        },
    }
    assert [one.path for one in properties(schema, DEFINITIONS)] == [
        *("homes", "homes/*/town"),
        *("labels", "labels/*"),
        *("shape", "shape/form", "shape/form", "shape/radius", "shape/form", "shape/side"),
    ]


def test_properties_say_when_they_have_to_be_there() -> None:
    """Each property has its schema, whether it is required, and in which variant it is."""
    assert list(properties(reference("Shape"), DEFINITIONS, "it"))[:3] == [
        Property("it/form", SHAPE["properties"]["form"], True),  # type: ignore[index]
        Property("it/form", {"type": "string", "const": "round"}, False, ("form", "round")),
        Property("it/radius", {"type": "integer"}, False, ("form", "round")),
    ]
