"""Turns what mends a finding into edits of the text, so that everything else in it stays.

A recipe is what a rule file has below ``fix:``. Besides ``safe`` it names one rewrite of the value:
``lower`` (its letters), ``replace`` (``pattern`` by ``by``, once), or ``write`` (another value; a
string may name what the check found out, such as ``{nearest}``).
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from bikube.diagnostics import Edit, Fix, Pointer
from bikube.document import Document, Part
from bikube.document.scalars import resolve
from bikube.yamltext import block, scalar

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")
"""What a spec may hold as it is: dates and "on" are strings there, whatever YAML 1.1 says."""


def plan_fix(
    recipe: Mapping[str, Any], document: Document, pointer: Pointer, values: Mapping[str, str]
) -> tuple[Fix | None, str | None]:
    """The fix for the value at ``pointer``, and what it writes, as a message shows it.

    An empty recipe fixes nothing, and neither does one that would leave the value as it is.
    """
    if not recipe:
        return None, None
    value = document.resolve(pointer)
    fixed = _rewritten(recipe, value, values)
    if fixed is None or fixed == value:
        return None, None
    return rewrite(document, pointer, "value", fixed, safe=recipe["safe"]), str(fixed)


def rewrite(document: Document, pointer: Pointer, part: Part, value: Any, *, safe: bool) -> Fix:
    """The fix that writes ``value`` in place of the key or value at ``pointer``."""
    span = document.span(pointer, part)
    text = _in_style(document.source.cut(span), value)
    return Fix((Edit(span, text),), safe=safe)


def apply(text: str, fixes: Iterable[Fix]) -> str:
    """``text`` after all edits of ``fixes``, which must not overlap."""
    edits = sorted((edit for fix in fixes for edit in fix.edits), reverse=True)
    for span, written in edits:
        text = text[: span.start] + written + text[span.end :]
    return text


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


def _in_style(old: str, value: Any) -> str:
    """``value`` as YAML, a string in the quotes that the author chose for ``old``."""
    if not isinstance(value, str):
        return block(value).strip()
    plain = value if _WORD.fullmatch(value) and resolve(value) == value else scalar(value)
    if plain.startswith('"'):
        return plain
    if old.startswith('"') and not re.search(r'["\\]', value):
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'" if old.startswith("'") else plain
