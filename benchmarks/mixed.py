"""Specs of all ten sections, of any size: production lines that are alike, of 50 resources each.

What a line is, and what there is once, `line.yaml` says. All references resolve, and whatever can
be referred to is.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from benchmarks.specs import FINDINGS

FINDING = "capitals"
"""The finding of ``FINDINGS`` that these specs can have: nine warnings a line."""

RESOURCES = 50
"""How many a line has."""

_LINE = Path(__file__).parent / "line.yaml"
_NUMBER = "0000"
_SIGN = re.compile(r"^(\w+:\n(?=  - )| *# (?:once|each line)\n)", re.MULTILINE)
"""Where what is said of each line begins, by a section or a comment; or what is said once."""


def spec(lines: int, *, instance: str, finding: bool) -> Iterator[str]:
    """The text of a spec with so many lines, in pieces."""
    text = _LINE.read_text(encoding="utf-8").replace("aio-bench", instance)
    if finding:
        right, wrong, _ = FINDINGS[FINDING]
        text = text.replace(right, wrong)
    head, *parts = _SIGN.split(text)
    yield head[head.index("bikube:") :]
    for sign, part in zip(parts[::2], parts[1::2], strict=True):
        if "#" not in sign:
            yield sign
        for number in range(1 if "once" in sign else lines):
            yield part.replace(_NUMBER, f"{number:04}")


def write(
    path: Path, resources: int, *, instance: str = "aio-bench", finding: bool = False
) -> Path:
    """Writes a spec of so many ``resources``, and gives back its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(spec(resources // RESOURCES, instance=instance, finding=finding))
    return path
