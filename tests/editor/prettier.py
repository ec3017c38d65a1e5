"""A client of Prettier, the formatter that many repositories run over all of their YAML."""

import json
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Self

SCRIPT = Path(__file__).with_suffix(".mjs")
PROGRAM = Path(__file__).parent / "node_modules/prettier"


class PrettierError(Exception):
    """Prettier takes a text for no YAML."""


class Prettier:
    """Prettier in one process, which takes some milliseconds a text."""

    def __init__(self, node: Path) -> None:
        self._process = subprocess.Popen(
            [node, SCRIPT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # Closes both pipes; at the end of its input the script ends.
        self._process.communicate()

    def format(self, text: str) -> str:
        """``text`` as Prettier writes it.

        Raises:
            PrettierError: it is no YAML to Prettier.
        """
        read, write = self._process.stdout, self._process.stdin
        if read is None or write is None:
            raise PrettierError("the process has no pipes")
        write.write(json.dumps(text) + "\n")
        write.flush()
        answer: dict[str, str] = json.loads(read.readline())
        if "error" in answer:
            raise PrettierError(answer["error"])
        return answer["text"]
