"""The edition that a spec says its instance is of; where it says none, nothing is found."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from bikube.rules.check import STRINGS, Hit, arguments
from bikube.spec import Rows, Spec, Table


class Edition:
    """``instance.sku`` is one of ``any``.

    As a condition it also wants that an edition is named at all.
    """

    fills: ClassVar[tuple[str, ...]] = ()
    parameters: ClassVar[Mapping[str, Any]] = arguments(any=STRINGS)

    def __init__(self, **names: list[str]) -> None:
        self._wanted = frozenset(names["any"])

    def select(self, spec: Spec, _table: Table, rows: Rows) -> Rows:
        """All rows or none."""
        return rows if spec.instance.sku in self._wanted else ()

    def find(self, spec: Spec, _table: Table, _rows: Rows) -> Iterator[Hit]:
        """The edition, if it is another one."""
        if spec.instance.sku and spec.instance.sku not in self._wanted:
            yield Hit(("instance", "sku"))


CHECK = Edition
