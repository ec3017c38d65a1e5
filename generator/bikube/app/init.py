"""Writes a starter spec, and the schema that all specs of a repository share in editors."""

import os
from pathlib import Path
from typing import NamedTuple

from bikube import assets
from bikube.app.schemas import spec_schema_text
from bikube.app.specs import DEFAULT_SPEC, PATTERNS
from bikube.config import DEFAULT_OUT, Config, nearest_config
from bikube.diagnostics import Severity
from bikube.document.writing import scalar
from bikube.errors import UsageError
from bikube.files import match_any, read, read_file
from bikube.files.git import work_tree
from bikube.files.writing import write_whole
from bikube.lint import lint
from bikube.rules import builtin_rules

SCHEMA_FILE = "bikube.schema.json"

_NAME, _LOCATION, _SCHEMA = "aio-plant-7", "cl-plant-7", f"./{SCHEMA_FILE}"
"""What stands in the starter where something else may have to stand."""

_YAML = (".yaml", ".yml")


class Started(NamedTuple):
    """What has come of a start: the spec, every file that was written, and where output will be.

    ``out`` is ``None`` where the configuration chooses other outputs than Bicep.
    ``other_schema`` is a schema that was there before and is not the one of this bikube.
    """

    spec: Path
    written: tuple[Path, ...]
    out: Path | None
    other_schema: Path | None


def start(
    place: Path, *, name: str = _NAME, location: str = _LOCATION, outside: bool = False
) -> Started:
    """Writes a spec for ``name`` at ``location`` to ``place``, a folder or the name of a spec.

    The schema goes to the root of what the spec is part of, unless it is there already. With
    ``outside`` a configuration may name files outside of its repository.

    Raises:
        UsageError: the spec is there already, or may not have such a file name, name or location;
            nothing is written.
        AccessError: a file cannot be written, or the configuration or the schema not be read.
    """
    spec = _spec(place)
    if os.path.lexists(spec):
        raise UsageError(f"{spec} is there already; init overwrites nothing; move it away")
    config = nearest_config(spec.parent, outside=outside)
    schema = _root(spec.parent, config) / SCHEMA_FILE
    data = _starter(name, location, _between(spec.parent, schema))
    # The spec is last: it is what a second run, after one that failed, does not overwrite.
    schema_data = spec_schema_text().encode()
    is_there = os.path.lexists(schema)
    is_other = is_there and read_file(schema) != schema_data
    files = {spec: data} if is_there else {schema: schema_data, spec: data}
    for path, content in files.items():
        write_whole(path, content)
    return Started(spec, tuple(files), _out(spec, config), schema if is_other else None)


def _spec(place: Path) -> Path:
    if os.path.isdir(place) or place.suffix.lower() not in _YAML:
        return place / DEFAULT_SPEC
    if not match_any(place.name, PATTERNS, Path()):
        expected = " or ".join(f'"{pattern}"' for pattern in PATTERNS)
        said = f'"{place}" is no name by which folders are searched for specs'
        raise UsageError(f"{said}; {expected} is expected; rename it")
    return place


def _root(folder: Path, config: Config | None) -> Path:
    """The folder of the configuration, else of the repository, else where one stands."""
    if config is not None:
        return config.root
    tree = work_tree(str(folder))
    if not os.path.lexists(os.path.join(tree, ".git")):
        here = os.getcwd()
        tree = here if here in map(str, Path(tree).parents) else tree
    return folder if tree == os.path.abspath(folder) else Path(os.path.relpath(tree))


def _out(spec: Path, config: Config | None) -> Path | None:
    if config is None:
        return Path(DEFAULT_OUT)
    targets = config.targets_of(str(spec))
    return config.out_folder if not targets or "bicep" in targets else None


def _between(folder: Path, schema: Path) -> str:
    """How a file in ``folder`` names ``schema``, in the way of URLs."""
    path = Path(os.path.relpath(os.path.abspath(schema), os.path.abspath(folder))).as_posix()
    return path if path.startswith("../") else f"./{path}"


def _starter(name: str, location: str, schema: str) -> bytes:
    """The starter with these values in the places of its own."""
    text = read(assets.folder("templates") / "starter" / DEFAULT_SPEC).decode()
    text = text.replace(_SCHEMA, schema, 1)
    text = _put(text, name, instead=_NAME, option="--name")
    return _put(text, location, instead=_LOCATION, option="--custom-location").encode()


def _put(text: str, value: str, *, instead: str, option: str) -> str:
    """``text`` with a value that is held to what a spec is held to."""
    text = text.replace(f": {instead}", f": {scalar(value)}", 1)
    for one in lint(DEFAULT_SPEC, text.encode(), builtin_rules()).diagnostics:
        if one.severity is Severity.ERROR:
            raise UsageError(f"{option}: {one.text}")
    return text
