"""A rule's page teaches: what it calls wrong is found, what it calls right is right."""

import re
from typing import Any

import pytest

from bikube import assets
from bikube.diagnostics import Diagnostic, Severity
from bikube.document import Document
from bikube.edits.recipes import apply
from bikube.lint.engine import Linted, lint
from bikube.report.rulepage import PageSection, examples, sections
from bikube.rules.builtin import builtin_rules
from bikube.rules.examples import as_spec
from bikube.rules.file import Example, Expectation, Invalid, RuleFile, read_rule_file

FILES = [
    read_rule_file(path, path.read_bytes())
    for path in sorted(assets.folder("rules").glob("*.yaml"))
]
WITHOUT_WRONG = {
    "annotations-size": "256 KiB do not fit on a page",
    "custom-location-shared": "one example is one spec",
    "dataflow-name-shared": "one example is one spec",
    "drift": "what is wrong stands in a generated file",
    "duplicate-instance": "one example is one spec",
    "file-encoding": "a rule file is UTF-8 itself",
    "file-too-large": "64 MiB do not fit into a rule file",
    "profile-dataflows": "71 data flows do not fit on a page",
}
WITHOUT_RIGHT = {"kubernetes-preview": "every spec with a resource gets manifests"}
LINES = 16
"""A data flow with both ends, or a connector, fits in so many; written as people write it."""
MORE_LINES = 27
"""So does a graph of four nodes, and a whole spec with what its entries lead to."""
COLUMNS = 88
"""So wide is a page. What is silenced has its reason on the same line, and may be wider."""
WIDER = {
    "malformed-suppression": "the reason stands on the line of what is silenced",
    "nesting-too-deep": "61 levels do not fit",
}
PRINTED = re.compile(r"must match (\S+)")


def linted(file: RuleFile, example: str) -> Linted:
    """The example, linted as a whole spec with all rules."""
    return lint("bikube.yaml", as_spec(example, file.rule.sections).encode(), builtin_rules())


def own(file: RuleFile, result: Linted) -> list[Diagnostic]:
    """The findings of the rule itself."""
    return [one for one in result.diagnostics if one.rule == file.rule.id]


def entries(document: Document) -> list[tuple[str, int]]:
    """The pointers of the registry endpoints."""
    found = document.data.get("registryEndpoints") if isinstance(document.data, dict) else None
    return [("registryEndpoints", row) for row in range(len(found or ()))]


def met(document: Document, found: list[Diagnostic]) -> set[tuple[str, int]]:
    """The entries in which a finding is, or a place that one mentions; all, if it is about all."""
    spots = [one.span.start for one in found]
    spots += [more.span.start for one in found for more in one.related]
    places = [(entry, document.extent(entry)) for entry in entries(document)]
    inside = {entry for entry, span in places for at in spots if span.start <= at < span.end}
    return inside or {entry for entry, _ in places}


def shown() -> list[Any]:
    """Every example of every page."""
    return [
        pytest.param(file, example, id=f"{file.rule.id}-{number}")
        for file in FILES
        for number, example in enumerate(examples(file))
    ]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.rule.id)
def test_a_page_has_two_or_three_examples(file: RuleFile) -> None:
    """Something wrong, something right, and no list of tests."""
    found = examples(file)
    texts = [text for example in found for text in example if text]
    assert len(texts) <= 3
    assert any(one.wrong for one in found) == (file.rule.id not in WITHOUT_WRONG)
    assert any(one.right for one in found) == (file.rule.id not in WITHOUT_RIGHT)
    graph = file.rule.sections == ("dataflowGraphs",)
    for text in texts:
        large = graph or text.startswith("bikube:")
        assert len(text.splitlines()) <= (MORE_LINES if large else LINES)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.rule.id)
