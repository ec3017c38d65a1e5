"""The tags of YAML's core schema; a spec has no use for any other."""

import re

from bikube.document.scalars import Scalar
from bikube.text import describe

TAG = re.compile(r"!<[^>\s]*>|![^\s,\[\]{}]*")
"""A tag as it is written."""

_CORE = "tag:yaml.org,2002:"
STRINGS = ("!", f"{_CORE}str")
MAPS = (None, "!", f"{_CORE}map")
LISTS = (None, "!", f"{_CORE}seq")
SCALARS: dict[str, type] = {
    f"{_CORE}null": type(None),
    f"{_CORE}bool": bool,
    f"{_CORE}int": int,
    f"{_CORE}float": float,
}
"""The tags of scalars that are no strings."""

_KNOWN = {*STRINGS, *MAPS, *LISTS, *SCALARS}


def fits(tag: str, value: Scalar) -> bool:
    """Whether a scalar that reads as ``value`` without ``tag`` is of its type."""
    wanted = SCALARS.get(tag)
    return wanted is type(value) or (wanted is float and type(value) is int)


def refuse(tag: str, written: str, value: object) -> str:
    """What is wrong with ``tag``, spelt as ``written``, before ``value``."""
    if tag in _KNOWN:
        return (
            f'tag "{written}" does not fit; what it stands before is {describe(value)}; remove it'
        )
    return f'tag "{written}" is not known; only the tags of the YAML core schema are; remove it'
