"""What a check is: the part of a rule that looks at entries or at a whole spec.

A check is one file in ``checks/`` whose constant ``CHECK`` is a class as described here.
The keys below ``require:`` or ``when:`` in a rule file are names of checks, and what stands
below them are the arguments with which the class is made.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, ClassVar, NamedTuple, Protocol

from bikube.diagnostics import Pointer, split_pointer
from bikube.document import Part
from bikube.model import Project
from bikube.table import ABSENT, Rows, Table


class Mention(NamedTuple):
    """A second place that belongs to a hit."""

    pointer: Pointer
    part: Part
    message: str


class Hit(NamedTuple):
    """A place where a rule is broken; ``pointer`` counts from the top of the document.

    ``values`` fill the rule's message in addition to ``{value}`` and ``{name}``.
    """

    pointer: Pointer
    part: Part = "value"
    values: Mapping[str, str] = {}
    mentions: tuple[Mention, ...] = ()


class EntryCheck(Protocol):
    """A check of a section's entries; it serves as requirement and as condition."""

    parameters: ClassVar[Mapping[str, Any]]
    """The JSON Schema of the keyword arguments (see ``validation``)."""

    def __init__(self, **arguments: Any) -> None: ...

    def select(self, project: Project, table: Table, rows: Rows) -> Rows:
        """Those of ``rows`` that have what is asked for and satisfy it."""

    def find(self, project: Project, table: Table, rows: Rows) -> Iterable[Hit]:
        """The places in ``rows`` that do not satisfy it; what is absent satisfies it."""


class SpecCheck(Protocol):
    """A check of a whole spec."""

    parameters: ClassVar[Mapping[str, Any]]

    def __init__(self, **arguments: Any) -> None: ...

    def search(self, project: Project) -> Iterable[Hit]:
        """The places in the spec that do not satisfy it."""


class ValueCheck(ABC):
    """An entry check of one property's value, read at the pointer ``at`` below the entry.

    It looks at values of the type ``about``; those of another type are the schema's.
    """

    about: ClassVar[type] = str

    def __init__(self, at: str) -> None:
        self._at = split_pointer(at)

    @abstractmethod
    def predicate(self) -> Callable[[Any], object]:
        """What a value must satisfy; asked for only once a value is there."""

    def select(self, _project: Project, table: Table, rows: Rows) -> Rows:
        """The rows whose value satisfies the predicate."""
        return [row for row, fits in self._judged(table, rows) if fits]

    def find(self, _project: Project, table: Table, rows: Rows) -> Iterator[Hit]:
        """The values that do not satisfy it."""
        for row in [row for row, fits in self._judged(table, rows) if not fits]:
            yield Hit((table.section, row, *self._at))

    def _judged(self, table: Table, rows: Rows) -> Iterable[tuple[int, object]]:
        """The rows that have a value to judge, with the verdicts."""
        column, about = table.column(self._at), self.about
        judged = [row for row in rows if type(column[row]) is about]
        if not judged:
            return ()
        # One call of `map` instead of one of Python's own for each of ten thousand values.
        verdicts = map(self.predicate(), map(column.__getitem__, judged))
        return zip(judged, verdicts, strict=True)


def is_there(value: Any) -> bool:
    """Whether an entry has a property: ``null`` means not set."""
    return value is not ABSENT and value is not None


AT: Mapping[str, Any] = {"type": "string", "pattern": "^/"}
"""The schema of an argument that is a pointer below an entry."""


STRINGS: Mapping[str, Any] = {"type": "array", "minItems": 1, "items": {"type": "string"}}
"""The schema of an argument that lists strings."""


def arguments(**properties: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema of a check's arguments where all of ``properties`` are required."""
    return {
        "type": "object",
        "required": list(properties),
        "additionalProperties": False,
        "properties": properties,
    }
