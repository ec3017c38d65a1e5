"""Reads files out of a .NET single-file program, which the Bicep CLI is.

Such a program holds a signature, and in the 8 bytes before it the place of a manifest: version,
number of files, and for each file its place, its size, its size when compressed (or 0), a type and
a name. The .NET project describes this as "single-file bundler"; version 6 is that of .NET 6 on.
"""

import struct
import zlib
from hashlib import sha256
from typing import NamedTuple

from scripts.schemas.errors import Unusable

SIGNATURE = sha256(b".net core bundle\n").digest()
VERSION = 6

_OFFSET = struct.Struct("<q")
_HEAD = struct.Struct("<IIi")
# The places of two files, flags: repeated in the list of files, or of no use here.
_SHORTCUTS = struct.Struct("<qqqqQ")
_FILE = struct.Struct("<qqqB")
_MORE = 0x80
_CUT_OFF = "the program is cut off, or no longer as it was made"


class _Reader:
    """Takes values off ``data`` one after the other."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data, self._at = data, at

    def take(self, form: struct.Struct) -> tuple[int, ...]:
        """The numbers of ``form``."""
        found = form.unpack_from(self._data, self._at)
        self._at += form.size
        return found

    def text(self) -> str:
        """A text behind its length, of which each byte has seven bits, the low ones first."""
        length = shift = 0
        while True:
            byte = self._data[self._at]
            self._at += 1
            length |= (byte & ~_MORE) << shift
            shift += 7
            if not byte & _MORE:
                break
        text = self._data[self._at : self._at + length]
        self._at += length
        if len(text) != length:
            raise IndexError(self._at)
        return text.decode()


class Bundle(NamedTuple):
    """A program, and what it says of the files in it: place, size, compressed size, by name."""

    data: bytes
    files: dict[str, tuple[int, int, int]]

    def read(self, name: str) -> bytes:
        """The content of the file called ``name``.

        Raises:
            Unusable: there is none, or not all of it.
        """
        if name not in self.files:
            raise Unusable(f"there is no {name} in it; another program is meant")
        place, size, compressed = self.files[name]
        content = self.data[place : place + (compressed or size)]
        if compressed:
            content = inflate(content, name)
        if len(content) != size:
            raise Unusable(f"{name} in it has {len(content)} bytes of {size}; {_CUT_OFF}")
        return content


def open_bundle(data: bytes) -> Bundle:
    """The files of the program ``data``.

    Raises:
        Unusable: it is no such program, not all of it, or of another version.
    """
    at = data.find(SIGNATURE) - _OFFSET.size
    place = _OFFSET.unpack_from(data, at)[0] if at >= 0 else 0
    if place == 0:
        raise Unusable("it is no .NET program in one file, as the Bicep CLI is; name another one")
    try:
        return Bundle(data, _files(_Reader(data, place)))
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise Unusable(f"its list of files is incomplete; {_CUT_OFF}") from error


def inflate(data: bytes, name: str) -> bytes:
    """What the compressed ``data`` of the file ``name`` holds.

    Raises:
        Unusable: it is not compressed by "deflate".
    """
    try:
        return zlib.decompress(data, wbits=-zlib.MAX_WBITS)
    except zlib.error as error:
        raise Unusable(f"{name} in it cannot be decompressed; {_CUT_OFF}") from error


def _files(reader: _Reader) -> dict[str, tuple[int, int, int]]:
    major, minor, count = reader.take(_HEAD)
    if major != VERSION:
        raise Unusable(f"it is a bundle of version {major}.{minor}; {VERSION} is what can be read")
    reader.text()
    reader.take(_SHORTCUTS)
    files = {}
    for _ in range(count):
        place, size, compressed, _type = reader.take(_FILE)
        files[reader.text()] = (place, size, compressed)
    return files
