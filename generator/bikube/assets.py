"""Where the files that are part of the program, but not Python, are found.

``rules/`` and ``templates/`` stand at the top of the repository, where people look for them,
and travel in the wheel as package data below ``bikube/_data``.
"""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """The folder ``name`` (``rules``, ``templates``, ``schemas``) of this installation."""
    if name == "schemas":
        return _PACKAGE / "azure" / name
    packed = _PACKAGE / "_data" / name
    return packed if packed.is_dir() else _PACKAGE.parents[1] / name
