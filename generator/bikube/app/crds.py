"""Definitions of custom resources, derived from Azure's types, for clusters in which to test."""

from pathlib import Path

from bikube.azure import DEFAULT_VERSION, known_versions, record
from bikube.crd import definition, kinds_in
from bikube.document.writing import block
from bikube.errors import UsageError
from bikube.files import read_file
from bikube.files.writing import is_stream, write_pieces, write_whole

__all__ = ["DEFAULT_VERSION", "known_versions", "whole", "write"]

_YAML = (".yaml", ".yml")
# The first line is another than that of outputs, which "generate --prune" removes.
_START = "# Derived by bikube from Azure's types of API version "
_HEADER = """\
{start}{version} (Bicep CLI {bicep}).
# They are not the definitions that Azure IoT Operations installs, which are not public: they say
# what Azure takes. For test clusters only; never apply them where Azure IoT Operations runs.
"""


def whole(version: str) -> str:
    """The definitions of all kinds that API ``version`` has, in one text."""
    return _header(version) + "".join(_texts(version).values())


def write(place: Path, version: str) -> tuple[Path, ...]:
    """Writes the definitions to ``place``: a file if it is called like one of YAML, else a folder.

    Gives back the files. To an open descriptor, a device or a pipe all is written, and it is none.

    Raises:
        UsageError: a file is there that was not written so, or is called like none of YAML;
            nothing is written.
        AccessError: a file cannot be read or written.
    """
    if is_stream(str(place)):
        write_pieces(str(place), [whole(version)])
        return ()
    if place.suffix.lower() in _YAML and not place.is_dir():
        files = {place: whole(version)}
    elif place.exists() and not place.is_dir():
        raise UsageError(f"{place} is no folder; name a folder, or a file that ends in .yaml")
    else:
        files = {place / name: _header(version) + text for name, text in _texts(version).items()}
    for path in files:
        if path.exists() and not read_file(path).startswith(_START.encode()):
            raise UsageError(f'{path} is there already and not from "bikube crds"; move it away')
    for path, text in files.items():
        write_whole(path, text.encode())
    return tuple(files)


def _texts(version: str) -> dict[str, str]:
    """The definition of each kind, by the name of a file for it."""
    made = (definition(kind, version) for kind in kinds_in(version))
    return {f"{one['metadata']['name']}.yaml": f"---{block(one)}\n" for one in made}


def _header(version: str) -> str:
    return _HEADER.format(start=_START, version=version, bicep=record().bicep)
