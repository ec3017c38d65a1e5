"""The expressions in rules of data flows and data flow graphs.

From Microsoft's pages on mapping data and on expressions in data flow graphs.
"""

import re

_QUOTED = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'", re.DOTALL)
_DIGITS = 9
_VARIABLE = re.compile(r"\$([0-9]+)")


def unbound(expression: str, inputs: int) -> str:
    """The first variable of ``expression`` for which there is no input; empty if there is none.

    The first input is ``$1``. In quotes, as in the replacement of a regular expression, ``$2`` is
    no variable.
    """
    numbers: list[str] = _VARIABLE.findall(_QUOTED.sub("", expression))
    beyond = (number for number in numbers if not _is_among(number, inputs))
    return next((f"${number}" for number in beyond), "")


def _is_among(number: str, inputs: int) -> bool:
    # Python reads no number of as many digits as somebody may write.
    return len(number) < _DIGITS and 1 <= int(number) <= inputs
