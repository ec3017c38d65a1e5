"""API versions of ``Microsoft.IoTOperations`` and the property schemas that they have.

The schemas are derived from the types that a Bicep CLI carries (see ``THIRD_PARTY_NOTICES``) and
committed, so that an installation from git works offline.
"""

import json
import os
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from bikube import assets

DEFAULT_VERSION = "2025-10-01"

PREVIEW = "-preview"
"""How the version of a preview ends."""

Schema = dict[str, Any]


class Record(NamedTuple):
    """The Bicep CLI that the schemas are from, and the version of the types in it.

    ``older`` has the resource types of the previews that it knows and that have no schemas here.
    """

    bicep: str
    types: str
    older: Mapping[str, tuple[str, ...]]


@cache
def record() -> Record:
    """Where the schemas are from."""
    loaded = json.loads((assets.folder("schemas").parent / "bicep.json").read_bytes())
    older = {version: tuple(types) for version, types in loaded["older"].items()}
    return Record(loaded["bicep"], loaded["types"], older)


@cache
def known_versions() -> tuple[str, ...]:
    """Every API version that Azure's types describe, oldest first."""
    files = os.listdir(assets.folder("schemas"))
    return tuple(sorted((file.removesuffix(".json") for file in files), key=version_order))


@cache
def schemas(version: str) -> Schema:
    """The schema file of the known ``version``: ``resources`` by ARM type, and ``$defs``."""
    path = assets.folder("schemas") / f"{version}.json"
    loaded: Schema = json.loads(path.read_bytes())
    return loaded


def has_type(arm_type: str, version: str) -> bool:
    """Whether Azure's types describe ``arm_type`` at exactly ``version``."""
    return version in known_versions() and arm_type in schemas(version)["resources"]


def compiler_has(arm_type: str, version: str) -> bool:
    """Whether the recorded Bicep CLI has types of ``arm_type`` at exactly ``version``."""
    return has_type(arm_type, version) or arm_type in record().older.get(version, ())


def is_newer(version: str) -> bool:
    """Whether ``version`` is later than every known one."""
    return version_order(version) > max(map(version_order, known_versions()))


def version_order(version: str) -> tuple[str, bool]:
    """The sort key of a version: by day, and a preview before what is stable on that day."""
    return version.removesuffix(PREVIEW), not version.endswith(PREVIEW)


def versions_with(arm_type: str) -> tuple[str, ...]:
    """The known versions that describe ``arm_type``, oldest first."""
    return tuple(version for version in known_versions() if has_type(arm_type, version))


def types_version(arm_type: str, version: str) -> str:
    """The version whose types describe ``arm_type`` in ``version``.

    That is ``version`` itself, else the newest one up to its day, else the first that has the type.
    """
    if has_type(arm_type, version):
        return version
    described, (day, _) = versions_with(arm_type), version_order(version)
    earlier = [known for known in described if version_order(known) <= (day, True)]
    return earlier[-1] if earlier else described[0]
