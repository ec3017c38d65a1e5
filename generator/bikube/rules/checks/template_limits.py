"""A resource fits into a deployment template."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from bikube.azure.template_size import compiled_size
from bikube.diagnostics import Pointer
from bikube.document import Part
from bikube.rules.check import Hit, arguments
from bikube.spec import Spec

LONGEST_STRING = 131_072
"""UTF-16 units; with one more, in a value or a key, the Bicep compiler gives up."""
LARGEST_RESOURCE = 1_000_000
"""Compiled bytes: Azure takes 1 MB for one resource."""
COPY = "copy"
"""The one key that means something to Azure's deployment engine, in any case of its letters. The
Bicep compiler hides it in an expression, and the engine takes only one such key in a map."""

_NOT_IN_TEMPLATE = ("name", "metadata")
# A character of a spec takes less than a hundred bytes of a template, mostly of indentation, so
# what is written in fewer than these can break no limit. Aliases are written in very few.
_SMALL = 8_000


class TemplateLimits:
    """Finds strings and resources that are too large, and keys that a template cannot tell apart.

    ``{found}`` says what it is, ``{expected}`` what a template takes.
    """

    fills: ClassVar[tuple[str, ...]] = ("found", "expected")
    parameters: ClassVar[Mapping[str, Any]] = arguments()

    def search(self, spec: Spec) -> Iterator[Hit]:
        """The strings and keys in question; where there are none, what is largest in an entry."""
        document = spec.document
        copies = [key for key in document.keys if key.lower() == COPY]
        thorough = len(copies) > 1 or document.has_aliases
        lists = [table.entries for table in spec.tables.values()]
        for section, entries, lengths in zip(
            spec.tables, lists, document.lengths(lists), strict=True
        ):
            for row, length in enumerate(lengths):
                if thorough or length >= _SMALL:
                    # No character is more than two units. Only aliases are written in fewer.
                    has_room = thorough or 2 * length > LONGEST_STRING
                    yield from _hits((section, row), entries[row], members=has_room)


def _hits(pointer: Pointer, entry: Any, *, members: bool) -> Iterator[Hit]:
    """What of ``entry`` breaks a limit: one of its ``members``, if asked for, or the whole."""
    if type(entry) is not dict:
        return
    properties = {key: value for key, value in entry.items() if key not in _NOT_IN_TEMPLATE}
    hits = list(_strings(pointer, properties)) if members else []
    yield from hits
    size = compiled_size(properties, 0)
    if not hits and size > LARGEST_RESOURCE:
        largest = max(properties, key=lambda key: compiled_size(properties[key], 0))
        found = f"the resource takes {size:,} bytes, most of them here"
        yield _hit((*pointer, largest), "key", found, f"{LARGEST_RESOURCE:,} of one resource")


def _strings(pointer: Pointer, value: Any) -> Iterator[Hit]:
    match value:
        case str() if _units(value) > LONGEST_STRING:
            yield _too_long(pointer, "value", value)
        case dict():
            copies = [key for key in value if key.lower() == COPY]
            for key in copies[1:]:
                found = f'keys "{copies[0]}" and "{key}" in one map'
                yield _hit((*pointer, key), "key", found, "one of them")
            for key, child in value.items():
                if _units(key) > LONGEST_STRING:
                    yield _too_long((*pointer, key), "key", key)
                yield from _strings((*pointer, key), child)
        case list():
            for index, child in enumerate(value):
                yield from _strings((*pointer, index), child)


def _too_long(pointer: Pointer, part: Part, text: str) -> Hit:
    found = f"the string has {_units(text):,} characters"
    return _hit(pointer, part, found, f"{LONGEST_STRING:,} in one")


def _hit(pointer: Pointer, part: Part, found: str, expected: str) -> Hit:
    return Hit(pointer, part, {"found": found, "expected": expected})


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


CHECK = TemplateLimits
