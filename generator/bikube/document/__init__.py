"""YAML in: bytes become a text, a text becomes plain data with a span for every key and value."""

from bikube.document.decode import MAX_BYTES, decode
from bikube.document.parser import parse
from bikube.document.scalars import NumberOutOfRange, resolve
from bikube.document.tree import Document, Part

__all__ = ["MAX_BYTES", "Document", "NumberOutOfRange", "Part", "decode", "parse", "resolve"]
