"""The examples in rule files: whole specs, or bare lists of entries that stand for one."""

import re

DEFAULT_SECTION = "registryEndpoints"

_BARE_LIST = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*-(?!--)")
_HEAD = """\
bikube: v1
instance: {name: aio-example, customLocation: cl-example}
"""


def as_spec(example: str, section: str = DEFAULT_SECTION) -> str:
    """``example`` as a whole spec, where a list becomes the entries of ``section``.

    The text of ``example`` stays as it is, because a finding is known by the text that it
    underlines; a block list may stand below its key without being indented.
    """
    if _BARE_LIST.match(example):
        return f"{_HEAD}{section}:\n{example}"
    return example
