"""What a schema can find wrong with a value: rule, place and words."""

import re
from collections.abc import Callable, Container, Iterable, Mapping
from typing import Any, Literal, NamedTuple

from bikube.diagnostics import EngineRule, Pointer, Token
from bikube.document import Part
from bikube.text import advise, closest, describe, listing, shorten

Where = tuple["Where | None", Token]
"""A path as a linked list, last token first: cheap to extend in the common, clean case."""


Schema = Mapping[str, Any]
Check = Callable[[Any, "Where | None", list["Violation"]], None]
"""A compiled schema: adds to the list what is wrong with the value at the place."""


class Repair(NamedTuple):
    """How a fix mends the member: take it out, write another key or string, or quote it.

    To ``reshape`` is to write it as the property ``text``, which is a list of what it has one of
    below ``only``, or the other way round. To ``split`` is to write the two ``members`` in its
    place.
    """

    action: Literal["remove", "key", "value", "quote", "reshape", "split"]
    text: str = ""
    safe: bool = True
    only: str = ""
    members: tuple[tuple[str, Any], ...] = ()


class Violation(NamedTuple):
    """One thing wrong; ``where`` leads to the value, ``part`` says what of it to show.

    ``message`` is the text that a diagnostic is made of (see ``diagnose``).
    ``lacks`` leads to the required member that is not there, if that is what is wrong, and
    ``pattern`` is the one that a string does not match. ``begun`` is the one known key that an
    unknown one is the beginning of, if it is near to none.
    """

    rule: EngineRule
    where: Where | None
    part: Part
    message: str
    repair: Repair | None = None
    lacks: Where | None = None
    pattern: str = ""
    begun: str = ""

    @classmethod
    def at(cls, pointer: Pointer, rule: EngineRule, message: str) -> "Violation":
        """What is wrong at ``pointer``, shown at its key."""
        where: Where | None = None
        for token in pointer:
            where = (where, token)
        return cls(rule, where, "key", message)

    @property
    def pointer(self) -> Pointer:
        """The path from the top of the validated value."""
        return unwind(self.where)

    @property
    def lacking(self) -> Pointer | None:
        """The path to the required member that is not there, if that is what is wrong."""
        return unwind(self.lacks) if self.lacks is not None else None


def unwind(where: Where | None) -> Pointer:
    """``where`` as a pointer."""
    tokens: list[Token] = []
    while where is not None:
        where, token = where
        tokens.append(token)
    return tuple(reversed(tokens))


_GLUED = "[A-Za-z][A-Za-z0-9-]*:[^ ]"
"""What was meant to be a member, and is a string for want of a space."""
_QUOTED = "[A-Za-z][A-Za-z0-9-]*: "
_WORD = "[A-Za-z0-9][A-Za-z0-9._-]*"

_UNGUESSED = "correct it, or comment it out"
_SHORTEST_WORD = 3
"""Letters from which on the beginning of a key tells which one was meant."""

_NAME_LIKE = "[A-Za-z0-9][A-Za-z0-9 _.-]*"
"""What its author can only have meant as a name; placeholders and variables are none."""


def called(where: Where | None) -> str:
    """What the member at ``where`` is called in a message."""
    token = where[1] if where is not None else None
    if token is None:
        return "the file"
    return f"item {token + 1}" if isinstance(token, int) else f'"{shorten(token)}"'


def read_only(_value: Any, where: Where | None, out: list[Violation]) -> None:
    """Reports a property that only Azure sets."""
    message = f"{called(where)} is read-only; Azure sets it, whatever a spec says; leave it out"
    out.append(Violation("read-only-property", where, "key", message, Repair("remove")))


def no_map(value: Any, only: str | None, where: Where | None) -> Violation:
    """What is no map; ``only`` is the key that a string can have been meant for."""
    is_word = isinstance(value, str) and re.fullmatch(_WORD, value) is not None
    if only is not None and is_word and not (only == "name" and "." in value):
        return bare_member(value, only, where)
    return wrong_type(value, "a map", where)


