"""Says in words what Azure's types want of a value, and what is usual where one is missing."""

import re

from bikube.azure.expected import PATTERNS, USUAL
from bikube.diagnostics import Pointer
from bikube.document import Document
from bikube.schema import WRITE_MATCHING, Repair, Violation
from bikube.text import shorten


def in_words(violation: Violation, document: Document) -> Violation:
    """``violation``, said better if it is about a value of which more is known."""
    if violation.lacking is not None:
        return _name_usual(violation, violation.lacking)
    if violation.pattern in PATTERNS:
        return _explain_pattern(violation, document.resolve(violation.pointer))
    return violation


def _explain_pattern(violation: Violation, value: str) -> Violation:
    """``violation`` in words: ``value`` does not match a pattern of Azure's types."""
    wording = PATTERNS[violation.pattern]
    found, _, advice = violation.message.rpartition(f"it must match {violation.pattern}; ")
    if advice != WRITE_MATCHING:
        return violation._replace(message=f"{found}{wording.expected}; {advice}")
    for form, by, words in wording.near:
        near = re.sub(form, by, value)
        if near != value and re.search(violation.pattern, near):
            message = f"{found}{wording.expected}; {words.format(near=shorten(near))}"
            return violation._replace(message=message, repair=Repair("value", near, safe=False))
    return violation._replace(message=f"{found}{wording.expected}; {wording.advice}")


def _name_usual(violation: Violation, lacking: Pointer) -> Violation:
    """``violation``, with what is usual if that is missing; nothing tells whether it is meant."""
    usual = next((USUAL[end] for end in USUAL if lacking[-len(end) :] == end), None)
    if usual is None:
        return violation
    found, _, _ = violation.message.rpartition("; ")
    return violation._replace(message=f'{found}; add "{lacking[-1]}: {usual}"')
