"""Writes a starter spec, and beside it the schema by which editors complete and check it."""

import json
from pathlib import Path

from bikube import assets
from bikube.app.files import read, reason
from bikube.app.specs import DEFAULT_SPEC
from bikube.errors import AccessError, UsageError
from bikube.specschema import spec_schema

SCHEMA_FILE = "bikube.schema.json"


def start(folder: Path) -> list[Path]:
    """Writes both files into ``folder``, and gives back their paths.

    Raises:
        UsageError: one of them is there already; nothing is written.
        AccessError: the folder cannot be written to.
    """
    files = {
        folder / DEFAULT_SPEC: read(assets.folder("templates") / "starter" / DEFAULT_SPEC),
        folder / SCHEMA_FILE: schema_text().encode(),
    }
    for path in files:
        if path.exists() or path.is_symlink():
            raise UsageError(f"{path} is there already; init overwrites nothing; move it away")
    for path, data in files.items():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError as error:
            raise AccessError(f"{path}: {reason(error)}") from error
    return list(files)


def schema_text(version: str | None = None) -> str:
    """The JSON Schema of a spec, whose sections are of the API ``version``, else the default."""
    return json.dumps(spec_schema(version), indent=2, ensure_ascii=False) + "\n"
