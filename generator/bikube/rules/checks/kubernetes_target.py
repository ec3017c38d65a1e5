"""A spec is going to be rendered as Kubernetes manifests."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from bikube.rules.check import Hit, arguments
from bikube.spec.model import Spec


class KubernetesTarget:
    """Finds a spec with resources, once: whatever it describes gets manifests too."""

    fills: ClassVar[tuple[str, ...]] = ()
    parameters: ClassVar[Mapping[str, Any]] = arguments()

    def search(self, spec: Spec) -> Iterator[Hit]:
        """The key ``targets.kubernetes`` where it is written, else ``bikube``."""
        targets = spec.document.data.get("targets")
        written = isinstance(targets, dict) and "kubernetes" in targets
        if any(table.entries for table in spec.tables.values()):
            yield Hit(("targets", "kubernetes") if written else ("bikube",), "key")


CHECK = KubernetesTarget
