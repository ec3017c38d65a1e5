"""References of images, in the parts that Azure's properties have."""

from typing import Any

import pytest

from bikube.azure.images import split_image

SHA = "sha256:" + "0a" * 32


@pytest.mark.parametrize(
    ("reference", "name", "version"),
    [
        ("foo:1.0", "foo", {"tagDigestType": "Tag", "tag": "1.0"}),
        ("a/b_c--d.e:v1_2-x", "a/b_c--d.e", {"tagDigestType": "Tag", "tag": "v1_2-x"}),
        (f"a/foo@{SHA}", "a/foo", {"tagDigestType": "Digest", "digest": SHA}),
    ],
)
def test_a_name_with_a_tag_or_a_digest_has_two_parts(
    reference: str, name: str, version: dict[str, Any]
) -> None:
    """The path belongs to the name, and the version is what tagDigestSettings takes."""
    assert split_image(reference) == (name, version)


@pytest.mark.parametrize(
    "reference",
    [
        *("foo", "foo:", "foo:1.0 ", "Foo:1.0", "foo:-1", "foo:" + "1" * 129, "${image}:1.0"),
        *("mcr.microsoft.com/foo:1.0", "localhost/foo:1.0", "plant:5000/foo:1.0"),
        *(f"foo:1.0@{SHA}", "foo@sha256:0a", "foo@1.0", "", None, 1.0, {"tag": "1.0"}),
    ],
)
def test_nothing_is_guessed_of_another_reference(reference: object) -> None:
    """A registry, two versions or none, and what is no reference are left to the author."""
    assert split_image(reference) is None
