"""The disk: read, match, write in one stroke."""

from bikube.files.patterns import expand, match_any, pattern_fault, walk
from bikube.files.reading import read, read_stdin

__all__ = ["expand", "match_any", "pattern_fault", "read", "read_stdin", "walk"]
