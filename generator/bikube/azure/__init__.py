"""What Azure has: the kinds of AIO resources, API versions, and container registries, as data.

A kind is one file in ``kinds/resources``; its property schemas come from ``schemas/``.
"""

from bikube.azure.kind import Kind, KubernetesKind
from bikube.azure.lookup import KindNotFound, all_kinds, kind_of

__all__ = ["Kind", "KindNotFound", "KubernetesKind", "all_kinds", "kind_of"]
