"""What only shows when specs are seen together counts as all other findings do."""

import pytest
from tests.support.found import real
from tests.support.trees import spec

from bikube.diagnostics import Severity
from bikube.lint.across import across
from bikube.lint.engine import Linted, lint
from bikube.rules.builtin import builtin_rules
from bikube.rules.policy import Policy

RULES = builtin_rules()
SHARED = "custom-location-shared"
_ID = "/subscriptions/1/resourceGroups/{}/providers/Microsoft.ExtendedLocation/customLocations/cl-7"


def described(
    name: str, location: str, *, file: str, comment: str = "", policy: Policy | None = None
) -> Linted:
    """What is found in a spec of one instance."""
    text = (
        f"bikube: v1\ninstance:\n  name: {name}\n{comment}  customLocation: {location}\n"
        "registryEndpoints:\n"
        "  - {name: plant-acr, host: plant7.azurecr.io, authentication: {method: Anonymous}}\n"
    )
    return lint(file, text.encode(), RULES, policy or Policy())


def told(*specs: Linted) -> list[tuple[str, str, str]]:
    """What shows across ``specs``: the file, the rule, and how bad it is."""
    return [
        (one.source.name, found.rule, found.severity.label)
        for one in across(specs, RULES)
        for found in one.diagnostics
        if found.rule in (SHARED, "duplicate-instance")
    ]


def test_what_shows_across_specs_stands_in_the_order_of_the_text() -> None:
    """A second spec of an instance is told at its name, between what else is found around it."""
    first, second = (real(spec(host="Plant7.azurecr.io"), name) for name in ("a", "b"))
    kept, after = across([first, second], RULES)
    assert kept is first
    assert [one.rule for one in after.diagnostics] == [
        "kubernetes-preview",
        "duplicate-instance",
        "code-signing-absent",
        "registry-host-case",
        "registry-role-missing",
    ]
    starts = [one.span.start for one in after.diagnostics]
    assert starts == sorted(starts)


def test_a_second_instance_in_a_custom_location_is_told_at_the_location() -> None:
    """The message names the file that was there first."""
    first, second = described("aio-a", "cl-a", file="a"), described("aio-b", "cl-a", file="b")
    kept, after = across([first, second], RULES)
    (found,) = (one for one in after.diagnostics if one.rule == SHARED)
    assert kept is first
    assert (found.pointer, after.source.text[slice(*found.span)]) == (
        ("instance", "customLocation"),
        "cl-a",
    )
    assert found.text == (
        'custom location "cl-a" is in "a" too, for another instance; it is one namespace of one'
        " cluster, where resources of one name meet; write the custom location of this instance"
    )


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("cl-7", "cl-7", [("b", SHARED, "warning")]),
        ("cl-7", "CL-7", [("b", SHARED, "warning")]),
        (_ID.format("rg"), _ID.format("RG"), [("b", SHARED, "warning")]),
        (_ID.format("rg-1"), _ID.format("rg-2"), []),
        (_ID.format("rg"), "cl-7", []),
        ("cl-7", "cl-8", []),
        ("<location>", "<location>", []),
        ("''", "''", []),
        ("[cl-7]", "[cl-7]", []),
    ],
)
def test_locations_are_compared_without_regard_to_case(
    first: str, second: str, found: list[tuple[str, str, str]]
) -> None:
    """A bare name and an id are not compared; what is no location anyway is said once."""
    specs = described("aio-a", first, file="a"), described("aio-b", second, file="b")
    assert told(*specs) == found


def test_each_later_instance_is_told_of_the_first() -> None:
    """A spec of the first instance once more is of no other one, nor is a spec without a name."""
    specs = [described(name, "cl-7", file=name) for name in ("aio-a", "''", "aio-b", "aio-c")]
    specs.append(described("aio-a", "cl-7", file="again"))
    assert told(*specs) == [
        ("aio-b", SHARED, "warning"),
        ("aio-c", SHARED, "warning"),
        ("again", "duplicate-instance", "error"),
    ]


@pytest.mark.parametrize(
    ("policy", "found"),
    [
        (Policy(levels={SHARED: None, "duplicate-instance": None}), ["duplicate-instance"]),
        (Policy(levels={SHARED: Severity.ERROR}), ["custom-location-shared", "duplicate-instance"]),
        (Policy(ignore=[SHARED]), ["duplicate-instance"]),
        (Policy(select=["placeholder"]), ["duplicate-instance"]),
    ],
)
def test_levels_count_across_specs(policy: Policy, found: list[str]) -> None:
    """The configuration of the later spec decides, but not of what is structural."""
    specs = [
        described(name, location, file=str(number), policy=policy)
        for number, (name, location) in enumerate(
            [("aio-a", "cl-a"), ("aio-b", "cl-a"), ("aio-a", "cl-c")]
        )
    ]
    assert [(rule, level) for _, rule, level in told(*specs)] == [(one, "error") for one in found]


