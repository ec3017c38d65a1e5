"""Characters that cannot be seen, or look like others: in keys and in strings of a spec."""

import re
import unicodedata
from collections.abc import Iterator

from bikube.diagnostics import Diagnostic, Pointer, diagnose
from bikube.document import Document
from bikube.document.walk import leaves
from bikube.schema import Repair, Violation
from bikube.text import shorten

_QUOTES = "\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb"
_LOOK_ALIKES = str.maketrans(
    "\u0430\u0441\u0435\u043e\u0440\u0445\u0443\u0456\u0458\u0455\u04bb\u0501"
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425"
    "\u03bf\u03bd\u03b9\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a7"
    "\u2010\u2011\u2012\u2013\u2014\u2212",
    "aceopxyijshdABEKMHOPCTXoviABEZHIKMNOPTX------",
)
"""Cyrillic and Greek letters that look like Latin ones, and dashes that look like a hyphen."""
_EDGE = re.compile(f"^[{_QUOTES}]|[{_QUOTES}]$")
_LATIN = re.compile("[A-Za-z]")


def plain(text: str) -> str:
    """``text`` as it was probably meant to be typed."""
    seen = "".join(" " if unicodedata.category(one) == "Zs" else one for one in text)
    seen = "".join(one for one in seen if unicodedata.category(one) != "Cf")
    folded = unicodedata.normalize("NFKC", _EDGE.sub("", seen.strip())).translate(_LOOK_ALIKES)
    return _EDGE.sub("", folded)


def _described(text: str) -> str:
    """The first odd character of ``text``, by its name and number."""
    odd = next(one for one in text if not one.isascii())
    name = unicodedata.name(odd, "a character without a name").lower()
    return f"{name} (U+{ord(odd):04X})"


def odd_keys(found: list[Violation]) -> list[Violation]:
    """``found``, in which keys with such characters are told from others that are unknown.

    Where one pretends to be indentation, all else that is wrong with the form may follow from it.
    """
    changed = [_odd_key(one) for one in found]
    misread = [one for one in changed if one.rule == "odd-character" and _is_indented(one)]
    return misread[:1] or changed


def _is_indented(violation: Violation) -> bool:
    return str(violation.pointer[-1])[:1].isspace()


def _odd_key(violation: Violation) -> Violation:
    is_renamed = violation.repair is not None and violation.repair.action == "key"
    if violation.rule != "unknown-key" and not is_renamed:
        return violation
    key = str(violation.pointer[-1])
    meant = plain(key)
    if key.isascii() or not meant.isascii() or not meant:
        return violation
    if _is_indented(violation):
        message = (
            f"the indentation has {_described(key)} in it, which belongs to the key;"
            " indentation is spaces; replace it by spaces, in the lines below too"
        )
        return violation._replace(rule="odd-character", message=message, repair=None)
    message = (
        f'key "{shorten(key)}" has {_described(key)} in it; it only looks like "{shorten(meant)}";'
        " type it anew"
    )
    repair = Repair("key", meant, safe=False)
    return violation._replace(rule="odd-character", message=message, repair=repair)


def odd_values(document: Document) -> Iterator[Diagnostic]:
    """The strings of a spec that have such a character where only ASCII can have been meant."""
    for leaf in leaves(document.data):
        value = leaf.value
        if not isinstance(value, str) or value.isascii() or _is_free(leaf.pointer):
            continue
        meant = plain(value)
        if meant != value and meant.isascii() and _LATIN.search(meant):
            yield _odd_value(document, leaf.pointer, value, meant)


def _is_free(pointer: Pointer) -> bool:
    """Whether any text may stand there: below ``x-`` keys and in annotations."""
    return str(pointer[0]).startswith("x-") or "annotations" in pointer


def _odd_value(document: Document, pointer: Pointer, value: str, meant: str) -> Diagnostic:
    # Imported here because hardly any spec has something to mend.
    from bikube import edits

    message = (
        f'"{shorten(value)}" has {_described(value)} in it; it only looks like "{shorten(meant)}";'
        " type it anew"
    )
    fix = edits.rewriting(document, pointer, meant, safe=False)
    return diagnose("odd-character", message, document.span(pointer), pointer, fix)
