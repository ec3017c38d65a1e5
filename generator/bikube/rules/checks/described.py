"""A spec describes at least one resource."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from bikube.azure import all_sections
from bikube.rules.check import Hit, arguments
from bikube.spec import Spec

_KNOWN = frozenset({"bikube", "instance", "targets", "existing"})


class Described:
    """Finds a spec without resources, at a section that has no entries, else at ``bikube``.

    Where a section's name is not known, a section is no list, or one is below ``instance``, that is
    the mistake.
    """

    fills: ClassVar[tuple[str, ...]] = ()
    parameters: ClassVar[Mapping[str, Any]] = arguments()

    def search(self, spec: Spec) -> Iterator[Hit]:
        """The key of the place where resources are missing."""
        data = spec.document.data
        known = all_sections()
        sections = [section for section in known if section in data]
        strange = [key for key in data if not (key in _KNOWN or key in sections or key[:2] == "x-")]
        instance = data.get("instance")
        below = instance.keys() if isinstance(instance, dict) else ()
        strange += [section for section in known if section in below]
        if not strange and all(data[section] == [] for section in sections):
            yield Hit((sections[0] if sections else "bikube",), "key")


CHECK = Described
