"""A client of ``bicep jsonrpc --stdio``, the real compiler at 10 to 20 ms a question.

Method names, parameters and results are those of Bicep CLI 0.49.2. ``bicep/compile`` reports the
linter's findings too, the same ones as ``bicep build`` and ``bicep lint`` print.
"""

import json
import os
import subprocess
import threading
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import IO, Any, NamedTuple, Self

# Real ids, made up: without them a snapshot shows expressions where the ids would be.
SUBSCRIPTION = "00000000-0000-0000-0000-000000000001"
RESOURCE_GROUP = "proof"

# A large template takes seconds; this only ends a run that would hang.
ANSWER_SECONDS = 300
EXIT_SECONDS = 10


class BicepError(Exception):
    """The compiler refused a request, or ended without an answer."""


class Diagnostic(NamedTuple):
    """One finding of the compiler or its linter; line and column count from 1."""

    level: str
    code: str
    line: int
    column: int
    message: str


class Compilation(NamedTuple):
    """What compiling a file gave; ``template`` is the ARM JSON, or None when there were errors."""

    success: bool
    diagnostics: tuple[Diagnostic, ...]
    template: str | None


class BicepRpc:
    """The compiler in one process, started by the first question and again should it die.

    Every question raises `BicepError` when the compiler answers with a fault of its own.
    """

    def __init__(self, program: Path, scratch: Path) -> None:
        self._program = program
        self._scratch = scratch
        self._server: _Server | None = None
        self._asked = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def version(self) -> str:
        """The compiler's version, such as ``0.49.2``."""
        return str(self._ask("bicep/version", {})["version"])

    def compile(self, path: Path) -> Compilation:
        """Compile and lint a ``.bicep`` file."""
        answer = self._ask("bicep/compile", {"path": str(path)})
        return Compilation(
            success=bool(answer["success"]),
            diagnostics=tuple(_diagnostic(each) for each in answer["diagnostics"]),
            template=answer.get("contents"),
        )

    def format(self, path: Path) -> str:
        """The text of a ``.bicep`` file as ``bicep format`` would write it."""
        return str(self._ask("bicep/format", {"path": str(path)})["contents"])

    def snapshot(self, path: Path) -> dict[str, Any]:
        """Evaluate what a ``.bicepparam`` file would deploy: ``predictedResources`` and more."""
        metadata = {"subscriptionId": SUBSCRIPTION, "resourceGroup": RESOURCE_GROUP}
        parameters = {"path": str(path), "metadata": metadata, "externalInputs": None}
        snapshot = json.loads(self._ask("bicep/getSnapshot", parameters)["snapshot"])
        if not isinstance(snapshot, dict):
            raise BicepError(f"the snapshot of {path} is not an object")
        return snapshot

    def close(self) -> None:
        """End the process; a later question would start a new one."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def _ask(self, method: str, parameters: dict[str, Any]) -> dict[str, Any]:
        if self._server is None:
            self._server = _Server(self._program, self._scratch)
        self._asked += 1
        request = {"jsonrpc": "2.0", "id": self._asked, "method": method, "params": parameters}
        try:
            answer = self._server.ask(request)
        except BicepError:
            self.close()
            raise
        if "error" in answer:
            error = answer["error"]
            detail = (error.get("data") or {}).get("message") or error.get("message")
            raise BicepError(f"{method}: {detail}")
        return dict(answer["result"])


class _Server:
    """A running process and the thread that reads its answers."""

    def __init__(self, program: Path, scratch: Path) -> None:
        # The program unpacks itself into its home folder unless told otherwise.
        environment = {"DOTNET_BUNDLE_EXTRACT_BASE_DIR": str(scratch / "dotnet"), **os.environ}
        self._log_path = scratch / "bicep-stderr.txt"
        self._log = self._log_path.open("wb")
        self._process = subprocess.Popen(
            [program, "jsonrpc", "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            env=environment,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._in: IO[bytes] = self._process.stdin
        self._out: IO[bytes] = self._process.stdout
        self._answers: SimpleQueue[dict[str, Any] | None] = SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """The answer to ``request``; other messages are passed over."""
        with suppress(BrokenPipeError):  # the missing answer says more
            self._in.write(framed(request))
            self._in.flush()
        while True:
            try:
                answer = self._answers.get(timeout=ANSWER_SECONDS)
            except Empty:
                raise BicepError(f"no answer in {ANSWER_SECONDS} s: {request}") from None
            if answer is None:
                log = self._log_path.read_text(encoding="utf-8", errors="replace")
                raise BicepError(f"bicep ended without an answer: {log[-2000:]}")
            if answer.get("id") == request["id"]:
                return answer

    def close(self) -> None:
        """End the process and free its pipes; a process that does not end by itself is killed."""
        with suppress(BrokenPipeError):
            self._in.close()
        try:
            self._process.wait(EXIT_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join()
        self._out.close()
        self._log.close()

    def _read(self) -> None:
        while (message := read_framed(self._out)) is not None:
            self._answers.put(message)
        self._answers.put(None)


def framed(message: dict[str, Any]) -> bytes:
    """A message with its length in front, as the protocol wants it."""
    body = json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n" % len(body) + body


def read_framed(stream: IO[bytes]) -> dict[str, Any] | None:
    """The next message, or None where the stream ends, in the middle of a message too."""
    length = 0
    while (line := stream.readline()).strip():
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            length = int(value)
    body = stream.read(length)
    if not line or len(body) < length:
        return None
    message = json.loads(body)
    return message if isinstance(message, dict) else {}


def _diagnostic(found: dict[str, Any]) -> Diagnostic:
    start = found["range"]["start"]
    return Diagnostic(
        found["level"], found["code"], start["line"] + 1, start["char"] + 1, found["message"]
    )
