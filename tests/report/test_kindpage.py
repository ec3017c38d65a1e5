"""Pages of kinds: a tree over all API versions, and in which of them what is there."""

import pytest
from ruamel.yaml import YAML

from bikube.azure import all_kinds, versions_with
from bikube.report.kindpage import Choice, Entry, KindPage, form, kind_page, part, since
from bikube.report.kindtext import facts, kind_data, kind_text
from bikube.schema.descriptions import Description

SECTIONS = [kind.section for kind in all_kinds()]
PAGES = {kind.section: kind_page(kind) for kind in all_kinds()}


def entry(path: str, depth: int = 0, **facts: object) -> Entry:
    """A property of which little is known."""
    whole: dict[str, object] = {
        "form": "text",
        "required": False,
        "only": "",
        "said": Description("A text."),
        "choices": (),
        "versions": "",
    }
    return Entry(path, depth, **{**whole, **facts})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("having", "said"),
    [
        ("abcd", ""),
        ("bcd", "since b"),
        ("d", "since d"),
        ("abc", "until c"),
        ("a", "in a"),
        ("b", "in b"),
        ("bc", "from b to c"),
        ("ad", "in a, since d"),
        ("acd", "in a, since c"),
        ("abd", "until b, since d"),
    ],
)
def test_versions_are_said_in_short(having: str, said: str) -> None:
    """A run up to the newest is "since", one from the oldest "until", one alone "in"."""
    assert since(list(having), list("abcd")) == said


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"type": "string"}, "text"),
        ({"type": "string", "minLength": 3, "maxLength": 9}, "text of 3 to 9 characters"),
        ({"type": "string", "maxLength": 9}, "text of up to 9 characters"),
        ({"type": "string", "minLength": 1}, "text of 1 or more characters"),
        ({"type": "integer"}, "whole number"),
        ({"type": "integer", "minimum": 0, "maximum": 1}, "whole number 0 to 1"),
        ({"type": "number"}, "number"),
        ({"type": "boolean"}, "true or false"),
        ({"type": "object"}, "map"),
        ({"type": "array", "items": {"type": "string"}}, "list of texts"),
        ({"type": "array", "items": {"$ref": "#/$defs/A"}}, "list of maps"),
        ({}, "anything"),
    ],
)
def test_forms_are_said_in_words(schema: dict[str, object], said: str) -> None:
    """What a property is held to, as people say it."""
    assert form(schema) == said


@pytest.mark.parametrize("section", SECTIONS)
def test_each_property_stands_below_what_it_is_in(section: str) -> None:
    """The depth grows by one step at most, and the path goes on from the one above."""
    above: list[str] = []
    for one in PAGES[section].entries:
        assert one.depth <= len(above)
        above = above[: one.depth]
        assert all(one.path.startswith(f"{outer}/") for outer in above)
        above.append(one.path)


@pytest.mark.parametrize("section", SECTIONS)
def test_the_example_is_that_of_the_section(section: str) -> None:
    """It can be copied into a spec as it stands."""
    data = YAML(typ="safe", pure=True).load(PAGES[section].example)
    assert list(data) == [section]


def test_what_has_to_be_there_comes_first() -> None:
    """The name leads, then what is required, then the rest; variants follow what chooses them."""
    entries = PAGES["registryEndpoints"].entries
    assert [one.key for one in entries if one.depth == 0] == [
        *("name", "authentication", "host"),
        *("codeSigningCas", "metadata", "trustSettings"),
    ]
    inner = [one.path for one in entries if one.path.startswith("codeSigningCas/")]
    assert inner == [f"codeSigningCas/*/{key}" for key in ("type", "configMapRef", "secretRef")]


def test_variants_and_versions_are_told() -> None:
    """What only one variant has says so, and what only some versions have."""
    found = {one.path: facts(one) for one in PAGES["registryEndpoints"].entries}
    assert {path: found[path] for path in ("host", "trustSettings", "codeSigningCas")} == {
        "host": "text of 3 to 63 characters · required",
        "trustSettings": "map · in 2025-07-01-preview",
        "codeSigningCas": "list of maps · since 2025-10-01",
    }
    settings = "authentication/anonymousSettings"
    assert found[settings] == "map · for method: Anonymous"
    assert found["trustSettings/trustedSigningKeys/secretRef"] == "text · required for type: Secret"


def test_every_version_of_the_kind_is_named() -> None:
    """The page is about all versions that have the kind."""
    for kind in all_kinds():
        assert PAGES[kind.section].versions == versions_with(kind.arm_type)


def test_a_part_has_what_is_below_a_path() -> None:
    """A part is a property with all that is in it, and nothing of the kind as a whole."""
    page = part(PAGES["registryEndpoints"], "codeSigningCas")
    assert [one.path for one in page.entries] == [
        "codeSigningCas",
        *(f"codeSigningCas/*/{key}" for key in ("type", "configMapRef", "secretRef")),
    ]
    assert (page.summary, page.example) == ("", "")
    assert part(PAGES["registryEndpoints"], "hosts").entries == ()


def test_text_of_a_page() -> None:
    """Each property has its facts in a line, and below it what is said of it."""
    choices = (Choice("a", "The first.", "since v2"), Choice("b", "", ""))
    page = KindPage(
        *("things", ("v1", "v2"), "Things are many."),
        (
            entry("kind", required=True, choices=choices),
            entry("labels", form="map", versions="since v2"),
            entry("labels/*", 1, said=Description("A label.", default=5, unit="seconds")),
        ),
        "things:\n  - kind: a\n",
    )
    assert "\n".join(kind_text(page)) == (
        "things: API versions v1 to v2\n\nThings are many.\n\n"
        "kind · text · required\n    A text.\n    * a (since v2): The first.\n    * b\n\n"
        "labels · map · since v2\n    A text.\n\n"
        "    (any key) · text\n        A label.\n        Default: 5 · Unit: seconds\n\n"
        "Example:\n    things:\n      - kind: a"
    )


def test_what_lies_deep_is_still_wrapped_in_lines_of_some_width() -> None:
    """Lines are a hundred wide, and never less than forty however deep they begin."""
    long = Description("A word and another one. " * 9)
    entries = tuple(entry("/".join("a" * (depth + 1)), depth, said=long) for depth in range(20))
    lines = list(kind_text(KindPage("things", ("v1",), "", entries, "")))
    widths = [len(line) - len(line.lstrip()) for line in lines if "word" in line]
    assert max(len(line) for line in lines if line.startswith("    A word")) <= 100
    assert max(widths) == 80
    assert max(len(line.strip()) for line in lines if line.startswith(" " * 80)) <= 40


def test_data_of_a_page_leaves_out_what_is_not_known() -> None:
    """A property has only the facts that there are."""
    page = KindPage("things", ("v1",), "Many.", (entry("kind"),), "")
    assert kind_data(page) == {
        "kind": "things",
        "versions": ["v1"],
        "summary": "Many.",
        "example": "",
        "properties": [
            {"path": "kind", "form": "text", "required": False, "description": "A text."}
        ],
    }
