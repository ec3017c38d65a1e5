"""Recognises what was written for another program: Bicep, a manifest, ARM JSON, what az prints."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from bikube.diagnostics import Diagnostic, Edit, Fix, Pointer, diagnose
from bikube.document import Document
from bikube.document.foreign import DIFF
from bikube.document.walk import leaves
from bikube.schema import Violation
from bikube.text import Span, shorten


class Form(NamedTuple):
    """A form of a resource: what it is called, and how an entry comes out of it."""

    name: str
    advice: str


_PROPERTIES = 'write an entry: its "name", and beside it what stands below "properties"'
_MANIFEST = Form(
    "a Kubernetes manifest",
    'write an entry: the "name" of its "metadata", and beside it what stands below "spec"',
)
_TEMPLATE = Form(
    "an ARM template",
    'write an entry for each of its "resources": the "name", and beside it what stands below'
    ' "properties"',
)
_OUTPUT = Form("what az prints of a resource", _PROPERTIES)
_RESOURCE = Form("a resource of Bicep or ARM", _PROPERTIES)


def form_of(value: Any) -> Form | None:
    """What ``value``, or its first item, was written as, if it is not bikube's own form."""
    if isinstance(value, list):
        return form_of(value[0]) if value and isinstance(value[0], dict) else None
    if not isinstance(value, dict):
        return None
    if ("kind" in value and "apiVersion" in value) or ("spec" in value and "metadata" in value):
        return _MANIFEST
    if "resources" in value and ("$schema" in value or "contentVersion" in value):
        return _TEMPLATE
    if not str(value.get("type")).lower().startswith("microsoft."):
        is_resource = isinstance(value.get("properties"), dict) and "$schema" not in value
        return _RESOURCE if is_resource else None
    return _OUTPUT if not value.keys().isdisjoint(_ONLY_PRINTED) else _RESOURCE


_ONLY_PRINTED = frozenset({"id", "resourceGroup", "systemData"})


def name_diff(found: list[Violation]) -> list[Violation]:
    """``found``, or where keys begin with the sign of a diff, only the first of these."""
    signed = (
        one for one in found if one.rule == "unknown-key" and _SIGNED.match(str(one.pointer[-1]))
    )
    first = next(signed, None)
    return found if first is None else [first._replace(rule="pasted-text", message=DIFF)]


_SIGNED = re.compile(r"\+ ")


def name_pasted(document: Document, found: list[Violation]) -> list[Violation]:
    """``found`` with one finding for each map that was pasted from elsewhere."""
    maps = dict.fromkeys(_suspects(found))
    forms = {pointer: form_of(document.resolve(pointer)) for pointer in maps}
    pasted = {pointer: form for pointer, form in forms.items() if form is not None}
    if not pasted:
        return found
    said: set[Pointer] = set()
    kept = []
    for violation in found:
        above = next((one for one in _above(violation) if one in pasted), None)
        if above is None or (not above and violation.rule != "unknown-key"):
            kept.append(violation)
        elif above not in said:
            said.add(above)
            kept.append(_said(document, above, pasted[above]))
    return kept


def _suspects(found: list[Violation]) -> Iterator[Pointer]:
    for violation in found:
        if violation.rule == "unknown-key":
            yield violation.pointer[:-1]
        elif violation.rule == "wrong-type":
            yield violation.pointer


def _above(violation: Violation) -> Iterator[Pointer]:
    pointer = violation.pointer
    return (pointer[:length] for length in range(len(pointer) + 1))


def _said(document: Document, above: Pointer, form: Form) -> Violation:
    """The finding for what stands at ``above``, at its first key that is not bikube's."""
    message = f"this is {form.name}; a spec has entries of its own form; {form.advice}"
    value = document.resolve(above)
    own = ("bikube", "instance", "name")
    first = 0 if isinstance(value, list) else next(key for key in value if key not in own)
    return Violation.at((*above, first), "pasted-text", message)


_SLASHES = re.compile(r"[ \t]+(//)(?=[ \t])")


def slashed_values(document: Document) -> Iterator[Diagnostic]:
    """The plain strings in which a comment of Bicep stands."""
    for leaf in leaves(document.data):
        pointer, value = leaf
        if not isinstance(value, str) or " //" not in value or str(pointer[0]).startswith("x-"):
            continue
        span = document.span(pointer)
        slashes = _SLASHES.search(document.source.text, *span)
        if slashes is None or document.source.text[span.start] in "'\"|>":
            continue
        message = (
            f'"{shorten(value)}" has a comment of Bicep in it, which belongs to the value;'
            ' YAML has "#" for that; write "#" in place of "//"'
        )
        fix = Fix((Edit(Span(*slashes.span(1)), "#"),), safe=False)
        yield diagnose("pasted-text", message, span, pointer, fix)
