"""The disk: read, match, write in one stroke."""

from bikube.files.patterns import expand, match_any, pattern_fault
from bikube.files.reading import read, read_file, read_stdin
from bikube.files.walking import PassedOver, walk

__all__ = [
    "PassedOver",
    "expand",
    "match_any",
    "pattern_fault",
    "read",
    "read_file",
    "read_stdin",
    "walk",
]
