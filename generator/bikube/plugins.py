"""Plug-ins: a module in a known package, found by its file name, imported when it is used.

Adding one is adding a file. The module's name is the plug-in's id (``_`` for ``-``),
and one constant in it is its interface.
"""

import os
from importlib import import_module
from importlib.util import find_spec
from typing import Any


def names(package: str) -> tuple[str, ...]:
    """The ids of all plug-ins of ``package``, sorted; none is imported."""
    spec = find_spec(package)
    folders = spec.submodule_search_locations if spec is not None else None
    found: set[str] = set()
    for folder in folders or ():
        found.update(
            file for file in os.listdir(folder) if file[0].islower() and file[-3:] == ".py"
        )
    return tuple(sorted(file[:-3].replace("_", "-") for file in found))


def by_section(package: str) -> dict[str, str]:
    """The ids of the plug-ins of ``package``, by the sections of a spec that they are called after.

    A section is in camel case: that of ``role-assignments`` is ``roleAssignments``.
    """
    found = {}
    for name in names(package):
        first, *others = name.split("-")
        found["".join((first, *(word.capitalize() for word in others)))] = name
    return found


def load(package: str, name: str, constant: str) -> Any:
    """The ``constant`` of the plug-in ``name``.

    Raises:
        ModuleNotFoundError: ``package`` has no such plug-in.
    """
    module = import_module(f"{package}.{name.replace('-', '_')}")
    return getattr(module, constant)
