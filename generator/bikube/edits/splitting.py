"""Edits that write two members of a map in place of one that says what both do."""

from typing import Any

from bikube.diagnostics import Pointer
from bikube.document import Document
from bikube.edits.insertion import insert
from bikube.edits.members import Edits, rename, write


def split(
    document: Document, pointer: Pointer, one: tuple[str, Any], other: tuple[str, Any]
) -> Edits:
    """Writes the members ``one``, a string, and ``other`` in place of the string at ``pointer``.

    Where one of them is there, or the text is laid out in a way that an edit could spoil, or has
    several lines, there are no edits.
    """
    text = document.source.cut(document.extent(pointer))
    if len(text.splitlines()) > 1:
        return ()
    called = rename(document, pointer, one[0])
    written = write(document, pointer, one[1])
    added = insert(document, pointer[:-1], *other, after=str(pointer[-1]))
    return (*called, *written, *added) if called and written and added else ()
