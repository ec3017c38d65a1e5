"""A client of yaml-language-server, the program by which editors complete and check YAML.

Messages are those of the Language Server Protocol 3.17 over standard input and output.
"""

import re
import subprocess
import threading
from collections.abc import Iterable
from contextlib import suppress
from itertools import count
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import IO, Any, NamedTuple, Self

from bikube.compiler.framing import framed, read_framed

PROGRAM = Path(__file__).parent / "node_modules/yaml-language-server/bin/yaml-language-server"

# The server answers in well under a second; this only ends a run that would hang.
ANSWER_SECONDS = 60
EXIT_SECONDS = 10

# What asks the network for schemas is off: the spec's own first line names one.
SETTINGS = {
    "validate": True,
    "completion": True,
    "hover": True,
    "schemaStore": {"enable": False},
    "kubernetesCRDStore": {"enable": False},
}


class Finding(NamedTuple):
    """One diagnostic: line and column of its start, from 1, the text it underlines, its words."""

    line: int
    column: int
    text: str
    message: str


class LanguageServer:
    """The server in one process, started at once; the specs that it sees seem to be in a folder.

    Nothing of a spec needs to be on disk but the schema that its first line names.
    """

    def __init__(self, node: Path, folder: Path) -> None:
        self._process = subprocess.Popen(
            [node, PROGRAM, "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._in: IO[bytes] = self._process.stdin
        self._out: IO[bytes] = self._process.stdout
        self._messages: SimpleQueue[dict[str, Any] | None] = SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self._folder = folder
        self._numbers = count(1)
        self._ask(
            "initialize",
            {"processId": None, "rootUri": folder.as_uri(), "capabilities": _CAPABILITIES},
        )
        self._tell("initialized", {})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def check(self, text: str) -> list[Finding]:
        """What the server finds in a spec of this text, in its order."""
        uri = self._open(text)
        while True:
            message = self._next()
            if message.get("method") != "textDocument/publishDiagnostics":
                continue
            if message["params"]["uri"] == uri:
                lines = text.split("\n")
                return sorted(_finding(one, lines) for one in message["params"]["diagnostics"])

    def complete(self, before: str, after: str = "") -> dict[str, str]:
        """What the server offers between two texts: labels, and the text that each inserts."""
        items = self._offered(before, after)
        return {item["label"]: item.get("insertText", item["label"]) for item in items}

    def offer_words(self, before: str, after: str = "") -> dict[str, str]:
        """What the server says of each label that it offers between two texts."""
        items = self._offered(before, after)
        return {item["label"]: _plain(item.get("documentation", "")) for item in items}

    def hover(self, text: str, places: Iterable[tuple[int, int]]) -> list[str]:
        """What the server shows at each of the places: a line and a column of ``text``, from 1."""
        document = {"uri": self._open(text)}
        answers = (
            self._ask(
                "textDocument/hover",
                {
                    "textDocument": document,
                    "position": {"line": line - 1, "character": column - 1},
                },
            )
            for line, column in places
        )
        return [_plain(answer["contents"]) if answer is not None else "" for answer in answers]

    def close(self) -> None:
        """End the process; one that does not end by itself is killed."""
        with suppress(BrokenPipeError):
            self._ask("shutdown", None)
            self._tell("exit", None)
            self._in.close()
        try:
            self._process.wait(EXIT_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join()
        self._out.close()

    def _offered(self, before: str, after: str) -> list[dict[str, Any]]:
        place = {"line": before.count("\n"), "character": len(before.rpartition("\n")[2])}
        document = {"uri": self._open(before + after)}
        offered = self._ask(
            "textDocument/completion", {"textDocument": document, "position": place}
        )
        items: list[dict[str, Any]] = offered["items"] if isinstance(offered, dict) else offered
        return items

    def _open(self, text: str) -> str:
        # A name of its own for each text: whatever the server says is then about this one.
        uri = (self._folder / f"{next(self._numbers)}.bikube.yaml").as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        return uri

    def _ask(self, method: str, parameters: Any) -> Any:
        asked = next(self._numbers)
        self._send({"id": asked, "method": method, "params": parameters})
        while True:
            message = self._next()
            if "method" not in message and message.get("id") == asked:
                assert "error" not in message, message
                return message["result"]

    def _tell(self, method: str, parameters: Any) -> None:
        self._send({"method": method, "params": parameters})

    def _send(self, message: dict[str, Any]) -> None:
        self._in.write(framed({"jsonrpc": "2.0", **message}))
        self._in.flush()

    def _next(self) -> dict[str, Any]:
        """The server's next message; what it asks of an editor is answered on the way."""
        while True:
            message = self._messages.get(timeout=ANSWER_SECONDS)
            assert message is not None, "the language server ended without an answer"
            if "method" not in message or "id" not in message:
                return message
            answer = None
            if message["method"] == "workspace/configuration":
                sections = [item.get("section") for item in message["params"]["items"]]
                answer = [SETTINGS if section == "yaml" else {} for section in sections]
            self._send({"id": message["id"], "result": answer})

    def _read(self) -> None:
        while (message := read_framed(self._out)) is not None:
            self._messages.put(message)
        self._messages.put(None)


_CAPABILITIES = {
    "workspace": {"configuration": True},
    "textDocument": {"completion": {"completionItem": {"snippetSupport": False}}},
}


def _plain(words: str | dict[str, str]) -> str:
    """``words`` without the signs that keep Markdown from seeing more in them than there is."""
    text = words if isinstance(words, str) else words["value"]
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text).replace("&nbsp;", " ")


def _finding(found: dict[str, Any], lines: list[str]) -> Finding:
    start, end = found["range"]["start"], found["range"]["end"]
    last = end["character"] if end["line"] == start["line"] else None
    text = lines[start["line"]][start["character"] : last]
    return Finding(start["line"] + 1, start["character"] + 1, text, found["message"])
