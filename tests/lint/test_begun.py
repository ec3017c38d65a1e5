"""A key of which only the beginning is written is taken for the one that begins so."""

import pytest
from tests.support.found import real

from bikube.fix.rounds import fix_spec

HEAD = "bikube: v1\ninstance: {name: aio-plant-7, customLocation: cl-plant-7}\n"
OPERATIONS = (
    "operations: [{operationType: Source, sourceSettings: {endpointRef: default, dataSources: [a]}}"
    ", {operationType: Destination, destinationSettings: {endpointRef: default,"
    " dataDestination: b}}]"
)
FLOW = (
    f"{HEAD}dataflowProfiles: [{{name: heavy}}]\ndataflows: [{{name: uplink, {OPERATIONS}, %s}}]\n"
)
LISTENER = f"{HEAD}brokerListeners: [{{name: line-7, ports: [{{port: 1883, %s}}], %s}}]\n"
ENDPOINT = (
    f"{HEAD}dataflowEndpoints: [{{name: line-7, endpointType: Mqtt, mqttSettings: {{host: 'a.b:1',"
    " authentication: {method: Anonymous}}, %s}]\n"
)


def _said(text: str) -> list[tuple[str, str, str]]:
    """Rule, the beginning of the message and advice of each error."""
    return [
        (one.rule, one.message.partition("; known")[0], one.help)
        for one in real(text).diagnostics
        if one.severity.label == "error"
    ]


def _key(key: str, meant: str) -> tuple[str, str, str]:
    return ("unknown-key", f'unknown key "{key}"', f'did you mean "{meant}"?')


def _stranger(key: str) -> tuple[str, str, str]:
    return ("unknown-key", f'unknown key "{key}"', "correct it, or comment it out")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FLOW % "profile: heavy", [_key("profile", "profileRef")]),
        (FLOW % "Profile: heavy", [_key("Profile", "profileRef")]),
        (FLOW % "profileRefs: heavy", [_key("profileRefs", "profileRef")]),
        (FLOW % "prof: heavy", [_stranger("prof")]),
        (FLOW % "profileReference: heavy", [_stranger("profileReference")]),
        (LISTENER % ("nodePort: 31883", "broker: default"), [_key("broker", "brokerRef")]),
        (
            LISTENER % ("authentication: default", "serviceType: NodePort"),
            [_key("authentication", "authenticationRef")],
        ),
    ],
)
def test_a_beginning_at_the_border_of_a_word_is_meant(
    text: str, expected: list[tuple[str, str, str]]
) -> None:
    """So it is in any case; what ends within a word, or goes on otherwise, begins nothing."""
    assert _said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FLOW % "profileRef: heavy, profile: heavy", [_stranger("profile")]),
        (LISTENER % ("nodePort: 31883", "service: x"), [_stranger("service")]),
        (HEAD + "dataflowProfiles: [{name: heavy, lo: 1}]\n", [_stranger("lo")]),
        (ENDPOINT % "host: 'a.b:1'", [_stranger("host")]),
    ],
)
def test_what_is_no_beginning_of_one_key(text: str, expected: list[tuple[str, str, str]]) -> None:
    """The key may be there, others may begin so too, and it may belong to another map."""
    assert _said(text) == expected


def test_a_required_key_that_is_begun_is_one_finding_with_a_fix() -> None:
    """It is not missing as well; the fix is unsafe, as for other keys that are near."""
    begun = FLOW.replace("{endpointRef: default, dataSources", "{endpoint: default, dataSources")
    text = begun % "profile: heavy"
    found = '"endpoint" is not known and "endpointRef" is not there; it is required'
    assert _said(text) == [
        ("required-property", found, "rename it"),
        _key("profile", "profileRef"),
    ]
    for unsafe, expected in ((True, FLOW % "profileRef: heavy"), (False, text)):
        fixed = fix_spec(text.encode(), lambda data: real(data.decode()), unsafe=unsafe)
        assert fixed.linted.source.text == expected
