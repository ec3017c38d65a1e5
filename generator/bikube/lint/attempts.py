"""Finds comments that are suppressions, and those that were meant as ones and are none."""

import re
from collections.abc import Iterator
from functools import lru_cache

from bikube.diagnostics import Diagnostic, diagnose
from bikube.text import Span, shorten

FORM = "# bikube: ignore[rule-id] reason"

_OTHERS = "(?:ignore|disable|noqa|nolint|skip|suppress|off)(?:[-_](?:file|line|next-line|all))?"
"""What suppressions are called, here and by other linters."""

# Cheap on a text without it: the search for a single first character runs in C. Of several in a
# row only the first begins anything, so that a long row of them takes no longer.
MARKER = re.compile(
    r"#(?<!##)#*[ \t]*(?:bikube(?:[ \t_-]*lint(?:er)?(?![a-z]))?"
    rf"|(?P<foreign>{_OTHERS}[ \t]*(?:[:=(\[][ \t]*)?bikube(?![\w./-]))"
    r"|(?P<misspelt>b[iy]?[ck][a-z]{2,5})(?=[ \t]*[:=][ \t]*ignore(?:-file)?[ \t]*\[))",
    re.IGNORECASE,
)
"""What a suppression begins with, or something that was meant as one."""

_BRACKETED = re.compile(r"[ \t]*[:=][ \t]*[A-Za-z-]*\[")
_CALLED = re.compile(r"(?:[ \t]*[:=][ \t]*|[._-]?[ \t]*(?=[A-Za-z-]+[ \t]*\[))([A-Za-z-]+)")
_OTHERWISE = re.compile(
    rf"(?:[._-]{_OTHERS}(?![\w./-])"
    rf"|[ \t]+{_OTHERS}(?=[ \t]*(?:[\[(:=]|#|$)|[ \t]+[a-z]+(?:-[a-z]+)+(?![\w./-])))",
    re.IGNORECASE,
)
_ALONE = re.compile(r"[ \t]*(?:[\])\[(:=,#]|$)")
_ATTEMPT = re.compile(
    rf"{MARKER.pattern}(?:{_CALLED.pattern}|[ \t]+{_OTHERS}(?![\w-]))?[^\s\[(]*"
    r"(?:[ \t]*[\[(][^\])\r\n]*[\])]?)?\S*",
    re.IGNORECASE,
)
_OTHER_COMMENT = re.compile(r"[ \t]#(?![0-9])")
"""Where a comment for another program begins; ``#5`` is an issue that a reason speaks of."""


def attempts(text: str, comment: Span) -> Iterator[Span]:
    """The parts of a comment that are directives, or were meant as ones."""
    starts = [
        match.start()
        for match in MARKER.finditer(text, *comment)
        if (match.start() == comment.start or text[match.start() - 1] in " \t")
        and _is_meant(text, match, comment.end)
    ]
    for start, end in zip(starts, [*starts, comment.end][1:], strict=True):
        other = _OTHER_COMMENT.search(text, start, end)
        stop = other.start() if other is not None else end
        yield Span(start, start + len(text[start:stop].rstrip()))


def is_split(reason: str) -> bool:
    """Whether what is read back would end before the end of ``reason``."""
    return any(pattern.search(f" {reason}") for pattern in (MARKER, _OTHER_COMMENT))


def not_a_directive(text: str, span: Span) -> Diagnostic:
    """The finding that an attempt silences nothing."""
    written = next(_ATTEMPT.finditer(text, *span))
    shown = written.group().lstrip("# \t")
    message = f'"{shorten(shown)}" silences nothing; a suppression is "{FORM}"; correct it'
    place = Span(written.end() - len(shown), written.end())
    return diagnose("malformed-suppression", message, place)


def _is_meant(text: str, marker: "re.Match[str]", end: int) -> bool:
    """Whether what ``marker`` begins is more than a word about the program."""
    after = marker.end()
    if marker["misspelt"]:
        return _is_near(marker["misspelt"].lower(), ("bikube",))
    if marker["foreign"]:
        return marker["foreign"].lower().startswith("no") or bool(_ALONE.match(text, after, end))
    if _BRACKETED.match(text, after, end) or _OTHERWISE.match(text, after, end):
        return True
    called = _CALLED.match(text, after, end)
    return called is not None and _is_word(called[1].lower())


def _is_word(word: str) -> bool:
    """Whether ``word`` is what a suppression is called, or near it."""
    return bool(re.fullmatch(_OTHERS, word)) or _is_near(word, ("ignore", "ignore-file"))


@lru_cache(maxsize=256)
def _is_near(word: str, words: tuple[str, ...]) -> bool:
    # Imported here because most specs have no such comment, and difflib costs start-up time.
    from difflib import get_close_matches

    # Nearer than names of rules have to be: "core" is not "ignore".
    return bool(get_close_matches(word, words, n=1, cutoff=0.75))