def test_an_example_is_as_wide_as_a_page(file: RuleFile) -> None:
    """Nobody has to scroll to the right to see what is meant; ids of Azure cannot be parted."""
    lines = [line for one in examples(file) for text in one for line in text.splitlines()]
    whole = ("# bikube: ignore", ": /subscriptions/")
    wide = [line for line in lines if len(line) > COLUMNS and not any(one in line for one in whole)]
    assert bool(wide) == (file.rule.id in WIDER), wide


@pytest.mark.parametrize(("file", "example"), shown())
def test_every_entry_called_wrong_has_a_finding(file: RuleFile, example: Example) -> None:
    """No entry is shown below "Wrong" that the rule has nothing to say about."""
    if example.wrong:
        result = linted(file, example.wrong)
        assert own(file, result)
        if result.document is not None:
            assert met(result.document, own(file, result)) == set(entries(result.document))


@pytest.mark.parametrize(("file", "example"), shown())
def test_what_is_called_right_has_no_finding(file: RuleFile, example: Example) -> None:
    """No rule has an error or a warning below "Right", and the rule itself has nothing."""
    if example.right:
        found = linted(file, example.right).diagnostics
        assert [one.text for one in found if one.severity > Severity.INFO] == []
        assert [one.text for one in found if one.rule == file.rule.id] == []


@pytest.mark.parametrize(("file", "example"), shown())
def test_what_is_fixed_has_no_finding(file: RuleFile, example: Example) -> None:
    """Where a page shows what a fix makes of it, the rule has nothing more to say."""
    found = own(file, linted(file, example.wrong)) if example.wrong else []
    fixes = [one.fix for one in found if one.fix is not None]
    if len(fixes) == len(found) > 0:
        text = as_spec(example.wrong, file.rule.sections)
        assert own(file, lint("bikube.yaml", apply(text, fixes).encode(), builtin_rules())) == []


@pytest.mark.parametrize(("file", "example"), shown())
def test_what_is_called_right_matches_the_pattern_that_is_printed(
    file: RuleFile, example: Example
) -> None:
    """A page that quotes a pattern shows below "Right" nothing that it refuses."""
    page = "\n".join(one.body for one in sections(file, builtin_rules()))
    for pattern in {one.rstrip(";") for one in PRINTED.findall(page)}:
        key = "host" if "azurecr" in pattern else "name"
        values = re.findall(rf"\b{key}: '?([^,'\s}}]+)", example.right)
        assert [one for one in values if not re.search(pattern, one)] == []


def test_the_pattern_of_the_how_to_is_printed() -> None:
    """The rule that holds hosts to it quotes it, so that the test above has something to ask."""
    (file,) = (one for one in FILES if one.rule.id == "registry-host-acr-pattern")
    page = "\n".join(one.body for one in sections(file, builtin_rules()))
    assert {one.rstrip(";") for one in PRINTED.findall(page)} == {
        r"^(https:\/\/)?[a-zA-Z0-9\-]+\.azurecr\.io$"
    }


def test_the_first_tests_stand_in_for_examples() -> None:
    """The page of a rule without examples shows two of its tests that fail, and one that holds."""
    file = FILES[0]._replace(
        examples=(),
        valid=("a", "b"),
        invalid=tuple(Invalid(text, (Expectation("", "", None),), None) for text in "cde"),
    )
    assert examples(file) == (Example(wrong="c"), Example(wrong="d"), Example(right="a"))


def test_a_page_shows_the_finding_and_what_the_fix_makes_of_it() -> None:
    """Below "Wrong" stand the report of the rule alone, and the example after its fixes."""
    (file,) = (one for one in FILES if one.rule.id == "registry-host-case")
    page = list(sections(file, builtin_rules()))
    assert [one.title for one in page] == [
        *("", "Why", "How to fix", "Wrong", "Finding", "Fixed", "Right", "Sources")
    ]
    assert page[5] == PageSection("Fixed", page[3].body.replace("Contoso", "contoso"), "yaml")
    assert "registry-host-case" in page[4].body
