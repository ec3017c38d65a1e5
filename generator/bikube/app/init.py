"""Writes a starter spec, and beside it the schema by which editors complete and check it."""

from pathlib import Path

from bikube import assets
from bikube.app.schemas import spec_schema_text
from bikube.app.specs import DEFAULT_SPEC
from bikube.errors import UsageError
from bikube.files import read
from bikube.files.writing import write_whole

SCHEMA_FILE = "bikube.schema.json"


def start(folder: Path) -> list[Path]:
    """Writes both files into ``folder``, and gives back their paths.

    Raises:
        UsageError: one of them is there already; nothing is written.
        AccessError: the folder cannot be written to.
    """
    files = {
        folder / DEFAULT_SPEC: read(assets.folder("templates") / "starter" / DEFAULT_SPEC),
        folder / SCHEMA_FILE: spec_schema_text().encode(),
    }
    for path in files:
        if path.exists() or path.is_symlink():
            raise UsageError(f"{path} is there already; init overwrites nothing; move it away")
    for path, data in files.items():
        write_whole(path, data)
    return list(files)
