"""What Azure has: the kinds of AIO resources, API versions, and container registries, as data.

A kind is one file in ``kinds/``; its property schemas come from ``schemas/``.
"""

from bikube.azure.kind import CustomResource, Kind
from bikube.azure.lookup import KindNotFound, all_kinds, kind_of

__all__ = ["CustomResource", "Kind", "KindNotFound", "all_kinds", "kind_of"]
