"""What a resource is known by: its section, its parent where it has one, and its name.

Two entries of one identity would be one resource. Whatever tells resources apart asks here.
"""

from typing import Any

from bikube.azure import Kind, companions_of, kind_of
from bikube.spec.table import ABSENT, Table

DEFAULT_PARENT = "default"
"""The one broker and the one profile that exist without being said."""

Identity = tuple[str, ...]
"""Parent and name of a resource, or its name alone where its kind has no parents.

That of an entry of a companion is what the companion says."""


def parent_of(kind: Kind, entry: dict[str, Any]) -> str | None:
    """The name of an entry's parent; ``None`` where that is the instance."""
    if kind.parent is None:
        return None
    named = entry.get(kind.parent.ref)
    return named if isinstance(named, str) else DEFAULT_PARENT


def identity_in(kind: Kind, entry: Any) -> Identity:
    """Parent and name of an entry, or its name alone; nothing where it has no name."""
    name = entry.get("name") if isinstance(entry, dict) else None
    if not isinstance(name, str) or not name:
        return ()
    parent = parent_of(kind, entry)
    return (name,) if parent is None else (parent, name)


def identity_of(section: str, entry: Any) -> Identity:
    """That of an entry of any section; nothing where what it says is not enough."""
    for companion in companions_of((section,)):
        return companion.identify(entry) if isinstance(entry, dict) else ()
    return identity_in(kind_of(section), entry)


def parents_in(table: Table) -> list[str | None] | None:
    """The parent of each row; ``None`` where that is the instance for all of them.

    A row whose parent is no text has none: nothing is known of what it is below.
    """
    parent = kind_of(table.section).parent
    if parent is None:
        return None
    return [
        DEFAULT_PARENT if named is ABSENT or named is None else _text(named)
        for named in table.column((parent.ref,))
    ]


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
