"""What another API version has is told by the versions that have it, and not mended by guesses."""

from typing import Any

import pytest

from bikube.diagnostics import Severity
from bikube.lint.engine import lint
from bikube.rules.builtin import builtin_rules

HEAD = "bikube: v1\ninstance: {name: aio-a, customLocation: cl-a}\n"
TEMPLATE = (
    "akriConnectorTemplates:\n  - name: abc\n"
    "    deviceInboundEndpointTypes: [{endpointType: a}]\n    runtimeConfiguration: {%s}\n"
)
HELM = TEMPLATE % "runtimeConfigurationType: HelmConfiguration, helmConfigurationSettings: 5"
OTEL = "dataflowEndpoints: [{name: abc, endpointType: %s}]\n"
TRUST = (
    "registryEndpoints: [{name: abc, host: a.azurecr.io, authentication: {method:"
    " SystemAssignedManagedIdentity}, trustSettings: 5}]\n"
)
RUNTIME = ("akriConnectorTemplates", 0, "runtimeConfiguration")
INSTEAD = "comment it out, or choose such a version"
CHOOSE = "choose such a version"


def version(text: str) -> str:
    """The line that chooses an API version."""
    return f"targets: {{bicep: {{apiVersion: {text}}}}}\n"


@pytest.mark.parametrize(
    ("text", "rule", "pointer", "message", "help"),
    [
        (
            HELM,
            "unknown-value",
            (*RUNTIME, "runtimeConfigurationType"),
            (
                '"HelmConfiguration" is not in API version 2025-10-01; it is there in'
                " 2025-07-01-preview only"
            ),
            CHOOSE,
        ),
        (
            version("2099-01-01") + HELM.replace("Helm", "helm"),
            "unknown-value",
            (*RUNTIME, "runtimeConfigurationType"),
            (
                '"HelmConfiguration" is not in API version 2026-11-01-preview, by which'
                " 2099-01-01 is checked; it is there in 2025-07-01-preview only"
            ),
            "choose another value",
        ),
        (
            version("2025-04-01") + OTEL % "openTelemetry",
            "enum-value",
            ("dataflowEndpoints", 0, "endpointType"),
            (
                '"OpenTelemetry" is not in API version 2025-04-01; it is there since'
                " 2025-07-01-preview"
            ),
            CHOOSE,
        ),
        (
            TRUST,
            "property-not-in-version",
            ("registryEndpoints", 0, "trustSettings"),
            (
                '"trustSettings" is not in API version 2025-10-01; it is there in'
                " 2025-07-01-preview only"
            ),
            'use "codeSigningCas" here, or choose such a version',
        ),
        (
            version("2026-03-01")
            + "brokers: [{name: default, persistence: {maxSize: 1Gi, dynamicSettings: {}}}]\n",
            "property-not-in-version",
            ("brokers", 0, "persistence", "dynamicSettings"),
            (
                '"dynamicSettings" is not in API version 2026-03-01; it is there in'
                " 2025-07-01-preview only"
            ),
            INSTEAD,
        ),
    ],
)
def test_the_versions_that_have_it_are_told(
    text: str, rule: str, pointer: tuple[Any, ...], message: str, help: str
) -> None:
    """A key, a value and a variant alike; no value or key of this version is guessed."""
    (found,) = [one for one in findings(text) if (one.rule, one.pointer) == (rule, pointer)]
    assert (found.message, found.help, found.fix) == (message, help, None)


@pytest.mark.parametrize(
    ("chosen", "type_", "expected"),
    [
        (
            "2025-04-01",
            "openTelemetry",
            [
                (
                    "property-not-in-version",
                    "openTelemetrySettings",
                    (
                        '"OpenTelemetry" and "openTelemetrySettings" are not in API version'
                        " 2025-04-01; they are there since 2025-07-01-preview"
                    ),
                    CHOOSE,
                )
            ],
        ),
        (
            "2025-04-01",
            "Kafka",
            [
                (
                    "property-not-in-version",
                    "openTelemetrySettings",
                    (
                        '"openTelemetrySettings" is not in API version 2025-04-01; it is there'
                        " since 2025-07-01-preview"
                    ),
                    INSTEAD,
                )
            ],
        ),
        ("2025-10-01", "OpenTelemetry", []),
    ],
)
def test_a_variant_of_another_version_is_one_finding_with_its_settings(
    chosen: str, type_: str, expected: list[tuple[str, str, str, str]]
) -> None:
    """The settings are the place, since they are the error; a type that is there is not named."""
    settings = "{host: 'a:4317', authentication: {method: Anonymous}}"
    text = (
        f"{version(chosen)}dataflowEndpoints:\n  - name: abc\n    endpointType: {type_}\n"
        f"    openTelemetrySettings: {settings}\n"
    )
    rules = ("enum-value", "property-not-in-version", "unknown-key")
    found = [one for one in findings(text) if one.rule in rules]
    assert [(one.rule, one.pointer[-1], one.message, one.help) for one in found] == expected


