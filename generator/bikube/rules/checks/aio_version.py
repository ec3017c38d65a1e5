"""The AIO release that a spec says it is for; where it says none, nothing is found."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from bikube.rules.check import Hit
from bikube.spec import Rows, Spec, Table


class AioVersion:
    """The release is ``least`` or later; without that, one that Microsoft supports.

    ``{oldest}`` is the first release that is late enough. As a condition it also wants that a
    release is named at all. Without ``sections`` it looks at the whole spec.
    """

    fills: ClassVar[tuple[str, ...]] = ("oldest",)
    parameters: ClassVar[Mapping[str, Any]] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {"least": {"type": "string", "pattern": "^[0-9]+(\\.[0-9]+)*$"}},
    }

    def __init__(self, *, least: str = "") -> None:
        self._least = least

    def search(self, spec: Spec) -> Iterator[Hit]:
        """The release, if it is too early."""
        release = spec.instance.aio_version
        if not release:
            return
        # Imported here because most specs name no release.
        from bikube.azure.releases import oldest_supported, parts

        oldest = self._least or oldest_supported()
        if () < parts(release) < parts(oldest):
            yield Hit(("instance", "aioVersion"), values={"oldest": oldest})

    def select(self, spec: Spec, _table: Table, rows: Rows) -> Rows:
        """All rows or none."""
        return rows if spec.instance.aio_version and not [*self.search(spec)] else ()

    def find(self, spec: Spec, _table: Table, _rows: Rows) -> Iterator[Hit]:
        """The release, if it is too early for the entries."""
        return self.search(spec)


CHECK = AioVersion
