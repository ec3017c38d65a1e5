"""Turns what mends a finding into edits of the text, so that everything else in it stays.

A recipe is what a rule file has below ``fix:``. Besides ``safe`` it names one way: ``lower`` (the
letters of a string), ``replace`` (``pattern`` by ``by``, once), ``write`` (another value; a string
may name what the check found out, such as ``{nearest}``), or ``remove``. What the engine itself
reports has no way in its recipe, because the engine knows it.

A fix is safe only if it changes one place: what aliases repeat may be meant otherwise elsewhere.
"""

import re
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from bikube.diagnostics import Fix, Pointer, Removal
from bikube.document import Document
from bikube.edits import members as edits
from bikube.edits.layout import properties
from bikube.edits.members import Edits
from bikube.edits.reshaping import reshape
from bikube.edits.splitting import split
from bikube.text import Span

_ANCHOR = re.compile(r"&([\w-]+)")


def plan_fix(
    recipe: Mapping[str, Any], document: Document, pointer: Pointer, values: Mapping[str, str]
) -> tuple[Fix | None, str | None]:
    """The fix for the value at ``pointer``, and what it writes, as a message shows it.

    An empty recipe fixes nothing, and neither does one that would leave the value as it is.
    """
    if not recipe:
        return None, None
    safe: bool = recipe["safe"]
    if recipe.get("remove"):
        return removal(document, pointer, safe=safe), None
    value = document.resolve(pointer)
    fixed = _rewritten(recipe, value, values)
    if fixed is None or fixed == value:
        return None, None
    return rewriting(document, pointer, fixed, safe=safe), str(fixed)


def removal(document: Document, pointer: Pointer, *, safe: bool) -> Fix | None:
    """The fix that takes the member at ``pointer`` out."""
    fix = _fix(document, pointer, edits.remove, safe=safe)
    above = document.home(pointer)[:-1]
    removal = Removal(document.extent(above).start, len(document.resolve(above)))
    return fix._replace(removal=removal) if fix is not None else None


def rewriting(document: Document, pointer: Pointer, value: Any, *, safe: bool) -> Fix | None:
    """The fix that writes ``value`` in place of the value at ``pointer``."""
    return _fix(document, pointer, partial(edits.write, value=value), safe=safe)


def renaming(document: Document, pointer: Pointer, key: str, *, safe: bool) -> Fix | None:
    """The fix that calls the member at ``pointer`` ``key``."""
    return _fix(document, pointer, partial(edits.rename, key=key), safe=safe)


def quoting(document: Document, pointer: Pointer, *, safe: bool) -> Fix | None:
    """The fix that makes the number at ``pointer`` a string."""
    return _fix(document, pointer, edits.quote, safe=safe)


def reshaping(document: Document, pointer: Pointer, new: str, only: str) -> Fix | None:
    """The fix that turns the property at ``pointer`` into ``new`` (see ``reshape``)."""
    return _fix(document, pointer, partial(reshape, new=new, only=only), safe=False)


def splitting(
    document: Document, pointer: Pointer, one: tuple[str, Any], other: tuple[str, Any]
) -> Fix | None:
    """The fix that writes two members in place of the one at ``pointer`` (see ``split``)."""
    return _fix(document, pointer, partial(split, one=one, other=other), safe=False)


def apply(text: str, fixes: Iterable[Fix]) -> str:
    """``text`` after the edits of those of ``fixes`` that go together."""
    pieces: list[str] = []
    at = 0
    for span, written in sorted({edit for fix in compatible(fixes) for edit in fix.edits}):
        pieces += (text[at : span.start], written)
        at = span.end
    return "".join((*pieces, text[at:]))


def compatible(fixes: Iterable[Fix]) -> list[Fix]:
    """Those of ``fixes`` that can be applied at once; of two that cannot, the earlier in the text.

    Equal ones are one: what aliases repeat is found at each of its places.
    """
    chosen: dict[Edits, Fix] = {}
    changed: list[Span] = []
    removed: Counter[Removal] = Counter()
    for fix in sorted(fixes, key=lambda fix: fix.edits):
        spans = [edit.span for edit in fix.edits]
        if fix.edits in chosen or any(_meets(span, changed) for span in spans):
            continue
        if fix.removal is not None:
            if 1 < fix.removal.members == removed[fix.removal] + 1:
                continue
            removed[fix.removal] += 1
        chosen[fix.edits] = fix
        for span in spans:
            insort(changed, span)
    return list(chosen.values())


def _meets(span: Span, others: list[Span]) -> bool:
    """Whether ``span`` shares a character with one of ``others``, or has no order with it.

    ``others`` are sorted and apart from each other.
    """
    at = bisect_left(others, span)
    return any(_overlap(span, other) for other in others[max(0, at - 1) : at + 1])


def _overlap(one: Span, other: Span) -> bool:
    start, end = max(one.start, other.start), min(one.end, other.end)
    is_point = one.start == one.end or other.start == other.end
    return start <= end if is_point else start < end


def _fix(
    document: Document,
    pointer: Pointer,
    edits_at: Callable[[Document, Pointer], Edits],
    *,
    safe: bool,
) -> Fix | None:
    """The fix of ``edits_at`` the place where the member is really written."""
    home = document.home(pointer)
    changes = edits_at(document, home)
    if not changes or _strands_alias(document, changes):
        return None
    is_alone = not document.is_repeated(pointer) and not _is_repeated_itself(document, home)
    return Fix(changes, safe and is_alone)


def _strands_alias(document: Document, changes: Edits) -> bool:
    """Whether ``changes`` take an anchor away that an alias needs."""
    if not document.has_aliases:
        return False
    removed = "".join(document.source.cut(edit.span) for edit in changes)
    return any(name in document.aliases for name in _ANCHOR.findall(removed))


def _is_repeated_itself(document: Document, pointer: Pointer) -> bool:
    """Whether an alias repeats the very value at ``pointer``."""
    if not document.has_aliases:
        return False
    words = properties(document.source.text, document.extent(pointer).start)
    return any(word[1:] in document.aliases for word in words)


def _rewritten(recipe: Mapping[str, Any], value: Any, values: Mapping[str, str]) -> Any:
    if "write" in recipe:
        written = recipe["write"]
        return written.format_map(values) if isinstance(written, str) else written
    if not isinstance(value, str):
        return None
    if "replace" in recipe:
        pattern, by = recipe["replace"]["pattern"], recipe["replace"]["by"]
        return re.sub(pattern, by, value, count=1)
    return value.lower()