@pytest.mark.parametrize(
    ("comment", "shown", "silenced"),
    [
        (f"  # bikube: ignore[{SHARED}] a test bench\n", [], [(SHARED, "a test bench")]),
        (f"  # bikube: ignore[{SHARED}] until=2020-01-01 once\n", [SHARED], []),
        ("  # bikube: ignore[placeholder] other\n", [SHARED], []),
        ("  # nothing\n", [SHARED], []),
    ],
)
def test_a_comment_silences_what_shows_across_specs(
    comment: str, shown: list[str], silenced: list[tuple[str, str]]
) -> None:
    """It is kept with its reason, after what the spec has silenced for itself."""
    first = described("aio-a", "cl-a", file="a")
    second = described("aio-b", "cl-a", file="b", comment=comment)
    _, after = across([first, second], RULES)
    assert [one.rule for one in after.diagnostics if one.rule == SHARED] == shown
    assert [(one.diagnostic.rule, one.reason) for one in after.suppressed] == silenced


def test_a_spec_of_its_own_cannot_say_that_such_a_comment_is_unused() -> None:
    """A hook that names one file of two finds the same in it as a run about both does."""
    comment = f"  # bikube: ignore[{SHARED}] a test bench\n"
    alone = described("aio-b", "cl-a", file="b", comment=comment)
    assert [one.rule for one in alone.diagnostics if "suppression" in one.rule] == []


def test_a_comment_does_not_silence_that_an_instance_is_there_twice() -> None:
    """It is structural: one of the two would write over the other's output."""
    comment = "  # bikube: ignore-file[duplicate-instance] ours\n"
    first = described("aio-a", "cl-a", file="a")
    second = described("aio-a", "cl-a", file="b", comment=comment.strip() + "\n")
    assert told(first, second) == [("b", "duplicate-instance", "error")]


GRID = "plants.westeurope-1.ts.eventgrid.azure.net:8883"


def flows(instance: str, file: str, **changes: str) -> Linted:
    """What is found in a spec with a data flow at an endpoint; ``changes`` replace its texts."""
    text = (
        f"bikube: v1\ninstance: {{name: {instance}, customLocation: cl-{instance}}}\n"
        "dataflowEndpoints:\n- name: cloud\n  endpointType: Mqtt\n  mqttSettings:\n"
        f"    host: '{GRID}'\n    clientIdPrefix: one\n"
        "    authentication: {method: SystemAssignedManagedIdentity}\n"
        "dataflows:\n- name: orders\n  operations:\n"
        "  - {operationType: Source, sourceSettings: {endpointRef: default, dataSources: [a]}}\n"
        "  - operationType: Destination\n"
        "    destinationSettings: {endpointRef: cloud, dataDestination: a}\n"
    )
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return lint(file, text.encode(), RULES)


def clients(*specs: Linted) -> list[tuple[str, str]]:
    """The files and texts of findings about data flows that are one client."""
    return [
        (one.source.name, one.source.cut(found.span))
        for one in across(specs, RULES)
        for found in one.diagnostics
        if found.rule == "dataflow-name-shared"
    ]


def test_data_flows_of_one_name_are_one_client_of_event_grid() -> None:
    """It is told of the second instance, once for both sides of a data flow."""
    first, second = flows("aio-a", "a"), flows("aio-b", "b", default="cloud")
    assert clients(first, second) == [("b", "orders")]
    (found,) = (
        one
        for linted in across([first, second], RULES)
        for one in linted.diagnostics
        if one.rule == "dataflow-name-shared"
    )
    assert found.text == (
        'data flow "orders" is in "a" too, for another instance and the same Event Grid; both have'
        " one client id, and it takes one of them; give each a clientIdPrefix or a name of its own"
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"orders": "other"},
        {"clientIdPrefix: one": "clientIdPrefix: two"},
        {"clientIdPrefix: one": "clientIdPrefix: null"},
        {GRID: "plants.northeurope-1.ts.eventgrid.azure.net:8883"},
        {GRID: "eventgrid.example.org:8883"},
        {"endpointRef: cloud": "endpointRef: default"},
        {"endpointRef: cloud": "endpointRef: 5"},
        {"name: orders": "name: 5"},
        {"name: cloud": "name: other"},
        {"dataflows:": "x-dataflows:"},
        {"aio-b": "aio-a"},
    ],
    ids=str,
)
def test_another_name_prefix_or_host_is_another_client(changes: dict[str, str]) -> None:
    """So is a data flow that is not at Event Grid; one instance has each name once."""
    assert clients(flows("aio-a", "a"), flows("aio-b", "b", **changes)) == []


def test_a_client_is_known_in_any_case_of_its_host() -> None:
    """Hosts are compared as the net compares them."""
    assert clients(flows("aio-a", "a"), flows("aio-b", "b", **{GRID: GRID.upper()})) == [
        ("b", "orders")
    ]
