"""Keeps libyaml from seeing line ends where YAML 1.2 has none.

Libyaml also ends a line at U+0085, U+2028 and U+2029, which are plain characters in YAML 1.2
(section 5.4) and to every editor. It would end a comment there and read the rest of it as data,
and fold U+0085 into a space. So it gets private characters in their place, one for one, and the
scalars that it reads are turned back.
"""

from collections.abc import Callable
from itertools import islice
from typing import Any

from yaml.cyaml import CParser  # type: ignore[attr-defined]
from yaml.events import ScalarEvent

_FOREIGN = "\x85\u2028\u2029"
_PRIVATE = range(0xF0000, 0xFFFFE)


def open_events(text: str) -> Callable[[], Any]:
    """The function that gives the events of ``text``, one a call; their marks are offsets in it."""
    get: Callable[[], Any]
    if not any(character in text for character in _FOREIGN):
        get = CParser(text).get_event
        return get
    unused = (chr(code) for code in _PRIVATE if chr(code) not in text)
    stand_ins = "".join(islice(unused, len(_FOREIGN)))
    # A text that holds all private characters has none to spare: it is read as libyaml sees it.
    foreign = _FOREIGN[: len(stand_ins)]
    get = CParser(text.translate(str.maketrans(foreign, stand_ins))).get_event
    originals = str.maketrans(stand_ins, foreign)

    def get_original() -> Any:
        event = get()
        if type(event) is ScalarEvent:
            event.value = event.value.translate(originals)
        return event

    return get_original
