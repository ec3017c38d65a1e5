"""Makes programs in one file, as .NET does."""

import json
import struct
import zlib

from scripts.schemas.bundle import SIGNATURE

DEPENDENCIES = "bicep.deps.json"
ASSEMBLY = "Azure.Bicep.Types.Az.dll"
LIBRARIES: dict[str, object] = {"libraries": {"bicep/0.1.2": {}, "Azure.Bicep.Types.Az/0.3.4": {}}}


def text(value: str) -> bytes:
    """``value`` behind its length, which is below 128."""
    return bytes([len(value)]) + value.encode()


def program(files: dict[str, bytes], *, major: int = 6, compress: bool = False) -> bytes:
    """A program that holds ``files``: a start, their contents, and the list of them at the end."""
    at = 16 + len(SIGNATURE)
    contents, entries = b"", b""
    for name, content in files.items():
        packed = zlib.compress(content, wbits=-15) if compress else content
        place = at + len(contents)
        entries += struct.pack("<qqqB", place, len(content), len(packed) if compress else 0, 1)
        entries += text(name)
        contents += packed
    head = struct.pack("<IIi", major, 0, len(files)) + text("id") + bytes(40)
    return (
        b"\x7fELF\0\0\0\0"
        + struct.pack("<q", at + len(contents))
        + SIGNATURE
        + contents
        + (head + entries)
    )


def bicep(assembly: bytes, libraries: object = LIBRARIES) -> bytes:
    """A program with the files of a Bicep CLI that count."""
    return program({DEPENDENCIES: json.dumps(libraries).encode(), ASSEMBLY: assembly})
