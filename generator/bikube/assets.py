"""Where the files that are part of the program, but not Python, are found.

``rules/`` and ``templates/`` stand at the top of the repository, where people look for them,
and travel in the wheel as package data below ``bikube/_data``.
"""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_INSIDE = {"schemas": "azure/schemas", "descriptions": "descriptions"}


def folder(name: str) -> Path:
    """The folder ``name`` of this installation: ``rules``, ``templates``, or one in the package."""
    if name in _INSIDE:
        return _PACKAGE / _INSIDE[name]
    return _packed(name) if are_packed(name) else _PACKAGE.parents[1] / name


def are_packed(name: str) -> bool:
    """Whether the files are those of an installed wheel, and not of a checkout."""
    return _packed(name).is_dir()


def _packed(name: str) -> Path:
    return _PACKAGE / "_data" / name
