"""Descriptions by path, as their files give them."""

from pathlib import Path

import pytest

from bikube import assets
from bikube.schema.descriptions import Description, Descriptions, read_descriptions, written

FILE = """\
summary: What it is about.
properties:
  short: A text alone.
  long: {text: A text, unit: seconds, versions: {2099-01-01: {text: Another., default: 5}}}
"""


def test_the_nearest_fit_counts() -> None:
    """A path's own description goes before wildcards, and of these the one that says more."""
    names = ("a/b/c", "a/b/*", "a/*/*", "*/*/c")
    words = Descriptions("", "", {name: Description(name) for name in names})
    paths = ("a/b/c", "a/b/x", "a/x/y", "x/y/c", "a/b", "x/y/z")
    found = {path: said.text if (said := words.of(path)) else None for path in paths}
    assert found == {
        "a/b/c": "a/b/c",
        "a/b/x": "a/b/*",
        "a/x/y": "a/*/*",
        "x/y/c": "*/*/c",
        "a/b": None,
        "x/y/z": None,
    }


def test_a_version_has_words_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a file says of one version stands in place of the rest, and other facts stay."""
    (tmp_path / "one.yaml").write_text(FILE, encoding="utf-8")
    monkeypatch.setattr(assets, "folder", lambda _name: tmp_path)
    plain, special = read_descriptions("one"), read_descriptions("one", "2099-01-01")
    short = Description("A text alone.")
    assert plain.properties == {"short": short, "long": Description("A text", unit="seconds")}
    changed = Description("Another.", unit="seconds", default=5)
    assert special.properties == {"short": short, "long": changed}
    assert (plain.summary, plain.example) == ("What it is about.", "")


def test_descriptions_are_joined_by_path() -> None:
    """The later ones stand in place of those at the same paths."""
    words = Descriptions("s", "e", {"a": Description("1"), "b": Description("2")})
    joined = words.joined({"b": Description("3")})
    assert joined == Descriptions("s", "e", {"a": Description("1"), "b": Description("3")})


def test_facts_are_written_as_in_a_spec() -> None:
    """Texts are bare where YAML takes them for texts; what is not said is left out."""
    values = (None, "a b", "1.2", True, 3, ["a"], "2025-10-01")
    assert [written(value) for value in values] == [
        *("", "a b", '"1.2"', "true", "3", '["a"]', "2025-10-01")
    ]
    assert Description("a").facts == {}
    said = Description("a", default=False, unit="ms")
    assert said.facts == {"Default": "false", "Unit": "ms"}
    assert said.fact_line == "Default: false · Unit: ms"
