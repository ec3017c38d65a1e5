"""Recognises the line that broke a YAML text where the parser stumbles only at the next one."""

import re

from bikube.document.foreign import Foreign
from bikube.text import Source, Span, line_end, line_start, shorten

_URL = re.compile(r"https?:[ \t]+//")
_QUOTED = re.compile(r">(?=[ \t])")
_DASHED = re.compile(r"[ ]*(-[A-Za-z]\w*:)(?=[ \t])")
_DASH = re.compile(r"([ ]*)-[ \t]*\r?\n\1([^\s#:-][^\r\n:]*):(?=\s)")
_STRAY = re.compile(r"[ ]*((?!#|-[ \t]|---)(?:(?!:\s)[^\r\n])*[^\s:])[ \t]*\r?\n")


def stray(source: Source, offset: int) -> Foreign | None:
    """What the line at ``offset`` is, or the one before, if that is none of a map or a list."""
    text = source.text
    here = line_start(text, offset)
    before = line_start(text, max(here - 1, 0))
    quoted = _QUOTED.match(text, here)
    if quoted is not None:
        message = (
            '">" begins the lines of a quotation; a spec is YAML alone; take it out of all of them'
        )
        return Foreign(message, Span(*quoted.span()))
    dashed = _DASHED.match(text, here) or _DASHED.match(text, before)
    if dashed is not None:
        message = f'"{shorten(dashed[1])}" has no space after "-"; an item begins with "- "; add it'
        return Foreign(message, Span(*dashed.span(1)))
    dash = _DASH.match(text, before)
    if dash is not None:
        message = (
            f'"{shorten(dash[2])}" is not deeper than the "-" above it; what belongs to an item is;'
            " indent it, and what follows"
        )
        return Foreign(message, Span(*dash.span(2)))
    line = _STRAY.match(text, before) if here else None
    if line is None:
        return None
    message = (
        f'"{shorten(line[1])}" is no member of a map, which is "key: value", and no comment;'
        ' begin it with "# " if it is one, or add the ":" and a space'
    )
    return Foreign(message, Span(*line.span(1)))


def parted_url(source: Source, offset: int) -> Foreign | None:
    """A URL with a space behind its scheme in the line at ``offset``."""
    start = line_start(source.text, offset)
    found = _URL.search(source.text, start, line_end(source.text, offset))
    if found is None:
        return None
    message = f'"{found[0]}" has a space in it; a URL has none; take the space out'
    return Foreign(message, Span(*found.span()))
