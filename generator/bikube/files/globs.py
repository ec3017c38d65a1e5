"""Patterns of .gitignore that give up at once where nothing fits, however many stars they have.

``[^/]*a[^/]*a[^/]*b`` tries its letters in every combination first, and so does ``**`` its folders.
The first place that fits is good enough for each of them but the last, because what follows can
skip whatever it likes.
"""

import re

_STAR = "[^/]*"
_FOLDERS = "(?:/.+)?/"
_ANYWHERE = "^(?:.+/)?"
_ALL_BUT = re.compile(r"(?<!\[)\[\^(?!/\])")


def tame(expression: str) -> str:
    """``expression`` of pathspec in other words, but that brackets match no slash, as in git."""
    expression = _ALL_BUT.sub("[^/", expression)
    first, *others = expression.split(_FOLDERS)
    if not others:
        return _stars(first)
    if first.startswith(_ANYWHERE):
        first = f"^(?>(?:.+?/)??{_stars(first.removeprefix(_ANYWHERE))}(?=/))"
    else:
        first = _stars(first)
    *middle, last = map(_stars, others)
    return first + "".join(f"(?>(?:/.+?)??/{one}(?=/))" for one in middle) + _FOLDERS + last


def _stars(expression: str) -> str:
    """``expression`` with stars that stop where what follows them in their segment begins."""
    first, *others = expression.split(_STAR)
    pieces = [first]
    for number, other in enumerate(others, start=1):
        is_last = number == len(others) or "/" in other
        pieces.append(_STAR + other if is_last else f"(?>[^/]*?{other})")
    return "".join(pieces)
