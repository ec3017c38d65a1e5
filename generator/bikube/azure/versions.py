"""API versions of ``Microsoft.IoTOperations`` and the property schemas that they have.

The schemas are derived from Azure's type data (see ``THIRD_PARTY_NOTICES``) and committed,
so that an installation from git works offline.
"""

import json
from functools import cache
from typing import Any

from bikube import assets

DEFAULT_VERSION = "2025-10-01"

Schema = dict[str, Any]


@cache
def known_versions() -> tuple[str, ...]:
    """Every API version that Azure's types describe, oldest first."""
    return tuple(sorted(path.stem for path in assets.folder("schemas").glob("*.json")))


@cache
def schemas(version: str) -> Schema:
    """The schema file of the known ``version``: ``resources`` by ARM type, and ``$defs``."""
    path = assets.folder("schemas") / f"{version}.json"
    loaded: Schema = json.loads(path.read_bytes())
    return loaded


def has_type(arm_type: str, version: str) -> bool:
    """Whether Azure's types describe ``arm_type`` at exactly ``version``."""
    return version in known_versions() and arm_type in schemas(version)["resources"]


def versions_with(arm_type: str) -> tuple[str, ...]:
    """The known versions that describe ``arm_type``, oldest first."""
    return tuple(version for version in known_versions() if has_type(arm_type, version))


def types_version(arm_type: str, version: str) -> str:
    """The version whose types describe ``arm_type`` in ``version``.

    That is ``version`` itself, else the newest one before it, else the first that has the type.
    """
    if has_type(arm_type, version):
        return version
    described = versions_with(arm_type)
    earlier = [known for known in described if known <= version]
    return earlier[-1] if earlier else described[0]
