"""How large a resource is in a compiled template: never less than what the Bicep CLI writes."""

from functools import lru_cache
from json.encoder import encode_basestring_ascii as _json_string
from typing import Any

_DOUBLED_BRACKET = 1
"""ARM takes a string that begins with a bracket for an expression, unless there are two."""


def compiled_size(value: Any, indent: int) -> int:
    """No fewer bytes than ``value`` takes in compiled JSON, in a line that begins at ``indent``."""
    kind = type(value)
    if kind is str:
        return len(_json_string(value)) + _DOUBLED_BRACKET
    if kind is dict:
        sizes = [
            _key_size(name) + compiled_size(child, indent + 2) for name, child in value.items()
        ]
    elif kind is list:
        sizes = [compiled_size(child, indent + 2) for child in value]
    elif kind is float:
        return len("\"[json('')]\"") + len(repr(value))
    else:
        return len(str(value))
    # Each member has a line of its own, with its comma; the closing bracket has the last one.
    return sum(sizes) + len(sizes) * (indent + 4) + indent + len("{\n}")


@lru_cache(maxsize=512)
def _key_size(name: str) -> int:
    # The compiler hides this one key from ARM, which would make copies.
    hidden = len("[string('')]") if name.lower() == "copy" else 0
    return len(_json_string(name)) + _DOUBLED_BRACKET + hidden + len(": ")
