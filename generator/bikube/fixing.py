"""Turns a rule's ``fix`` into edits of the text, so that everything else in it stays."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from bikube.diagnostics import Edit, Fix, Pointer
from bikube.document import Document
from bikube.yamltext import scalar

Rewrite = Callable[[str], str | None]


def plan_fix(
    recipe: Mapping[str, Any], document: Document, pointer: Pointer
) -> tuple[Fix | None, str | None]:
    """The fix for the string at ``pointer``, and the string that it writes.

    ``recipe`` is what a rule file has below ``fix:``; an empty one fixes nothing.
    """
    if not recipe:
        return None, None
    value = document.resolve(pointer)
    if not isinstance(value, str):
        return None, None
    fixed = _rewritten(recipe, value)
    if fixed is None or fixed == value:
        return None, None
    edit = Edit(document.span(pointer), scalar(fixed))
    return Fix((edit,), safe=recipe["safe"]), fixed


def _rewritten(recipe: Mapping[str, Any], value: str) -> str | None:
    if recipe.get("lower"):
        return value.lower()
    if "replace" in recipe:
        pattern, text = recipe["replace"]["pattern"], recipe["replace"]["by"]
        return re.sub(pattern, text, value)
    written: str | None = recipe.get("write")
    return written
