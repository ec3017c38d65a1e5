"""Where the Bicep CLI is, and how to get it."""

import os
import shutil
from pathlib import Path

from bikube.errors import UsageError

VARIABLE = "BIKUBE_BICEP"
"""Names the program, and goes before ``PATH``."""

GET_IT = (
    'run "az bicep install" (or "az bicep upgrade"), or take it from'
    " https://github.com/Azure/bicep/releases, and put it on PATH, name it with --bicep-cli, or in"
    f" {VARIABLE}"
)


def find_bicep(named: Path | None) -> Path:
    """The Bicep CLI: as ``named``, else as the environment says, else where it usually is.

    Raises:
        UsageError: there is none.
    """
    name = str(named) if named is not None else os.environ.get(VARIABLE)
    if name:
        found = shutil.which(name)
        if found is None:
            raise UsageError(f'"{name}" is no program; the Bicep CLI is expected; {GET_IT}')
        return Path(found)
    found = _usual()
    if found is None:
        raise UsageError(f"there is no Bicep CLI, and only it can evaluate Bicep; {GET_IT}")
    return Path(found)


def has_bicep() -> bool:
    """Whether the environment names a Bicep CLI, or has one where it usually is."""
    return bool(os.environ.get(VARIABLE)) or _usual() is not None


def _usual() -> str | None:
    return shutil.which("bicep") or shutil.which(_of_azure_cli())


def _of_azure_cli() -> str:
    """Where ``az bicep install`` puts it."""
    folder = os.environ.get("AZURE_CONFIG_DIR") or str(Path.home() / ".azure")
    return str(Path(folder, "bin", "bicep.exe" if os.name == "nt" else "bicep"))
