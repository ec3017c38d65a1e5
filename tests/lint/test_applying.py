"""Rules that look into the lists of entries: everything is as it is for entries."""

from collections.abc import Mapping
from typing import Any

import pytest

from bikube.diagnostics import Diagnostic, Severity, join_pointer
from bikube.edits import apply
from bikube.lint.engine import Linted, lint
from bikube.report.fingerprint import fingerprints
from bikube.rules import Override, Policy, Ruleset, builtin_rules
from bikube.rules.rule import Rule

HEAD = "bikube: v1\ninstance: {name: aio-plant-7, customLocation: cl-plant-7}\n"
PORTS = """\
brokerListeners:
- {name: inside, ports: [{port: 1883}]}
- name: outside
  serviceType: LoadBalancer
  ports:
  - {port: 8883, protocol: mqtt}
  - {port: 8884, protocol: webSockets}
  - {port: 8885, protocol: webSockets, authenticationRef: default}
"""
AUTHORIZATIONS = """\
brokerAuthorizations:
- name: abc
  authorizationPolicies:
    rules:
    - principals: {attributes: [{a: One, b: two}]}
      brokerResources:
      - {method: Publish, topics: [a/B, c]}
    - principals: {clientIds: []}
      brokerResources: [{method: Subscribe, topics: [D]}]
"""


def rule(**fields: Any) -> Rule:
    """A rule of one's own about the protocol of ports, or else about something."""
    own: dict[str, Any] = {
        "id": "own-rule",
        "summary": "Ports have lower-case protocols.",
        "severity": Severity.WARNING,
        "since": "1.0.0",
        "sections": ("brokerListeners",),
        "each": "/ports/*",
        "require": {"lower-case": {"at": "/protocol"}},
        "message": "{name}: {value}",
    }
    return Rule(**{**own, **fields})


def linted(text: str, own: Rule, policy: Policy | None = None) -> Linted:
    """What comes of linting ``text`` below the usual head with ``own`` besides all others."""
    rules = Ruleset([*builtin_rules(), own])
    return lint("bikube.yaml", (HEAD + text).encode(), rules, policy or Policy())


def found(text: str, own: Rule, policy: Policy | None = None) -> list[Diagnostic]:
    """What ``own`` finds in ``text``."""
    return [one for one in linted(text, own, policy).diagnostics if one.rule == own.id]


def places(text: str, **fields: Any) -> list[str]:
    """Where a rule with ``fields`` finds something in ``text``."""
    return [join_pointer(one.pointer) for one in found(text, rule(**fields))]


SOCKETS = [f"/brokerListeners/1/ports/{number}/protocol" for number in (1, 2)]


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({}, SOCKETS),
        ({"where": {"present": {"at": "/serviceType"}}}, SOCKETS),
        ({"where": {"one-of": {"at": "/serviceType", "values": ["NodePort"]}}}, []),
        ({"when": {"present": {"at": "/authenticationRef"}}}, SOCKETS[1:]),
        ({"unless": {"present": {"at": "/authenticationRef"}}}, SOCKETS[:1]),
        ({"unless": {"aio-version": {}}}, SOCKETS),
        ({"each": "/unheard/*"}, []),
        ({"once": True}, SOCKETS[:1]),
        ({"sections": ("*",)}, SOCKETS),
    ],
)
def test_conditions_choose_entries_and_items(
    conditions: Mapping[str, Any], expected: list[str]
) -> None:
    """``where`` asks of the entry, ``when`` and ``unless`` of the item."""
    assert places(PORTS, **conditions) == expected


def test_a_finding_outside_of_the_lists_is_spared_by_no_item() -> None:
    """A check may find fault with the instance on behalf of items."""
    text = PORTS.replace("brokerListeners", "brokerListeners", 1)
    head = text.replace("brokerListeners:", "x-none: []\nbrokerListeners:", 1)
    own = rule(
        require={"aio-version": {"least": "1.4"}},
        unless={"present": {"at": "/port"}},
    )
    body = HEAD.replace("}", ", aioVersion: '1.2'}") + head
    rules = Ruleset([*builtin_rules(), own])
    diagnostics = lint("bikube.yaml", body.encode(), rules).diagnostics
    assert [join_pointer(one.pointer) for one in diagnostics if one.rule == own.id] == [
        "/instance/aioVersion"
    ]


