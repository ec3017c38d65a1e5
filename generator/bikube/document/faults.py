"""Says in plain words why libyaml gave up on a text, and where."""

import re
from typing import NamedTuple

import yaml

from bikube.diagnostics import Diagnostic, diagnose
from bikube.document.foreign import recognise
from bikube.document.strays import parted_url, stray
from bikube.text import Source, Span, shorten

# Compiled only when it is needed: the ranges cost milliseconds at every start.
_FORBIDDEN = (
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\ufeff\ufffe\uffff]"
)
_NEEDS_QUOTES = "@`%"
_TOO_DEEP = "exceeded maximum nesting depth"
_IN_FLOW = re.compile("',' or '|node content")
"""What is missing, by libyaml's own words, where a bracket is open."""


class _Saying(NamedTuple):
    """How a fault is put: ``{text}`` is what the span holds, ``{line}`` where its context began.

    ``extent`` matches the span's text at the fault, or with ``at_start`` at its context.
    """

    message: str
    extent: str = r"\S?"
    at_start: bool = False


_TAB = _Saying("a tab where YAML wants spaces; indentation is spaces; replace the tab", "\t")
_RESERVED = _Saying('"{text}" cannot start a plain value; YAML reserves it; quote the value')
_NEVER_CLOSED = _Saying(
    "{text} is opened here and never closed; the text ends inside it; close it", ".", True
)
_OTHER = _Saying(
    "not valid YAML; {problem}; check the indentation, the quotes and the brackets here"
)
_OF_THE_LINE_BEFORE = (
    "mapping values are not allowed in this context",
    "did not find expected node content",
    "did not find expected comment or line break",
)
_LINE = r"[^\r\n]*[^\s]"
_SAYINGS = {
    "found unexpected end of stream": _NEVER_CLOSED,
    "found unexpected document indicator": _NEVER_CLOSED,
    "mapping values are not allowed in this context": _Saying(
        '"{text}" is not allowed here; a plain value has no ":" before a space, and keys of a'
        " map stand in one column; quote the value, or correct the indentation"
    ),
    "block sequence entries are not allowed in this context": _Saying(
        '"{text}" is not allowed here; a list begins on a line of its own; move it to the next'
        " line, or quote the value"
    ),
    "could not find expected ':'": _Saying(
        '"{text}" is not followed by ":"; a member of a map is "key: value"; add the ":" and the'
        " space after it, or correct the indentation",
        _LINE,
        True,
    ),
    "did not find expected key": _Saying(
        '"{text}" does not continue the map that starts in line {line}; all its keys stand in one'
        " column; correct the indentation, or the quotes before it",
        _LINE,
    ),
    "did not find expected '-' indicator": _Saying(
        '"{text}" does not continue the list that starts in line {line}; all its items begin with'
        ' "-" in one column; indent it as the keys of the item above, or begin it with "- "',
        _LINE,
    ),
    "did not find expected ',' or ']'": _Saying(
        '"," or "]" is missing before this; it belongs to the list that starts in line {line};'
        " add it"
    ),
    "did not find expected ',' or '}'": _Saying(
        '"," or "}}" is missing before this; it belongs to the map that starts in line {line};'
        " add it"
    ),
    "did not find expected node content": _Saying(
        '"{text}" stands where a value is expected; brackets and commas do not begin one; remove'
        " it, or quote the value"
    ),
    "did not find expected alphabetic or numeric character": _Saying(
        '"{text}" begins an anchor or an alias and has no name; names are letters and digits; add'
        " one, or quote the value",
        ".",
        True,
    ),
    "found unknown escape character": _Saying(
        'escape "{text}" is not known; in double quotes a backslash is written twice; write it so,'
        " or use single quotes",
        "..?",
    ),
    "did not find expected hexdecimal number": _Saying(
        'escape with "{text}" is too short; "\\x" takes 2 hexadecimal digits, "\\u" 4 and "\\U" 8;'
        " add the rest",
        "[0-9A-Fa-f]*.?",
    ),
    "found invalid Unicode character escape code": _Saying(
        'escape with "{text}" is no character; surrogates are none, and U+10FFFF is the last;'
        " write the character itself",
        "(?<=u)[0-9A-Fa-f]{4}|[0-9A-Fa-f]{1,8}",
    ),
    "found undefined tag handle": _Saying(
        'tag "{text}" is not known; only the tags of the YAML core schema are; remove it', r"\S+"
    ),
    "did not find expected <document start>": _Saying(
        '"{text}" stands after the end of the document; a spec file holds one; remove it, or the'
        ' "..." before it',
        _LINE,
    ),
    "found incompatible YAML document": _Saying(
        '"{text}" is another version of YAML; specs are YAML 1.2; remove the line', _LINE
    ),
}


def before_too_deep(source: Source, error: Exception) -> Source | None:
    """What ``source`` has before it nests deeper than libyaml goes, if it does that.

    Since 0.2.6, which is in PyYAML 6.0.4, libyaml has a limit of its own, far beyond that of specs.
    It may look ahead that far before it gives the first event, by which the parser sees the depth.
    """
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    if mark is None or _TOO_DEEP not in str(error):
        return None
    return Source(source.name, source.text[: mark.index])


def explain(source: Source, error: Exception, opened: int) -> Diagnostic:
    """The finding for a fault that libyaml raised while it read ``source``.

    ``opened`` is where the innermost container begins that was open then.
    """
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        return _syntax(source, error, error.problem_mark.index, opened)
    match = re.search(_FORBIDDEN, source.text)
    offset = match.start() if match else 0
    character = f"character U+{ord(match.group()):04X}" if match else "a character"
    message = (
        f"{character} is not allowed in YAML; readers refuse or lose it;"
        " remove it, or write it as an escape in quotes"
    )
    return diagnose("yaml-syntax", message, Span(offset, offset + 1))


def _syntax(source: Source, error: yaml.MarkedYAMLError, offset: int, opened: int) -> Diagnostic:
    context = error.context_mark.index if error.context_mark is not None else offset
    foreign = parted_url(source, offset) or recognise(source, str(error.problem), context, offset)
    if foreign is None and str(error.problem) in _OF_THE_LINE_BEFORE:
        foreign = stray(source, offset)
    if foreign is not None:
        return diagnose("yaml-syntax", foreign.message, foreign.span)
    saying = _choose(source.text, error, offset)
    if saying is _NEVER_CLOSED and context == offset:
        context = opened
    match = re.compile(saying.extent).match(source.text, context if saying.at_start else offset)
    span = Span(*match.span()) if match else Span(offset, offset)
    line = source.position(context).line
    problem = str(error.problem)
    if error.context:
        problem += f" {error.context}"
        if context != offset:
            problem += f" that starts in line {line}"
    text = shorten(source.cut(span))
    message = saying.message.format(text=text, line=line, problem=problem)
    return diagnose("yaml-syntax", message, span)


def _choose(text: str, error: yaml.MarkedYAMLError, offset: int) -> _Saying:
    problem, character = str(error.problem), text[offset : offset + 1]
    if character == "\t":
        return _TAB
    if character and character in _NEEDS_QUOTES and "cannot start" in problem:
        return _RESERVED
    if _IN_FLOW.search(problem) and not text[offset:].strip():
        return _NEVER_CLOSED
    return _SAYINGS.get(problem, _OTHER)
