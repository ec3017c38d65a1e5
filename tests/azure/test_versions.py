"""API versions: their order, the types that stand for them, and what the compiler knows."""

import pytest

from bikube.azure.versions import (
    compiler_has,
    has_type,
    is_newer,
    known_versions,
    record,
    types_version,
    version_order,
    versions_with,
)

INSTANCES = "Microsoft.IoTOperations/instances"
ENDPOINTS = f"{INSTANCES}/registryEndpoints"
SERVICES = f"{INSTANCES}/akriServices"


def test_versions_are_in_the_order_of_their_days() -> None:
    """A preview comes before what is stable on the same day."""
    versions = ["2026-11-01-preview", "2026-11-01", "2026-10-01", "2025-10-01-preview"]
    expected = ["2025-10-01-preview", "2026-10-01", "2026-11-01-preview", "2026-11-01"]
    assert sorted(versions, key=version_order) == expected
    assert sorted(known_versions(), key=version_order) == list(known_versions())


@pytest.mark.parametrize(
    ("version", "newer"),
    [
        ("2024-07-01-preview", False),
        ("2025-10-01-preview", False),
        ("2026-10-31", False),
        ("2026-11-01-preview", False),
        ("2026-11-01", True),
        ("2026-11-02-preview", True),
        ("2099-01-01", True),
    ],
)
def test_newer_is_what_is_later_than_every_known_version(version: str, newer: bool) -> None:
    """A stable version may follow a preview of the same day; one in between comes too late."""
    assert known_versions()[-1] == "2026-11-01-preview"
    assert is_newer(version) is newer


def test_the_types_of_a_known_version_are_its_own() -> None:
    """A version that describes a type is what it is."""
    described = versions_with(ENDPOINTS)
    assert tuple(types_version(ENDPOINTS, version) for version in described) == described


@pytest.mark.parametrize(
    ("arm_type", "version", "expected"),
    [
        (ENDPOINTS, "2026-10-01", "2026-10-01"),
        (ENDPOINTS, "2026-10-31", "2026-10-01"),
        (ENDPOINTS, "2025-10-01-preview", "2025-10-01"),
        (ENDPOINTS, "2026-03-02", "2026-03-01"),
        (ENDPOINTS, "2024-11-01", "2025-07-01-preview"),
        (ENDPOINTS, "2026-11-01", "2026-11-01-preview"),
        (ENDPOINTS, "2099-01-01", "2026-11-01-preview"),
        (SERVICES, "2025-10-01", "2026-03-01"),
        (INSTANCES, "2024-07-01-preview", "2024-11-01"),
    ],
)
def test_another_version_stands_in_where_there_are_no_types(
    arm_type: str, version: str, expected: str
) -> None:
    """It is the newest up to that day which has the type, else the first that has it."""
    assert types_version(arm_type, version) == expected


@pytest.mark.parametrize(
    ("arm_type", "version", "bikube", "compiler"),
    [
        (INSTANCES, "2026-10-01", True, True),
        (INSTANCES, "2024-07-01-preview", False, True),
        (ENDPOINTS, "2024-07-01-preview", False, False),
        (ENDPOINTS, "2024-11-01", False, False),
        (INSTANCES, "2025-10-01-preview", False, False),
        (INSTANCES, "2099-01-01", False, False),
    ],
)
def test_the_compiler_knows_previews_that_have_no_schema(
    arm_type: str, version: str, bikube: bool, compiler: bool
) -> None:
    """Of the previews before the first release bikube only knows which types they have."""
    found = (has_type(arm_type, version), compiler_has(arm_type, version))
    assert found == (bikube, compiler)


def test_the_record_names_the_older_previews() -> None:
    """Three previews went before the first release."""
    assert list(record().older) == [
        "2024-07-01-preview",
        "2024-08-15-preview",
        "2024-09-15-preview",
    ]