def test_a_variant_that_no_version_has_is_told_apart_from_its_settings() -> None:
    """Nothing is known of either, so each has the finding that it has alone."""
    text = (
        version("2025-04-01")
        + "dataflowEndpoints: [{name: abc, endpointType: Nothing, nothingSettings: {}}]\n"
    )
    found = [(one.rule, one.pointer[-1]) for one in findings(text)]
    assert {("enum-value", "endpointType"), ("unknown-key", "nothingSettings")} <= {*found}


@pytest.mark.parametrize(
    ("chosen", "severity", "mended"),
    [("2025-10-01", Severity.ERROR, True), ("2099-01-01", Severity.WARNING, False)],
)
def test_a_variant_that_no_version_has_is_a_mistake_where_there_are_types(
    chosen: str, severity: Severity, *, mended: bool
) -> None:
    """In a version that is newer than all known ones it may well be there."""
    entry = "{name: abc, host: a.io, authentication: {method: Anonymus}}"
    text = f"{version(chosen)}registryEndpoints: [{entry}]\n"
    (found,) = [one for one in findings(text) if one.rule == "unknown-value"]
    assert (found.severity, found.fix is not None) == (severity, mended)


def test_sections_that_a_version_lacks_are_told_since_when_they_are_there() -> None:
    """One finding for all of them, at the version, whatever else stands in them."""
    sections = ["akriConnectorTemplates", "dataflowGraphs", "registryEndpoints"]
    text = version("2024-11-01") + "".join(f"{name}: [{{name: abc}}]\n" for name in sections)
    (found,) = [one for one in findings(text) if one.rule == "api-version-without-type"]
    assert (found.pointer, found.message, found.help) == (
        ("targets", "bicep", "apiVersion"),
        (
            'API version "2024-11-01" has no "registryEndpoints", "dataflowGraphs" and'
            ' "akriConnectorTemplates"; these types are there since 2025-07-01-preview'
        ),
        'write "2025-10-01"',
    )
    assert [one.message for one in found.related] == ["this one"] * 3


@pytest.mark.parametrize(
    "value", ["5", "null", "[]", "{}", "[Custom]", "{a: 1}", "true", "''", "aLL", "\u0130", "x y"]
)
def test_anything_may_stand_where_a_variant_is_chosen(value: str) -> None:
    """No rule fails of it, and what is no variant is a finding there."""
    text = (
        f"brokers: [{{name: abc, persistence: {{maxSize: 1G, retain: {{mode: {value}}}}}}}]\n"
        + (TEMPLATE % f"runtimeConfigurationType: {value}")
        + f"    connectors: {value}\n"
        f"dataflowGraphs: [{{name: abc, nodes: [{{nodeType: {value}}}]}}]\n"
    )
    linted = lint("bikube.yaml", (HEAD + text).encode(), builtin_rules())
    assert linted.faults == ()
    pointers = {one.pointer for one in linted.diagnostics if one.severity is Severity.ERROR}
    assert pointers >= {
        ("brokers", 0, "persistence", "retain", "mode"),
        (*RUNTIME, "runtimeConfigurationType"),
        ("akriConnectorTemplates", 0, "connectors"),
        ("dataflowGraphs", 0, "nodes", 0, "nodeType"),
    }


def findings(text: str) -> Any:
    """What is found in a spec with ``text`` below its head."""
    return lint("bikube.yaml", (HEAD + text).encode(), builtin_rules()).diagnostics
