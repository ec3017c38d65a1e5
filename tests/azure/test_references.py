"""What resources name: every such property of Azure's types is known for what it is."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import yaml

from bikube import assets
from bikube.azure import Schema, all_kinds, kind_of, known_versions, schemas
from bikube.schema.refs import resolved, variants

NAMING = re.compile(
    r"(?:Refs?|ConfigMap|CaCert|[cC]laimName|[sS]ecretName|[vV]olumeName|[sS]torageClassName)\Z"
)
"""What properties are called that name something."""

KUBERNETES = {
    "akriConnectorTemplates": """
        mqttConnectionConfiguration/tls/trustedCaCertificateConfigMapRef
        runtimeConfiguration/helmConfigurationSettings/registrySettings/containerRegistrySettings/authSecretRef
        runtimeConfiguration/helmConfigurationSettings/registrySettings/containerRegistrySettings/authSecretRef/secretRef
        runtimeConfiguration/managedConfigurationSettings/imageConfigurationSettings/registrySettings/containerRegistrySettings/imagePullSecrets/*/secretRef
        runtimeConfiguration/managedConfigurationSettings/persistentVolumeClaims/*/claimName
        runtimeConfiguration/managedConfigurationSettings/secrets/*/secretRef
        runtimeConfiguration/managedConfigurationSettings/trustSettings/trustListSecretRef
        """,
    "brokerAuthentications": """
        authenticationMethods/*/customSettings/auth/x509/secretRef
        authenticationMethods/*/customSettings/caCertConfigMap
        authenticationMethods/*/x509Settings/trustedClientCaCert
        """,
    "brokerListeners": """
        ports/*/tls/certManagerCertificateSpec/issuerRef
        ports/*/tls/certManagerCertificateSpec/secretName
        ports/*/tls/manual/secretRef
        """,
    "brokers": """
        diskBackedMessageBuffer/ephemeralVolumeClaimSpec/dataSourceRef
        diskBackedMessageBuffer/ephemeralVolumeClaimSpec/storageClassName
        diskBackedMessageBuffer/ephemeralVolumeClaimSpec/volumeName
        diskBackedMessageBuffer/persistentVolumeClaimSpec/dataSourceRef
        diskBackedMessageBuffer/persistentVolumeClaimSpec/storageClassName
        diskBackedMessageBuffer/persistentVolumeClaimSpec/volumeName
        persistence/persistentVolumeClaimSpec/dataSourceRef
        persistence/persistentVolumeClaimSpec/storageClassName
        persistence/persistentVolumeClaimSpec/volumeName
        """,
    "dataflowGraphs": """
        fileStores/*/persistentVolumeClaimRef
        """,
    "dataflowEndpoints": """
        dataLakeStorageSettings/authentication/accessTokenSettings/secretRef
        kafkaSettings/authentication/saslSettings/secretRef
        kafkaSettings/authentication/x509CertificateSettings/secretRef
        kafkaSettings/tls/trustedCaCertificateConfigMapRef
        localStorageSettings/persistentVolumeClaimRef
        mqttSettings/authentication/x509CertificateSettings/secretRef
        mqttSettings/tls/trustedCaCertificateConfigMapRef
        openTelemetrySettings/authentication/x509CertificateSettings/secretRef
        openTelemetrySettings/tls/trustedCaCertificateConfigMapRef
        """,
    "registryEndpoints": """
        authentication/artifactPullSecretSettings/secretRef
        codeSigningCas/*/configMapRef
        codeSigningCas/*/secretRef
        trustSettings/trustedSigningKeys/configMapRef
        trustSettings/trustedSigningKeys/secretRef
        """,
}
"""Names of secrets, config maps, volumes and claims: objects of the cluster, not of AIO."""

OTHERWISE = re.compile(r"helmConfigurationSettings|issuerRef|fileStores")
"""Of a version that nobody should use, a map, or held to its form by Azure's types."""

AZURE = {
    "akriConnectorTemplates": """
        connectorMetadataRef
        deviceInboundEndpointTypes/*/configurationSchemaRefs
        deviceInboundEndpointTypes/*/configurationSchemaRefs/additionalConfigSchemaRef
        deviceInboundEndpointTypes/*/configurationSchemaRefs/defaultDatasetConfigSchemaRef
        deviceInboundEndpointTypes/*/configurationSchemaRefs/defaultEventsConfigSchemaRef
        deviceInboundEndpointTypes/*/configurationSchemaRefs/defaultProcessControlConfigSchemaRef
        deviceInboundEndpointTypes/*/configurationSchemaRefs/defaultStreamsConfigSchemaRef
        """,
    "dataflowGraphs": """
        nodeConnections/*/from/schema/schemaRef
        nodes/*/destinationSettings/outputSchemaSettings/schemaRef
        nodes/*/sourceSettings/assetRef
        """,
    "dataflows": """
        operations/*/builtInTransformationSettings/datasets/*/schemaRef
        operations/*/builtInTransformationSettings/schemaRef
        operations/*/sourceSettings/assetRef
        operations/*/sourceSettings/schemaRef
        """,
}
"""Schemas of a schema registry, assets, an artifact with its registry: other resources."""


