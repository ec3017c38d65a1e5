"""What the hand-written pages show works."""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from bikube.app.schemas import config_schema_text
from bikube.lint.engine import lint
from bikube.lint.ruletest import failures
from bikube.rules.builtin import builtin_rules
from bikube.rules.loading import load_rule
from bikube.rules.rule import Ruleset

ROOT = Path(__file__).parents[2]
FOLDERS = ("", "docs/", "docs/adr/", "examples/plant/")
PAGES = sorted(path for folder in FOLDERS for path in ROOT.glob(f"{folder}*.md"))
BLOCK = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MARK = re.compile(r"# (error|warning|info): ([a-z-]+)$")
"""A comment that tells what is found in its line."""

HEAD = "bikube: v1\ninstance: {name: aio-a, customLocation: cl-a}\n"
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def _blocks(first: str) -> list[tuple[str, str]]:
    """Page and text of every YAML block in which a line begins with ``first``."""
    found = [(page, block) for page in PAGES for block in BLOCK.findall(page.read_text("utf-8"))]
    return [
        (page.name, block) for page, block in found if re.search(f"^{first}", block, re.MULTILINE)
    ]


@pytest.mark.parametrize(("page", "block"), _blocks("bikube: v1") + _blocks("registryEndpoints:"))
def test_specs_in_the_pages_have_the_findings_that_are_marked(page: str, block: str) -> None:
    """A spec, or a part of one, has in each line the findings of which its comments tell.

    Hints need not be marked, but those that are have to be there.
    """
    head = "" if "bikube: v1" in block else HEAD
    linted = lint(page, (head + block).encode(), builtin_rules())
    found = {
        (linted.source.position(one.span.start).line, one.severity.label, one.rule)
        for one in linted.diagnostics
    }
    lines = enumerate((head + block).splitlines(), start=1)
    marked = {(number, *mark) for number, line in lines for mark in MARK.findall(line)}
    assert {one for one in found if one[1] != "info"} | (marked & found) == marked


@pytest.mark.parametrize(("page", "block"), _blocks("customRules:"))
def test_configurations_in_the_pages_have_their_form(page: str, block: str) -> None:
    """A configuration that a page shows is valid by the schema that bikube prints."""
    # YAML 1.2, as bikube and editors read it: in YAML 1.1 `off` is no string.
    data = YAML(typ="safe", pure=True).load(block)
    errors = Draft202012Validator(json.loads(config_schema_text())).iter_errors(data)
    assert [f"{page}: {error.message}" for error in errors] == []


@pytest.mark.parametrize(("page", "block"), _blocks("rationale:"))
def test_rules_in_the_pages_hold_their_examples(page: str, block: str) -> None:
    """A rule that a page shows is a valid rule file, and its examples hold."""
    text = re.sub(r"^# checks/.*\n", "", block)
    name = text.split("id: ", 1)[1].splitlines()[0]
    file = load_rule(Path(f"{name}.yaml"), text.encode())
    rules = Ruleset([*builtin_rules(), file.rule])
    assert (page, list(failures(file, rules))) == (page, [])


def test_pages_show_something_of_each_sort() -> None:
    """The tests above have something to look at."""
    sorts = ("bikube: v1", "registryEndpoints:", "customRules:", "rationale:")
    assert {first: bool(_blocks(first)) for first in sorts} == dict.fromkeys(sorts, True)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    """Every relative link in a page leads to a file of the project."""
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def _anchors(page: Path) -> set[str]:
    """The anchors that GitHub gives to the titles of a page."""
    text = re.sub(r"(?ms)^```.*?^```$", "", page.read_text(encoding="utf-8"))
    titles = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_titles(page: Path) -> None:
    """Every link to a part of a page leads to a title in it."""
    links = re.findall(r"\]\((?!https?:)([^)#]*)#([^)]+)\)", page.read_text(encoding="utf-8"))
    known = {path: _anchors(page.parent / path if path else page) for path, _ in links}
    assert [link for link in links if link[1] not in known[link[0]]] == []
