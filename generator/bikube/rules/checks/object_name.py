"""Names of Kubernetes objects."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from bikube.diagnostics import split_pointer
from bikube.rules.check import STRINGS, FindingCheck, Hit, arguments
from bikube.spec import Rows, Spec, Table
from bikube.spec.references import names_in

_LABEL = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_LONGEST = 253


class ObjectName(FindingCheck):
    """What stands at any of the ``paths``, in which ``*`` is each item, can name an object.

    Kubernetes takes lower-case letters, digits, "-" and ".", and 253 of them. Of a path that no
    entry has, nothing is said.
    """

    fills: ClassVar[tuple[str, ...]] = ()
    parameters: ClassVar[Mapping[str, Any]] = arguments(paths=STRINGS)

    def __init__(self, *, paths: list[str]) -> None:
        self._paths = [tuple(map(str, split_pointer(path))) for path in paths]

    def find(self, _spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
        """The names that no object can have."""
        wanted = frozenset(rows)
        for path in self._paths:
            for (row, *inner), name in names_in(table, path):
                if row in wanted and (len(name) > _LONGEST or not _NAME.fullmatch(name)):
                    yield Hit((*table.place(int(row)), *inner))


CHECK = ObjectName
