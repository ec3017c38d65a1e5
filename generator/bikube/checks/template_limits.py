"""A resource fits into a deployment template."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from bikube.biceptext import compiled_size
from bikube.checking import Hit, arguments
from bikube.diagnostics import Pointer
from bikube.document import Part
from bikube.model import Project
from bikube.table import Table

LONGEST_STRING = 131_072
"""UTF-16 units; with one more, in a value or a key, the Bicep compiler gives up."""
LARGEST_RESOURCE = 1_000_000
"""Compiled bytes: Azure takes 1 MB for one resource."""

_NOT_IN_TEMPLATE = ("name", "metadata")
# A character of a spec takes less than a hundred bytes of a template, mostly of indentation, so
# what is written in fewer than these can break no limit. Aliases are written in very few.
_SMALL = 8_000


class TemplateLimits:
    """Finds strings that are too long, and resources that are too large.

    ``{found}`` says what it is, ``{limit}`` what a template takes.
    """

    parameters: ClassVar[Mapping[str, Any]] = arguments()

    def search(self, project: Project) -> Iterator[Hit]:
        """The long strings and keys; where an entry has none, what is largest in a large one."""
        has_aliases = "*" in project.source.text
        for table in project.tables.values():
            for row, entry in enumerate(table.entries):
                if type(entry) is dict and (has_aliases or _is_written_long(project, table, row)):
                    yield from _hits((table.section, row), entry)


def _is_written_long(project: Project, table: Table, row: int) -> bool:
    span = project.document.member(table.entries, row)
    return span.end - span.start >= _SMALL


def _hits(pointer: Pointer, entry: dict[str, Any]) -> Iterator[Hit]:
    properties = {key: value for key, value in entry.items() if key not in _NOT_IN_TEMPLATE}
    size = compiled_size(properties, 0)
    if size <= LONGEST_STRING:
        return
    is_long = False
    for hit in _long_strings(pointer, properties):
        is_long = True
        yield hit
    if not is_long and size > LARGEST_RESOURCE:
        largest = max(properties, key=lambda key: compiled_size(properties[key], 0))
        found = f"the resource takes {size:,} bytes, most of them here"
        limit = f"{LARGEST_RESOURCE:,} of one resource"
        yield Hit((*pointer, largest), "key", {"found": found, "limit": limit})


def _long_strings(pointer: Pointer, value: Any) -> Iterator[Hit]:
    match value:
        case str() if _units(value) > LONGEST_STRING:
            yield _too_long(pointer, "value", value)
        case dict():
            for key, child in value.items():
                if _units(key) > LONGEST_STRING:
                    yield _too_long((*pointer, key), "key", key)
                yield from _long_strings((*pointer, key), child)
        case list():
            for index, child in enumerate(value):
                yield from _long_strings((*pointer, index), child)


def _too_long(pointer: Pointer, part: Part, text: str) -> Hit:
    found = f"the string has {_units(text):,} characters"
    return Hit(pointer, part, {"found": found, "limit": f"{LONGEST_STRING:,} in one"})


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


CHECK = TemplateLimits
