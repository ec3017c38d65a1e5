"""The variables of an expression have inputs."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from bikube.azure.formulas import unbound
from bikube.diagnostics import split_pointer
from bikube.rules.check import AT, FindingCheck, Hit, arguments
from bikube.spec import Rows, Spec, Table


class Bound(FindingCheck):
    """Every variable in the expression at ``at``, as ``$2``, has an input in the list ``inputs``.

    ``{variable}`` is the first that has none, and ``{count}`` how many inputs there are.
    """

    about_values: ClassVar[bool] = True
    fills: ClassVar[tuple[str, ...]] = ("count", "variable")
    parameters: ClassVar[Mapping[str, Any]] = arguments(at=AT, inputs=AT)

    def __init__(self, *, at: str, inputs: str) -> None:
        self._at, self._inputs = split_pointer(at), split_pointer(inputs)

    def find(self, _spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
        """The expressions with a variable that has none; without a list nothing is known."""
        judged, expressions = table.typed(self._at, str, rows)
        inputs = table.column(self._inputs)
        for row, expression in zip(judged, expressions, strict=True):
            given = inputs[row]
            if "$" in expression and isinstance(given, list):
                variable = unbound(expression, len(given))
                if variable:
                    values = {"count": str(len(given)), "variable": variable}
                    yield Hit((*table.place(row), *self._at), values=values)


CHECK = Bound