def test_a_path_may_lead_through_several_lists_and_maps() -> None:
    """The items can be texts, too: the empty pointer is the item itself."""
    rules = "/authorizationPolicies/rules/*"
    sections = ("brokerAuthorizations",)
    require = {"lower-case": {"at": ""}}
    start = "/brokerAuthorizations/0/authorizationPolicies/rules"
    topics = places(
        AUTHORIZATIONS,
        sections=sections,
        each=f"{rules}/brokerResources/*/topics/*",
        require=require,
    )
    assert topics == [
        f"{start}/0/brokerResources/0/topics/0",
        f"{start}/1/brokerResources/0/topics/0",
    ]
    values = places(
        AUTHORIZATIONS,
        sections=sections,
        each=f"{rules}/principals/attributes/*/*",
        require=require,
    )
    assert values == [f"{start}/0/principals/attributes/0/a"]


def test_a_finding_names_its_entry_and_is_mended_in_place() -> None:
    """The message is filled with the entry's name, and the fix changes the item only."""
    diagnostics = found(PORTS, rule(fix={"safe": True, "lower": True}))
    assert [one.message for one in diagnostics] == ["outside: webSockets"] * 2
    fixes = [one.fix for one in diagnostics if one.fix is not None]
    assert apply(HEAD + PORTS, fixes) == HEAD + PORTS.replace("webSockets", "websockets")


def test_a_comment_silences_what_is_found_in_an_item() -> None:
    """On its line, or above the entry that it is in."""
    trailing = "{port: 8884, protocol: webSockets} # bikube: ignore[own-rule] a test"
    text = PORTS.replace("{port: 8884, protocol: webSockets}", trailing)
    assert places(text) == SOCKETS[1:]
    above = PORTS.replace("- name: out", "# bikube: ignore[own-rule] a test\n- name: out")
    assert places(above) == []


def test_an_override_is_for_the_entry_of_an_item() -> None:
    """A pattern of resources fits the entry, and so all that is in it."""
    override = Override(("brokerListeners/default/out*",), {"own-rule": None})
    assert found(PORTS, rule(), Policy(overrides=(override,))) == []
    other = Override(("brokerListeners/default/inside",), {"own-rule": None})
    assert len(found(PORTS, rule(), Policy(overrides=(other,)))) == 2


def test_a_fingerprint_is_made_of_the_entry_and_the_value() -> None:
    """It stays as it is where entries and items change their order."""
    own = rule(require={"none-of": {"at": "/protocol", "values": ["mqtt"]}})
    rules = Ruleset([*builtin_rules(), own])
    head, first, second = PORTS.partition("- {name: inside, ports: [{port: 1883}]}\n")
    lines = second.splitlines(keepends=True)
    swapped = head + "".join([*lines[:3], lines[4], lines[3], lines[5]]) + first
    prints = []
    for text in (PORTS, swapped):
        one = linted(text, own)
        named = zip(one.diagnostics, fingerprints("bikube.yaml", one, rules), strict=True)
        prints.append([known for diagnostic, known in named if diagnostic.rule == own.id])
    assert prints[0] == prints[1]
    assert len(prints[0]) == 1


def test_what_an_item_lacks_is_shown_where_the_rule_says() -> None:
    """At a property of the item, else at its name, else at the item."""
    text = (
        "dataflows:\n- name: abc\n  operations:\n"
        "  - {name: src, operationType: Source}\n  - {operationType: Destination}\n  - odd\n"
    )
    fields = {"sections": ("dataflows",), "each": "/operations/*"}
    start = "/dataflows/0/operations"
    require = {"present": {"at": "/sourceSettings"}}
    assert places(text, **fields, require=require) == [
        f"{start}/0/name",
        f"{start}/1",
        f"{start}/2",
    ]
    require = {"present": {"at": "/sourceSettings", "shown": "/operationType"}}
    assert places(text, **fields, require=require) == [
        f"{start}/0/operationType",
        f"{start}/1/operationType",
        f"{start}/2",
    ]