def wrong_type(
    value: Any, expected: str, where: Where | None, *, allowed: Iterable[str] = ()
) -> Violation:
    """A value of another type than ``expected`` ("a string", "a map", …).

    If only the ``allowed`` strings are valid, they are named.
    """
    known = tuple(allowed)
    expected = (
        f"one of {listing(known)}" if len(known) > 1 else f'"{known[0]}"' if known else expected
    )
    advice = f"write {expected}" if len(known) <= 1 else "write one of them"
    repair = None
    if known:
        pass
    elif value is None:
        advice = f"give it {expected}"
    elif isinstance(value, dict) and expected == "a list":
        advice = _itemised(value)
    elif isinstance(value, list) and expected == "a map":
        advice = 'write its members without "- "'
    elif isinstance(value, str) and expected == "a map":
        is_glued = re.match(_GLUED, value) is not None
        advice = 'write a space after ":"' if is_glued else 'write its members, as "key: value"'
        if re.match(_QUOTED, value):
            advice = "write it without the quotes"
    elif expected == "a string" and isinstance(value, int | float):
        advice = "quote it to make it a string"
        repair = Repair("quote", safe=False)
    message = f"{called(where)} is {describe(value)}; {expected} is expected; {advice}"
    return Violation("wrong-type", where, "value", message, repair)


def _itemised(value: dict[str, Any]) -> str:
    """How a map becomes a list: one item, or one for each of its maps, called by its key."""
    if value and all(isinstance(child, dict) for child in value.values()):
        return f'write each as an item that begins with its name: "- name: {next(iter(value))}"'
    return 'begin each of its items with "- "'


def bare_member(value: str, key: str, where: Where | None) -> Violation:
    """A member of a map in place of the map that has it."""
    place = "in its place" if where is not None and isinstance(where[1], int) else "below it"
    message = (
        f'{called(where)} is {describe(value)}; a map is expected; write "{key}: {shorten(value)}"'
        f" {place}"
    )
    return Violation("wrong-type", where, "value", message)


def null_value(where: Where | None) -> Violation:
    """``null`` on an optional property."""
    message = (
        f"{called(where)} is null; null means not set, and the outputs are without it; give it a"
        " value, or leave it out"
    )
    return Violation("null-value", where, "key", message, Repair("remove"))


def missing(key: str, where: Where | None, value: dict[str, Any]) -> Violation:
    """A required member that is not there; shown at the key of what lacks it."""
    message = f'{called(where)} has no "{key}"; it is required; add "{key}:"'
    lacks = (where, key)
    if value and (where is None or isinstance(where[1], int)):
        where = (where, next(iter(value)))
    return Violation("required-property", where, "key", message, lacks=lacks)


def unknown_key(
    key: str, where: Where | None, known: Iterable[str], own: Container[str]
) -> Violation:
    """A member that the schema does not have; ``own`` are the keys that are there already."""
    free = [name for name in known if name not in own]
    near = closest(key, free)
    advice = advise(key, free, otherwise=_UNGUESSED)
    message = f'unknown key "{shorten(key)}"; known are {listing(free) or "none"}; {advice}'
    repair = Repair("key", near, safe=False) if near else None
    begun = _begun(key, free) if advice == _UNGUESSED else ""
    return Violation("unknown-key", (where, key), "key", message, repair, begun=begun)


def _begun(key: str, known: Iterable[str]) -> str:
    """The one of ``known`` that begins with the word or words ``key``: "profile", "profileRef"."""
    size, folded = len(key), key.lower()
    is_word = size >= _SHORTEST_WORD
    found = [name for name in known if name[:size].lower() == folded and name[size:][:1].isupper()]
    return found[0] if is_word and len(found) == 1 else ""


def completed(violation: Violation, lacking: Container[Pointer]) -> Violation:
    """``violation``, of which nothing else is known, with the key that it is the beginning of.

    ``lacking`` are the required members that are not there.
    """
    key = violation.begun
    found, _, advice = violation.message.rpartition("; ")
    if not key or advice != _UNGUESSED:
        return violation
    repair = Repair("key", key, safe=False)
    meant = violation._replace(message=f'{found}; did you mean "{key}"?', repair=repair)
    return misspelt(meant, key) if (*violation.pointer[:-1], key) in lacking else meant


