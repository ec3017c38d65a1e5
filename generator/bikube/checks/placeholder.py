"""A placeholder of a copied example is still in the spec."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from bikube.checking import Hit, arguments
from bikube.model import Project
from bikube.walk import leaves

_ZERO = "00000000-0000-0000-0000-000000000000"
_PLACEHOLDER = re.compile(rf"<[^<>\s][^<>]*>|{_ZERO}")


class Placeholder:
    """Finds ``<…>`` and the all-zero GUID in any string outside ``x-`` sections.

    ``{found}`` is the placeholder itself.
    """

    parameters: ClassVar[Mapping[str, Any]] = arguments()

    def search(self, project: Project) -> Iterator[Hit]:
        """The strings that hold one."""
        text = project.source.text
        if "<" not in text and _ZERO not in text and "\\" not in text:
            return
        for leaf in leaves(project.document.data):
            if isinstance(leaf.value, str) and not str(leaf.pointer[0]).startswith("x-"):
                match = _PLACEHOLDER.search(leaf.value)
                if match:
                    yield Hit(leaf.pointer, "value", {"found": match.group()})


CHECK = Placeholder
