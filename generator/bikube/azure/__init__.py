"""What Azure has: the kinds of AIO resources, API versions, and container registries, as data.

A kind is one file in ``kinds/``; its property schemas come from ``schemas/``.
"""

from bikube.azure.kind import ARM, CLUSTER, Api, Kind, Parent, PartReference, Reference
from bikube.azure.lookup import all_kinds, all_sections, kind_of, kinds_of
from bikube.azure.versions import (
    DEFAULT_VERSION,
    PREVIEW,
    Schema,
    compiler_has,
    has_type,
    is_newer,
    known_versions,
    record,
    schemas,
    types_version,
    version_order,
    versions_with,
)

__all__ = [
    "ARM",
    "CLUSTER",
    "DEFAULT_VERSION",
    "PREVIEW",
    "Api",
    "Kind",
    "Parent",
    "PartReference",
    "Reference",
    "Schema",
    "all_kinds",
    "all_sections",
    "compiler_has",
    "has_type",
    "is_newer",
    "kind_of",
    "kinds_of",
    "known_versions",
    "record",
    "schemas",
    "types_version",
    "version_order",
    "versions_with",
]
