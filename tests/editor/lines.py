"""A script of Node.js that answers each line with one; both are JSON."""

import json
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Self


class LineError(Exception):
    """The script refuses what it was asked."""


class LineScript:
    """The script in one process, which takes some milliseconds a line."""

    def __init__(self, node: Path, script: Path) -> None:
        self._process = subprocess.Popen(
            [node, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
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

    def ask(self, question: object) -> dict[str, Any]:
        """The answer to ``question``.

        Raises:
            LineError: the script refuses it.
        """
        read, write = self._process.stdout, self._process.stdin
        if read is None or write is None:
            raise LineError("the process has no pipes")
        write.write(json.dumps(question) + "\n")
        write.flush()
        answer: dict[str, Any] = json.loads(read.readline())
        if "error" in answer:
            raise LineError(answer["error"])
        return answer
