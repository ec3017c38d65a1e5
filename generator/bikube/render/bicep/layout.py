"""Whether two templates are the same to the compiler, however they are laid out."""

import re

_TOKEN = re.compile(
    r"""
    '''.*?(?:'''|\Z) | '(?:\\.|[^'\\\n])*'?    # strings
    | //[^\n]* | /\*.*?(?:\*/|\Z)                 # comments
    | \w+ | [^\w\s]
    """,
    re.DOTALL | re.VERBOSE,
)


def is_same(old: str, new: str) -> bool:
    """Whether both are the same tokens."""
    return _tokens(old) == _tokens(new)


def _tokens(text: str) -> list[str]:
    return [found.group().rstrip() for found in _TOKEN.finditer(text)]
