"""Writes the schemas of `bikube/azure` anew: `make schemas`.

Usage: python -m scripts.schemas [BICEP]

BICEP is a Bicep CLI; without it, the one that BIKUBE_BICEP names, else the one on PATH.
Files are written when all could be derived, and those of versions that are gone are removed. Of
each version that is new or different it says which kinds, rules and golden cases it touches.
"""

import json
import logging
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scripts.schemas.carried import carried
from scripts.schemas.errors import Unusable
from scripts.schemas.files import files
from scripts.schemas.radar import radar

AZURE = Path(__file__).parents[2] / "generator" / "bikube" / "azure"


def main(arguments: list[str], target: Path = AZURE) -> int:
    """Derive from the program that is named, and say what changed; 2 if it cannot be."""
    # What it warns of ends in an error of our own.
    logging.getLogger("dnfile").setLevel(logging.CRITICAL)
    named = arguments[0] if arguments and arguments[0] else os.environ.get("BIKUBE_BICEP", "bicep")
    try:
        wanted = files(carried(_read(named)))
    except Unusable as error:
        print(f"{named}: {error}; nothing is written", file=sys.stderr)
        return 2
    put(wanted, target)
    return 0


def put(wanted: Mapping[str, str], target: Path) -> None:
    """Make the files below `target` those of `wanted`, and say what changed and what it touches."""
    there = [name for name in wanted if (target / name).exists()]
    before = _schemas({name: (target / name).read_text(encoding="utf-8") for name in there})
    for path in sorted(target.glob("schemas/*.json")):
        if path.relative_to(target).as_posix() not in wanted:
            path.unlink()
            print(f"removed {path}")
    for name, text in wanted.items():
        path = target / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            print(f"wrote {path}")
    for line in radar(before, _schemas(wanted)):
        print(line)


def _schemas(texts: Mapping[str, str]) -> dict[str, Any]:
    """The schemas among files of ``bikube/azure``, by API version."""
    names = [name for name in texts if name.startswith("schemas/")]
    return {Path(name).stem: json.loads(texts[name]) for name in names}


def _read(named: str) -> bytes:
    found = named if os.path.isfile(named) else shutil.which(named)
    if found is None:
        raise Unusable("no such program; name a Bicep CLI with BICEP=, or put it on PATH")
    try:
        return Path(found).read_bytes()
    except OSError as error:
        raise Unusable(f"cannot be read: {error.strerror}") from error


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
