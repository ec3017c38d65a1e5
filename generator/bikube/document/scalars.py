"""What a plain scalar means, by the core schema of YAML 1.2 (section 10.3.2).

So ``on``, ``2025-10-01`` and ``12:30`` are strings here, and ``012`` is the number twelve.
"""

import re

Scalar = str | int | float | bool | None

MAX_INTEGER = 2**63 - 1
MIN_INTEGER = -(2**63)

FIRST = frozenset(("", *"-+.0123456789~nNtTfF"))
"""What the plain scalars that are not strings begin with."""

_WORDS: dict[str, Scalar] = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


_DIGITS = 24
"""More than any 64-bit number has in base 8, 10 or 16."""


class NumberOutOfRange(ValueError):
    """A number that one of the outputs could not carry unchanged."""


def resolve(text: str) -> Scalar:
    """The value of the plain scalar ``text``.

    Raises:
        NumberOutOfRange: an integer that does not fit 64 bits, or a float that is not finite.
            Past 2⁶³ the Bicep compiler crashes, and it turns 1e400 into the string "Infinity".
    """
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return _integer(text)
    if _FLOAT.fullmatch(text):
        value = float(text)
        if value in (float("inf"), float("-inf")):
            raise NumberOutOfRange
        return value
    if _NOT_FINITE.fullmatch(text):
        raise NumberOutOfRange
    return text


def _integer(text: str) -> int:
    base = {"0o": 8, "0x": 16}.get(text[:2], 10)
    digits = text.lstrip("-+0ox") or "0"
    # int() refuses more than 4,300 digits, leading zeros included.
    if len(digits) > _DIGITS:
        raise NumberOutOfRange
    value = int(digits, base) * (-1 if text[0] == "-" else 1)
    if not MIN_INTEGER <= value <= MAX_INTEGER:
        raise NumberOutOfRange
    return value
