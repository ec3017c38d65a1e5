"""The examples in rule files: whole specs, or bare lists of entries that stand for one."""

import re
from collections.abc import Sequence

from bikube.rules.rule import EVERY_SECTION

DEFAULT_SECTION = "registryEndpoints"
"""What a bare list holds in the file of a rule about whole specs, or about every section."""

_BARE_LIST = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*-(?!--)")
_HEAD = """\
bikube: v1
instance: {name: aio-example, customLocation: cl-example}
"""


def as_spec(example: str, sections: Sequence[str] = ()) -> str:
    """``example`` as a whole spec, where a list becomes entries of the first of a rule's sections.

    The text of ``example`` stays as it is, because a finding is known by the text that it
    underlines; a block list may stand below its key without being indented.
    """
    if _BARE_LIST.match(example):
        named = sections and tuple(sections) != EVERY_SECTION
        section = sections[0] if named else DEFAULT_SECTION
        return f"{_HEAD}{section}:\n{example}"
    return example
