"""Pages that tell a reader what to type, followed to the letter."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.support.prose import ROOT, Block, Page
from tests.support.shell import Shell, run_script


def follow(
    page: Page, folder: Path, *, answers: Mapping[str, str] | None = None, stdin: str = ""
) -> Shell:
    """Types all that ``page`` has in blocks of bash, in ``folder``, and writes its other files.

    A block of text is what the block of bash before it prints, which is kept beside the folder.
    """
    outputs = _outputs(folder)
    outputs.mkdir()
    script = "\n".join(["set -euo pipefail", *_steps(page, outputs)])
    return run_script(script, folder, answers=answers, stdin=stdin)


def outputs_of(page: Page, folder: Path) -> list[str]:
    """What came where ``page``, which was followed in ``folder``, has its blocks of text."""
    blocks = enumerate(page.blocks())
    before = [number - 1 for number, block in blocks if block.language == "text"]
    return [(_outputs(folder) / str(number)).read_text(encoding="utf-8") for number in before]


def rewrite_outputs(page: Page, texts: Sequence[str]) -> None:
    """Puts ``texts`` where ``page`` has its blocks of text."""
    left = iter(texts)
    text = re.sub(r"(?ms)^```text\n.*?^```$", lambda _: f"```text\n{next(left)}```", page.text)
    (ROOT / page.name).write_text(text, encoding="utf-8", newline="\n")


def _outputs(folder: Path) -> Path:
    return folder.parent / f"{folder.name}-outputs"


def _steps(page: Page, outputs: Path) -> Iterator[str]:
    """The page as one script, in which each block of commands says into a file of its own."""
    for number, block in enumerate(page.blocks()):
        if block.language == "bash":
            yield f"{{\n{block.text}}} > {outputs / str(number)} 2>&1"
        elif block.language != "text":
            yield f"cat > {_file_of(block)} <<'END'\n{block.text}END"


def _file_of(block: Block) -> str:
    """The file that a block is to be written to."""
    named = re.fullmatch(r"# ([\w.-]+)", block.first)
    return named[1] if named else "bikube.yaml"
