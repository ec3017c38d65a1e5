"""What Azure has: the kinds of AIO resources, API versions, and container registries, as data.

A kind is one file in ``kinds/``; its property schemas come from ``schemas/``. A companion, which
is a section of a spec but no kind, is one file in ``companions/``.
"""

from bikube.azure.kind import ARM, CLUSTER, Api, Kind, Parent, PartReference, Reference
from bikube.azure.lookup import (
    all_companions,
    all_kinds,
    all_sections,
    companion_sections,
    companions_of,
    kind_of,
    kind_sections,
    kinds_of,
)
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
    "all_companions",
    "all_kinds",
    "all_sections",
    "companion_sections",
    "companions_of",
    "compiler_has",
    "has_type",
    "is_newer",
    "kind_of",
    "kind_sections",
    "kinds_of",
    "known_versions",
    "record",
    "schemas",
    "types_version",
    "version_order",
    "versions_with",
]
