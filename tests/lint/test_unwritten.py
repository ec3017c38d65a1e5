"""What Azure has and no section is for gets a word of its own."""

import pytest

from bikube.diagnostics import Severity
from bikube.lint.engine import lint
from bikube.rules.builtin import builtin_rules

HEAD = "bikube: v1\ninstance: {name: aio-a, customLocation: cl-a%s}\n"
MADE = "AIO itself makes such resources"
NOTHING = "and there is nothing of them to write"
OF_TEMPLATES = f'{MADE} for the entries of "akriConnectorTemplates", {NOTHING}'
UNKNOWN = "unknown-key"
READ_ONLY = "read-only-section"


@pytest.mark.parametrize(
    ("text", "pointer", "rule", "message", "help"),
    [
        (
            "connectors: [{name: abc}]",
            ("connectors",),
            READ_ONLY,
            f'"connectors" is read-only in Azure; {OF_TEMPLATES}',
            "comment it out",
        ),
        (
            "akriServices:",
            ("akriServices",),
            READ_ONLY,
            f'"akriServices" is read-only in Azure; {MADE}, {NOTHING}',
            "comment it out",
        ),
        (
            "existing: {akriServices: [abc]}",
            ("existing", "akriServices"),
            READ_ONLY,
            f'"akriServices" is read-only in Azure; {MADE}, {NOTHING}',
            "comment it out",
        ),
        (
            "targets: {bicep: {apiVersions: {connectors: 2025-10-01}}}",
            ("targets", "bicep", "apiVersions", "connectors"),
            READ_ONLY,
            f'"connectors" is read-only in Azure; {OF_TEMPLATES}',
            "comment it out",
        ),
        (
            "mcpServerConnections: []",
            ("mcpServerConnections",),
            "unknown-section",
            (
                'bikube has no section for "mcpServerConnections" yet; Azure has the type since'
                " 2026-11-01-preview"
            ),
            'comment it out, or begin it with "x-"',
        ),
        (
            "instances: []",
            ("instances",),
            "unknown-section",
            '"instances" is no section; a spec is about one instance, and names it at "instance"',
            "write a spec for each",
        ),
    ],
)
def test_a_key_for_what_is_not_written_is_told_apart(
    text: str, pointer: tuple[str, ...], rule: str, message: str, help: str
) -> None:
    """It is no misspelt section: the finding says who makes it, or since when Azure has it."""
    assert found(HEAD % "" + text) == [(rule, pointer, message, help)]


def test_connectors_are_told_apart_in_a_template_too() -> None:
    """They are below it in Azure; what is not below it is an unknown key there."""
    entry = (
        "brokers: [{name: abc, connectors: [], akriServices: []}]\nakriConnectorTemplates:\n  - "
    )
    text = f"{HEAD % ''}{entry}{{name: abc, connectors: [], akriServices: []}}\n"
    rules = [(one[0], one[1]) for one in found(text)]
    place = ("akriConnectorTemplates", 0)
    assert set(rules) == {
        (UNKNOWN, ("brokers", 0, "connectors")),
        (UNKNOWN, ("brokers", 0, "akriServices")),
        (READ_ONLY, (*place, "connectors")),
        (UNKNOWN, (*place, "akriServices")),
        ("required-property", (*place, "name")),
    }


def test_properties_of_the_instance_are_told_apart() -> None:
    """A spec names it; what else Azure knows of it is not a spec's to say."""
    message = (
        '"features" is a property of the instance; a spec only names the instance, which stays as'
        " it is in Azure"
    )
    known = [(UNKNOWN, ("instance", "features"), message, "comment it out")]
    assert found(HEAD % ", features: {}") == known
    (strange,) = found(HEAD % ", future: {}")
    assert strange[2].startswith('unknown key "future"; known are ')


def found(text: str) -> list[tuple[str, tuple[str | int, ...], str, str]]:
    """Rule, place, message and help of all errors in a spec."""
    linted = lint("bikube.yaml", text.encode(), builtin_rules())
    findings = [one for one in linted.diagnostics if one.severity is Severity.ERROR]
    return [(one.rule, one.pointer, one.message, one.help) for one in findings]
