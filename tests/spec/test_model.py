"""A spec bound to the kinds: the versions that it chooses."""

import pytest

from bikube.azure import kind_of
from bikube.azure.kind import ARM, CLUSTER, Api
from bikube.azure.versions import DEFAULT_VERSION
from bikube.document import decode, parse
from bikube.spec.model import Spec, Versions

KIND = kind_of("registryEndpoints")
APIS = {"manifests": CLUSTER, "template": ARM}


def bound(targets: str, apis: dict[str, Api]) -> Spec:
    """A spec with these ``targets``."""
    source, _ = decode("bikube.yaml", f"bikube: v1\ntargets: {targets}\n".encode())
    document, problems = parse(source)
    assert document is not None
    assert problems == []
    return Spec(document, apis)


@pytest.mark.parametrize(
    ("targets", "instance", "endpoints"),
    [
        ("{}", DEFAULT_VERSION, DEFAULT_VERSION),
        ("{template: {apiVersion: 2026-03-01}}", "2026-03-01", "2026-03-01"),
        ("{manifests: {apiVersion: v2}}", DEFAULT_VERSION, DEFAULT_VERSION),
        (
            "{template: {apiVersion: 2026-03-01, apiVersions: {registryEndpoints: 2026-07-01}}}",
            "2026-03-01",
            "2026-07-01",
        ),
        ("{template: {apiVersions: {assets: 2026-07-01}}}", DEFAULT_VERSION, DEFAULT_VERSION),
        (
            "{template: {apiVersion: 5, apiVersions: {registryEndpoints: []}}}",
            *[DEFAULT_VERSION] * 2,
        ),
        ("[template]", DEFAULT_VERSION, DEFAULT_VERSION),
    ],
)
def test_arm_versions_are_those_of_the_target_that_azure_takes(
    targets: str, instance: str, endpoints: str
) -> None:
    """Whatever its name is: the default, or one for all, or one for a section."""
    spec = bound(targets, APIS)
    assert spec.arm_target == "template"
    assert (spec.arm_version(), spec.arm_version(KIND)) == (instance, endpoints)


def test_without_targets_the_default_version_counts() -> None:
    """Nothing can be chosen where no target says that it has versions."""
    spec = bound("{template: {apiVersion: 2026-03-01}}", {})
    assert (spec.arm_target, spec.arm_version(KIND)) == ("", DEFAULT_VERSION)


def test_every_target_has_versions_of_its_own() -> None:
    """They are read as they are written; what is no string counts for nothing."""
    text = "{manifests: {apiVersion: v2, apiVersions: {registryEndpoints: v1beta1, assets: 5}}}"
    versions = bound(text, APIS).versions("manifests")
    assert versions == Versions("v2", {"registryEndpoints": "v1beta1"})
    assert versions.of(KIND) == "v1beta1"
    assert versions.of(KIND._replace(section="assets")) == "v2"
