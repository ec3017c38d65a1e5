"""Which of the known API versions is meant by one that may be none of them."""

import pytest

from bikube.azure.versions import known_versions, types_version, versions_with

ENDPOINTS = "Microsoft.IoTOperations/instances/registryEndpoints"


def test_the_types_of_a_known_version_are_its_own() -> None:
    """A version that describes a type is what it is."""
    described = versions_with(ENDPOINTS)
    assert tuple(types_version(ENDPOINTS, version) for version in described) == described


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("2024-11-01", "2025-07-01-preview"),
        ("2025-10-02", "2025-10-01"),
        ("2026-03-02", "2026-03-01"),
    ],
)
def test_the_types_of_another_version_are_those_before_it(version: str, expected: str) -> None:
    """They are the newest before it, or where none has the type yet, the first."""
    assert expected in known_versions()
    assert types_version(ENDPOINTS, version) == expected
