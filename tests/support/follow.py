"""Pages that tell a reader what to type, followed to the letter."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.support.prose import ROOT, Block, Page
from tests.support.shell import Shell, run_script

SHOWN = ("text", "mermaid")
"""Blocks of these languages are what the commands before them print."""


def follow(
    page: Page, folder: Path, *, answers: Mapping[str, str] | None = None, stdin: str = ""
) -> Shell:
    """Types all that ``page`` has in blocks of bash, in ``folder``, and writes its other files.

    What the blocks of bash print is kept beside the folder.
    """
    outputs = _outputs(folder)
    outputs.mkdir()
    script = "\n".join(["set -euo pipefail", *_steps(page, outputs)])
    return run_script(script, folder, answers=answers, stdin=stdin)


def shown_in(page: Page) -> list[str]:
    """What ``page`` shows of what the commands in it print."""
    return [block.text for block in page.blocks() if block.language in SHOWN]


def outputs_of(page: Page, folder: Path) -> list[str]:
    """What came in its place, where ``page`` was followed in ``folder``."""
    blocks = enumerate(page.blocks())
    before = [number - 1 for number, block in blocks if block.language in SHOWN]
    return [(_outputs(folder) / str(number)).read_text(encoding="utf-8") for number in before]


def rewrite_outputs(page: Page, texts: Sequence[str]) -> None:
    """Puts ``texts`` where ``page`` shows what commands print."""
    left = iter(texts)
    pattern = rf"(?ms)^```({'|'.join(SHOWN)})\n.*?^```$"
    text = re.sub(pattern, lambda match: f"```{match[1]}\n{next(left)}```", page.text)
    (ROOT / page.name).write_text(text, encoding="utf-8", newline="\n")


def _outputs(folder: Path) -> Path:
    return folder.parent / f"{folder.name}-outputs"


def _steps(page: Page, outputs: Path) -> Iterator[str]:
    """The page as one script, in which each block of commands says into a file of its own."""
    for number, block in enumerate(page.blocks()):
        if block.language == "bash":
            yield f"{{\n{block.text}}} > {outputs / str(number)} 2>&1"
        elif block.language not in SHOWN:
            yield f"cat > {_file_of(block)} <<'END'\n{block.text}END"


def _file_of(block: Block) -> str:
    """The file that a block is to be written to."""
    named = re.fullmatch(r"# ([\w.-]+)", block.first)
    return named[1] if named else "bikube.yaml"
