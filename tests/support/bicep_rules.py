"""What a Bicep CLI can be told to look for, read out of the program itself."""

import re
from functools import cache
from pathlib import Path

from scripts.schemas.bundle import open_bundle

_ASSEMBLY = "Azure.Bicep.Core.dll"
# .NET keeps constants in UTF-16. Each rule has its id as one: words with hyphens between them.
_ID = re.compile(rb"(?:[a-z0-9]\0)+(?:-\0(?:[a-z0-9]\0)+)+")


@cache
def possible_rules(program: Path) -> frozenset[str]:
    """Whatever may be the id of a linter rule of ``program``; more than its rules, never fewer."""
    assembly = open_bundle(program.read_bytes()).read(_ASSEMBLY)
    return frozenset(found.decode("utf-16-le") for found in _ID.findall(assembly))