def misspelt_as(violation: Violation, key: str) -> Token | None:
    """The unknown key that ``violation`` is about, if it was probably meant to be ``key``."""
    repair = violation.repair
    meant = violation.rule == "unknown-key" and repair is not None and repair.text == key
    return violation.where[1] if meant and violation.where is not None else None


def misspelt(violation: Violation, key: str) -> Violation:
    """The one finding for a required member under a wrong name."""
    found = f'{called(violation.where)} is not known and "{key}" is not there'
    message = f"{found}; it is required; rename it"
    return violation._replace(rule="required-property", message=message)


def foreign_key(
    key: str, where: Where | None, discriminator: tuple[str, str], owner: str
) -> Violation:
    """A member of another variant of a union than the chosen one."""
    name, chosen = discriminator
    message = (
        f'"{key}" belongs to {name} "{owner}"; the {name} here is "{chosen}";'
        f" change the {name}, or comment these out"
    )
    return Violation("settings-of-other-variant", (where, key), "key", message)


def _of_id(value: Any) -> str:
    """The name at the end of a resource's id."""
    is_id = isinstance(value, str) and value.lower().startswith("/subscriptions/")
    return shorten(value.rpartition("/")[2]) if is_id else ""


def bad_length(value: Any, low: int | None, high: int | None, where: Where | None) -> Violation:
    """A string or list that is too short or too long."""
    unit = "character" if isinstance(value, str) else "item"
    found = f"1 {unit}" if len(value) == 1 else f"{len(value)} {unit}s"
    bounds = {
        (True, True): f"{low} to {high}",
        (True, False): f"at least {low}",
        (False, True): f"at most {high}",
    }[low is not None, high is not None]
    name = _of_id(value)
    verb = "shorten" if high is not None and len(value) > high else "extend"
    verb_of_bounds = "is" if bounds.endswith(" 1") else "are"
    advice = f'an id is not a name; write "{name}"' if name else f"{verb} it"
    message = f"{called(where)} has {found}; {bounds} {verb_of_bounds} allowed; {advice}"
    return Violation("wrong-length", where, "value", message)


WRITE_MATCHING = "write one that does"
"""What to do where nothing is known of a string but that it does not match its pattern."""


def bad_pattern(value: str, pattern: str, where: Where | None) -> Violation:
    """A string that does not match its pattern."""
    near = re.sub("[^a-z0-9]+", "-", value.lower()).strip("-")
    fits = re.fullmatch(_NAME_LIKE, value) is not None and re.search(pattern, near) is not None
    advice = f'did you mean "{shorten(near)}"?' if fits else WRITE_MATCHING
    if value[-1:] in (",", ";") and re.search(pattern, value[:-1]):
        advice = f'leave the "{value[-1]}" out'
    message = f'{called(where)} is "{shorten(value)}"; it must match {pattern}; {advice}'
    repair = Repair("value", near, safe=False) if fits else None
    return Violation("wrong-pattern", where, "value", message, repair, pattern=pattern)


def bad_regex(error: Exception, where: Where | None) -> Violation:
    """A string that is no regular expression; ``error`` says why not."""
    message = f"not a regular expression ({error}); Python's form is expected; correct it"
    return Violation("wrong-pattern", where, "value", message)


def bad_range(
    value: float, low: float | None, high: float | None, where: Where | None
) -> Violation:
    """A number outside its bounds."""
    least = f"at least {low}" if low is not None else ""
    most = f"at most {high}" if high is not None else ""
    bounds = " and ".join(filter(None, (least, most)))
    is_high = high is not None and value > high
    advice = f"write {high} or less" if is_high or low is None else f"write {low} or more"
    message = f"{called(where)} is {value}; {bounds} is allowed; {advice}"
    return Violation("out-of-range", where, "value", message)
