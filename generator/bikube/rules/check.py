"""What a check is: the part of a rule that looks at entries or at a whole spec.

A check is one file in ``checks/`` whose constant ``CHECK`` is a class as described here.
The keys below ``require:`` or ``when:`` in a rule file are names of checks, and what stands
below them are the arguments with which the class is made.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import compress
from operator import not_
from typing import Any, ClassVar, NamedTuple, Protocol

from bikube import plugins
from bikube.diagnostics import Pointer, split_pointer
from bikube.document import Part
from bikube.spec import ABSENT, Rows, Spec, Table

ALWAYS = ("value", "fixed", "name")
"""What the message of every rule can be filled with: the value in question, what a fix makes of
it, and the entry's name."""


class Mention(NamedTuple):
    """A second place that belongs to a hit."""

    pointer: Pointer
    part: Part
    message: str


class Hit(NamedTuple):
    """A place where a rule is broken; ``pointer`` counts from the top of the document.

    ``values`` fill the rule's message in addition to ``ALWAYS``; the check's ``fills`` names them.
    One that is not ``mendable`` gets no fix, although its rule has one.
    """

    pointer: Pointer
    part: Part = "value"
    values: Mapping[str, str] = {}
    mentions: tuple[Mention, ...] = ()
    mendable: bool = True


class EntryCheck(Protocol):
    """A check of a section's entries, or of items in their lists (``each``).

    It serves as requirement and as condition. Where a row stands, the table knows.
    """

    parameters: ClassVar[Mapping[str, Any]]
    """The JSON Schema of the keyword arguments (see ``validation``)."""
    fills: ClassVar[tuple[str, ...]]
    """The names of its hits' ``values``. Where they depend on an argument, ``fills_by`` has that
    one's name, and the names for each of its values."""

    def __init__(self, **arguments: Any) -> None: ...

    def select(self, spec: Spec, table: Table, rows: Rows) -> Rows:
        """Those of ``rows`` that have what is asked for and satisfy it."""

    def find(self, spec: Spec, table: Table, rows: Rows) -> Iterable[Hit]:
        """The places in ``rows`` that do not satisfy it; what is absent satisfies it."""


class SpecCheck(Protocol):
    """A check of a whole spec; its constants are those of an ``EntryCheck``."""

    parameters: ClassVar[Mapping[str, Any]]
    fills: ClassVar[tuple[str, ...]]

    def __init__(self, **arguments: Any) -> None: ...

    def search(self, spec: Spec) -> Iterable[Hit]:
        """The places in the spec that do not satisfy it."""


class ValueCheck(ABC):
    """An entry check of one property's value, read at the pointer ``at`` below the entry.

    It looks at values of the type ``about``; those of another type are the schema's. A ``negated``
    one is satisfied by the values that do not satisfy its predicate.
    """

    fills: ClassVar[tuple[str, ...]] = ()
    about_values: ClassVar[bool] = True
    """It finds nothing in a spec that nowhere has the key at the end of ``at``, unless a value is
    ``needed``."""
    about: ClassVar[type] = str
    negated: ClassVar[bool] = False

    def __init__(self, at: str) -> None:
        self._at = split_pointer(at)

    @abstractmethod
    def predicate(self) -> Callable[[Any], object]:
        """What a value must satisfy; asked for only once a value is there."""

    def select(self, _spec: Spec, table: Table, rows: Rows) -> Rows:
        """The rows whose value satisfies the check."""
        return self._rows(table, rows, fitting=not self.negated)

    def find(self, _spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
        """The values that do not satisfy it."""
        for row in self._rows(table, rows, fitting=self.negated):
            yield Hit((*table.place(row), *self._at))

    def _rows(self, table: Table, rows: Rows, *, fitting: bool) -> Rows:
        """The rows whose value does, or does not, satisfy the predicate.

        With ten thousand values it counts that no line of Python runs for each of them.
        """
        judged, values = table.typed(self._at, self.about, rows)
        if not values:
            return ()
        verdicts = map(self.predicate(), values)
        return list(compress(judged, verdicts if fitting else map(not_, verdicts)))


class FindingCheck(ABC):
    """An entry check that is satisfied by the rows in which it finds nothing."""

    @abstractmethod
    def find(self, spec: Spec, table: Table, rows: Rows) -> Iterable[Hit]:
        """The places in ``rows`` that do not satisfy it."""

    def select(self, spec: Spec, table: Table, rows: Rows) -> Rows:
        """The rows in which nothing is found."""
        faulty = {table.row_of(hit.pointer) for hit in self.find(spec, table, rows)}
        return [row for row in rows if row not in faulty]


def is_there(value: Any) -> bool:
    """Whether an entry has a property: ``null`` means not set."""
    return value is not ABSENT and value is not None


AT: Mapping[str, Any] = {"type": "string", "pattern": "^(/|$)"}
"""The schema of an argument that is a pointer below an entry, or below an item of its lists.

An empty one is the item itself.
"""


PATH: Mapping[str, Any] = {"type": "string", "pattern": r"^(/[^/*]+|/\*)*/\*$"}
"""The schema of an argument that leads into lists, as ``each`` of a rule does."""

CHECKS: Mapping[str, Any] = {"type": "object"}
"""The schema of an argument that holds checks, as ``when`` of a rule does."""

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


OF = arguments(section={"type": "string"}, at={"type": "string"})
"""The schema of an argument that leads to values of other entries: a section, and a path there."""


@cache
def check_type(name: str) -> Any:
    """The class of the check that rule files call ``name``."""
    return plugins.load("bikube.rules.checks", name, "CHECK")


def passing(checks: Mapping[str, Any], spec: Spec, table: Table, rows: Rows) -> Rows:
    """Those of ``rows`` that all of ``checks``, given by name with their arguments, select."""
    for name, arguments in checks.items():
        if not rows:
            break
        rows = check_type(name)(**arguments).select(spec, table, rows)
    return rows


def all_fills(fills_by: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Every name with which a check fills messages, from those of each value of an argument."""
    return tuple(sorted(set().union(*fills_by.values())))


def finds_one_of(fills_by: Mapping[str, tuple[str, ...]]) -> Mapping[str, Any]:
    """The schema of a check's one argument ``finds``, which is a key of ``fills_by``."""
    return arguments(finds={"type": "string", "enum": list(fills_by)})
