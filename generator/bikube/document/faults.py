"""Says in plain words why libyaml gave up on a text, and where."""

import re

import yaml

from bikube.diagnostics import Problem
from bikube.source import Source, Span

# Compiled only when it is needed: the ranges cost milliseconds at every start.
_FORBIDDEN = (
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\ufeff\ufffe\uffff]"
)
_NEEDS_QUOTES = "@`%"


def explain(source: Source, error: Exception) -> Problem:
    """The finding for a fault that libyaml raised while it read ``source``."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        return _syntax(source, error, error.problem_mark.index)
    match = re.search(_FORBIDDEN, source.text)
    offset = match.start() if match else 0
    character = f"U+{ord(match.group()):04X}" if match else "a character"
    message = f"{character} is not allowed in YAML; remove it, or write it as an escape in quotes"
    return Problem("yaml-syntax", message, Span(offset, offset + 1))


def _syntax(source: Source, error: yaml.MarkedYAMLError, offset: int) -> Problem:
    text = source.text
    offset = min(offset, len(text))
    character = text[offset : offset + 1]
    end = offset + 1 if character.strip() else offset
    if character == "\t":
        message = "a tab where YAML wants spaces; indentation is spaces; replace the tab"
        return Problem("yaml-syntax", message, Span(offset, offset + 1))
    if character and character in _NEEDS_QUOTES and "cannot start" in str(error.problem):
        message = f'"{character}" cannot start a plain value; YAML reserves it; quote the value'
        return Problem("yaml-syntax", message, Span(offset, end))
    found = str(error.problem)
    if error.context:
        found += f" {error.context}"
        mark = error.context_mark
        if mark is not None and mark.index != offset:
            found += f" that starts in line {source.position(mark.index).line}"
    message = f"not valid YAML: {found}; check the indentation, the quotes and the brackets here"
    return Problem("yaml-syntax", message, Span(offset, end))
