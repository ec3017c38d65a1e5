"""The table of AIO's releases: in order, with sources, and what it is asked for."""

import pytest

from bikube.azure.releases import RELEASES, oldest_supported, parts, served
from bikube.azure.versions import known_versions


def test_releases_and_their_api_versions_go_up() -> None:
    """Later releases serve later versions; what is supported follows what is not."""
    assert [parts(one.minor) for one in RELEASES] == [(1, number) for number in range(6)]
    versions = [one.serves for one in RELEASES]
    stable = [version for version in known_versions() if not version.endswith("-preview")]
    assert versions == stable
    supported = [one.supported for one in RELEASES]
    assert supported == sorted(supported)
    assert [one.minor for one in RELEASES if not all(one.sources)] == []


@pytest.mark.parametrize(
    ("release", "expected"),
    [
        ("1.2", "2025-10-01"),
        ("1.2.189", "2025-10-01"),
        ("1.5.45", "2026-10-01"),
        ("1.20", None),
        ("1", None),
        ("0.9", None),
        ("newest", None),
        ("", None),
    ],
)
def test_a_release_serves_what_its_minor_release_serves(release: str, expected: str | None) -> None:
    """Of a release that the table lacks nothing is said."""
    assert served(release) == expected


def test_the_oldest_supported_release_is_the_first_that_is() -> None:
    """Microsoft's page says that 1.0 and 1.1 are out of support."""
    assert oldest_supported() == "1.2"


def test_numbers_of_a_version_compare_as_releases_do() -> None:
    """1.3.137 is later than 1.3.18, and any patch later than a bare minor release."""
    assert parts("1.3.137") > parts("1.3.18") > parts("1.3") > parts("1.2.999")
    assert parts("1.x") == ()
