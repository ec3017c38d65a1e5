"""Images of containers, as one reference has them, in the properties that Azure has for them.

The form of a reference is that of the OCI distribution specification:
https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
"""

import re
from typing import Any, NamedTuple

_PART = "[a-z0-9]+(?:(?:[.]|_{1,2}|-+)[a-z0-9]+)*"
_NAME = f"{_PART}(?:/{_PART})*"
_REFERENCE = re.compile(
    f"(?P<name>{_NAME})"
    "(?::(?P<tag>[A-Za-z0-9_][A-Za-z0-9._-]{0,127})|@(?P<digest>sha256:[0-9a-f]{64}))"
)


class Image(NamedTuple):
    """An image: ``name`` is ``imageName``, and ``version`` what ``tagDigestSettings`` holds."""

    name: str
    version: dict[str, Any]


def split_image(reference: object) -> Image | None:
    """The parts of ``reference``, if it is a name and either a tag or a digest.

    What begins with a registry is none: that has properties of its own, and more than one way to
    be written.
    """
    found = _REFERENCE.fullmatch(reference) if isinstance(reference, str) else None
    if found is None or _has_registry(found["name"]):
        return None
    kind, key = ("Tag", "tag") if found["tag"] else ("Digest", "digest")
    return Image(found["name"], {"tagDigestType": kind, key: found[key]})


def _has_registry(name: str) -> bool:
    """Whether the first of several parts is a host, by which container runtimes tell it."""
    first, slash, _ = name.partition("/")
    return bool(slash) and ("." in first or first == "localhost")