def properties(schema: Schema, definitions: Mapping[str, Any], at: str = "") -> Iterator[str]:
    """Path of every property below ``schema``; ``*`` is any item, and any key of a map."""
    plain = resolved(schema, definitions)
    if plain.get("readOnly"):
        return
    yield at.removeprefix("/")
    members = {**plain.get("properties", {})}
    for keyword in ("items", "additionalProperties"):
        if isinstance(plain.get(keyword), Mapping):
            members["*"] = plain[keyword]
    for key, member in members.items():
        yield from properties(member, definitions, f"{at}/{key}")
    for body in variants(plain, definitions).values() if "x-discriminator" in plain else ():
        yield from properties(body, definitions, at)


def written(section: str, version: str) -> set[str]:
    """The paths of all that entries of ``section`` can have in ``version``."""
    loaded, arm_type = schemas(version), kind_of(section).arm_type
    if arm_type not in loaded["resources"]:
        return set()
    return set(properties(loaded["resources"][arm_type], loaded["$defs"]))


def listed(paths: Mapping[str, str]) -> set[str]:
    """The ``paths`` with their sections."""
    return {f"{section}/{path}" for section, text in paths.items() for path in text.split()}


REFERENCES = {
    f"{kind.section}/{'/'.join(reference.at)}"
    for kind in all_kinds()
    for reference in kind.references
}


@pytest.mark.parametrize("version", known_versions())
def test_every_property_that_names_something_is_known_for_what_it_is(version: str) -> None:
    """A reference within AIO, an object of the cluster, or another resource; none is new."""
    known = REFERENCES | listed(KUBERNETES) | listed(AZURE)
    found = {
        f"{kind.section}/{path}"
        for kind in all_kinds()
        for path in written(kind.section, version)
        if NAMING.search(path)
    }
    assert found - known == set()


def test_what_is_known_is_there() -> None:
    """Every path that is a reference, or is said to be none, is in a version of the types."""
    there = {
        f"{kind.section}/{path}"
        for kind in all_kinds()
        for version in known_versions()
        for path in written(kind.section, version)
    }
    parts = {
        f"{kind.section}/{'/'.join(path)}"
        for kind in all_kinds()
        for one in kind.part_references
        for path in (one.at, one.parts)
    }
    known = (REFERENCES, listed(KUBERNETES), listed(AZURE), parts)
    assert [one - there for one in known] == [set()] * 4
    assert [len(one) for one in known] == [9, 37, 14, 3]


def test_what_is_named_deploys_first() -> None:
    """The order of kinds is the order of need, so that no two resources can wait for each other."""
    for kind in all_kinds():
        needed = [one.section for one in kind.references]
        needed += [kind.parent.section] if kind.parent is not None else []
        assert [one for one in needed if kind_of(one).order >= kind.order] == []


def test_a_parent_is_named_by_no_property_of_the_types() -> None:
    """Its name is in the resource's path; only a spec has it as a property."""
    for kind in all_kinds():
        for version in known_versions() if kind.parent is not None else ():
            assert kind.parent is not None
            assert kind.parent.ref not in written(kind.section, version)
            assert kind.arm_type.startswith(f"{kind_of(kind.parent.section).arm_type}/")


def test_only_siblings_are_named_where_what_is_named_has_a_parent() -> None:
    """A name alone says no parent: there it is that of the resource that names."""
    for kind in all_kinds():
        for one in kind.references:
            target = kind_of(one.section)
            assert one.same_parent == (target.parent is not None)
            assert not one.same_parent or target.parent == kind.parent._replace(manifest="")  # type: ignore[union-attr]


def test_a_fresh_instance_has_six() -> None:
    """Those that the release template of AIO makes (Azure/azure-iot-operations), by section."""
    assert [kind.section for kind in all_kinds() if kind.has_default] == [
        "registryEndpoints",
        "brokers",
        "brokerAuthentications",
        "brokerListeners",
        "dataflowEndpoints",
        "dataflowProfiles",
    ]


def test_names_of_secrets_config_maps_and_claims_are_held_to_their_form() -> None:
    """The rule about them has each path that Azure's types give no form."""
    file = yaml.safe_load((assets.folder("rules") / "kubernetes-name.yaml").read_bytes())
    held = {path.removeprefix("/") for path in file["require"]["object-name"]["paths"]}
    named = {
        path
        for section, text in KUBERNETES.items()
        for path in text.split()
        if section not in ("brokers", "registryEndpoints") and not OTHERWISE.search(path)
    }
    assert held == named
