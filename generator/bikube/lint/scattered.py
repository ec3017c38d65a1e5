"""Findings that have one cause: parts of an entry, what is there under another name."""

from collections.abc import Mapping
from typing import Any

from bikube.diagnostics import Pointer, Token
from bikube.document import Document
from bikube.lint.misplaced import Places
from bikube.schema import Violation

_CALLED: Mapping[Token, frozenset[str]] = {
    "host": frozenset(
        {
            "address",
            "endpoint",
            "fqdn",
            "hostname",
            "loginserver",
            "registry",
            "server",
            "uri",
            "url",
        }
    )
}
"""Words for keys in other programs, in small letters and with nothing between them."""


def gather(document: Document, found: list[Violation]) -> list[Violation]:
    """``found`` with one finding for each entry whose parts are items of their own."""
    lacking: dict[Pointer, set[Token]] = {}
    for violation in found:
        path = violation.lacking
        if path is not None and len(path) > 1 and isinstance(path[-2], int):
            lacking.setdefault(path[:-1], set()).add(path[-1])
    parts = _parts(document, lacking)
    if not parts:
        return found
    said: set[Pointer] = set()
    kept = []
    for violation in found:
        item = (violation.lacking or ())[:-1]
        head = parts.get(item)
        if head is None:
            kept.append(violation)
        elif head not in said:
            said.add(head)
            kept.append(_said(document, head))
    return kept


def _parts(document: Document, lacking: Mapping[Pointer, set[Token]]) -> dict[Pointer, Pointer]:
    """For each item that is a part of an entry, its first one included, the first one."""
    heads: dict[Pointer, Pointer] = {}
    head: Pointer = ()
    wanted: set[Token] = set()
    for item, lacks in lacking.items():
        before = (*item[:-1], int(item[-1]) - 1)
        keys = set(document.resolve(item))
        is_part = len(keys) == 1
        if head and is_part and before in lacking and "name" in lacks and keys <= wanted:
            heads[item] = heads[head] = head
            wanted -= keys
        else:
            head, wanted = item if is_part else (), set(lacks)
    return heads


def _said(document: Document, head: Pointer) -> Violation:
    second = (*head[:-1], int(head[-1]) + 1)
    first = next(iter(document.resolve(second)))
    message = (
        f'item {int(second[-1]) + 1} has no "name", but what item {int(second[-1])} lacks; a "- "'
        " begins an entry, and its other keys stand below the first; write two spaces in place of"
        ' the "- " here, and at the other parts'
    )
    return Violation.at((*second, first), "required-property", message)


def compare_settings(found: list[Violation]) -> list[Violation]:
    """``found`` with one finding where settings are there, but those of another variant."""
    others = {one.pointer[:-1]: one for one in found if one.rule == "settings-of-other-variant"}
    missing = {one.lacking[:-1]: one.lacking[-1] for one in found if one.lacking}
    alike = {
        id(violation): str(missing[above])
        for above, violation in others.items()
        if str(missing.get(above)).endswith("Settings")
    }
    return [
        _renamable(one, alike[id(one)]) if id(one) in alike else one
        for one in found
        if not (one.lacking and id(others.get(one.lacking[:-1])) in alike)
    ]


def _renamable(violation: Violation, wanted: str) -> Violation:
    found, _, _ = violation.message.rpartition("; ")
    advice = f'change that, or call these "{wanted}" if they are meant for it'
    return violation._replace(message=f"{found}; {advice}")


def without_credentials(document: Document, found: list[Violation]) -> list[Violation]:
    """``found`` without the unknown keys of credentials: what is written there has to go anyway."""
    # Imported here because few specs have an unknown key.
    from bikube.credentials import find_credentials

    secret = {one.pointer for one in find_credentials(document)}
    return [one for one in found if one.rule != "unknown-key" or one.pointer not in secret]


def renamed(document: Document, found: list[Violation], places: Places) -> list[Violation]:
    """``found`` with one finding where an unknown key holds what a missing one takes."""
    lacking: dict[Pointer, list[Pointer]] = {}
    for one in found:
        if one.lacking is not None:
            lacking.setdefault(one.lacking[:-1], []).append(one.lacking)
    strange: dict[Pointer, list[Violation]] = {}
    for one in found:
        if one.rule == "unknown-key" and one.repair is None and one.pointer[:-1] in lacking:
            strange.setdefault(one.pointer[:-1], []).append(one)
    said: dict[int, Violation] = {}
    gone = set()
    for above, unknown in strange.items():
        for missing in lacking[above]:
            fits = [one for one in unknown if _fits(document, one, missing, places)]
            if len(fits) == 1:
                said[id(fits[0])] = _as_renamed(fits[0], str(missing[-1]))
                gone.add(missing)
    return [said.get(id(one), one) for one in found if one.lacking not in gone]


def _fits(document: Document, violation: Violation, missing: Pointer, places: Places) -> bool:
    """Whether an unknown key holds what only the missing one takes, or can be no other."""
    value: Any = document.resolve(violation.pointer)
    members = {key for key, maps in places.items() if any(one[-1:] == missing[-1:] for one in maps)}
    if members:
        return isinstance(value, dict) and bool(value) and value.keys() <= members
    above = document.resolve(missing[:-1])
    if isinstance(value, str) and _plain(violation.pointer[-1]) in _CALLED.get(missing[-1], ()):
        return True
    is_only = f'known are "{missing[-1]}";' in violation.message and len(above) == 1
    return is_only and isinstance(value, str)


def _plain(key: Token) -> str:
    return str(key).lower().replace("_", "").replace("-", "")


def _as_renamed(violation: Violation, key: str) -> Violation:
    message = (
        f'"{violation.pointer[-1]}" is not known and "{key}" is not there; it is required; rename'
        " it, if that is meant"
    )
    return violation._replace(rule="required-property", message=message)
