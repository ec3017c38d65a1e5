"""The real Bicep compiler as one process: ``bicep jsonrpc --stdio``.

Method names, parameters and results are those of Bicep CLI 0.49.2. Whatever the program does, a
question has an answer or a fault in bounded time, and no process is left behind.
"""

import json
import os
import subprocess
import sys
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from types import TracebackType
from typing import IO, Any, NamedTuple, Self

from bikube.compiler.framing import framed, read_framed

_EXIT_SECONDS = 1.0
"""How long a program that is well has to end by itself, which one does once nobody asks."""

_KEPT = 2_000
"""Characters of the program's last words that a fault quotes."""
_NO_SUCH_METHOD = -32601
"""The code by which JSON-RPC 2.0 says that a program does not know a method."""


class CompilerFault(Exception):
    """The compiler gave no answer: it is missing, too old, hangs, crashes or talks nonsense."""


class Refusal(Exception):
    """The compiler answered that it cannot do what was asked, in its own words."""


class Compiler:
    """The compiler in one process, which starts at once and warms up while others work.

    It has ``seconds`` for each answer, and may write to ``scratch``. Raises ``CompilerFault``
    where the program cannot be started.
    """

    def __init__(self, program: Path, seconds: float, scratch: Path) -> None:
        self._program = program
        self._seconds = seconds
        self._asked = 0
        self._is_well = True
        self._answers: SimpleQueue[Mapping[str, Any] | str] = SimpleQueue()
        self._said: deque[str] = deque(maxlen=_KEPT // 100)
        self._process = _started(program, scratch)
        self._pipes: tuple[IO[bytes], ...] = tuple(
            pipe
            for pipe in (self._process.stdin, self._process.stdout, self._process.stderr)
            if pipe is not None
        )
        self._threads = [Thread(target=work, daemon=True) for work in (self._read, self._listen)]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def ask(self, method: str, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
        """What the compiler answers.

        Raises:
            Refusal: it cannot do that.
            CompilerFault: there is no answer, or one that makes no sense.
        """
        self._asked += 1
        request = {"jsonrpc": "2.0", "id": self._asked, "method": method, "params": parameters}
        with suppress(OSError, ValueError):  # That there is no answer says more.
            self._pipes[0].write(framed(request))
            self._pipes[0].flush()
        answer = self._answer(self._asked)
        if "error" in answer:
            raise _refused(self._program, method, answer["error"])
        result = answer.get("result")
        if not isinstance(result, dict):
            raise self._fault(f"it answers {method} with nonsense")
        return result

    def close(self) -> None:
        """Ends the process, all that it has started, and whoever waits for an answer."""
        with suppress(OSError):
            self._pipes[0].close()
        _end(self._process, _EXIT_SECONDS if self._is_well else 0)
        for thread in self._threads:
            thread.join(_EXIT_SECONDS)
        for pipe in self._pipes[1:]:
            with suppress(OSError, RuntimeError):
                pipe.close()

    def _answer(self, number: int) -> Mapping[str, Any]:
        while True:
            try:
                answer = self._answers.get(timeout=self._seconds)
            except Empty:
                raise self._fault(f"it gave no answer in {self._seconds:g} s") from None
            if isinstance(answer, str):
                self._answers.put(answer)  # For whoever asks next.
                self._threads[1].join(_EXIT_SECONDS)  # It may have said more than is read.
                raise self._fault(answer)
            if answer.get("id") == number:
                return answer

    def _fault(self, what: str) -> CompilerFault:
        self._is_well = False
        said = "".join(self._said)[-_KEPT:].strip()
        quoted = f'; it said "{said}"' if said else ""
        return CompilerFault(f"{self._program}: {what}{quoted}")

    def _read(self) -> None:
        """Hands over the messages on standard output, and at last why there are no more."""
        end = "it ended without an answer"
        try:
            while (message := read_framed(self._pipes[1])) is not None:
                self._answers.put(message)
        except ValueError as error:
            end = f"it answers with nonsense ({error})"
        self._answers.put(end)

    def _listen(self) -> None:
        """Keeps the last words on standard error, however many there are."""
        while piece := self._pipes[2].read1(4096):  # type: ignore[attr-defined]
            text = piece.decode("utf-8", "replace")
            self._said.extend(text[at : at + 100] for at in range(0, len(text), 100))


class Diagnostic(NamedTuple):
    """One finding of the compiler or its linter; line and column count from 1."""

    level: str
    code: str
    line: int
    column: int
    message: str


def diagnostics(answer: Mapping[str, Any]) -> tuple[Diagnostic, ...]:
    """What an answer to ``bicep/compile`` or ``bicep/compileParams`` says of the file."""
    return tuple(map(_diagnostic, answer["diagnostics"]))


def _diagnostic(found: Mapping[str, Any]) -> Diagnostic:
    start = found["range"]["start"]
    return Diagnostic(
        found["level"], found["code"], start["line"] + 1, start["char"] + 1, found["message"]
    )


def _started(program: Path, scratch: Path) -> "subprocess.Popen[bytes]":
    environment = dict(os.environ)
    if not os.access(Path.home(), os.W_OK):
        # The program unpacks itself into its home folder unless told otherwise.
        environment.setdefault("DOTNET_BUNDLE_EXTRACT_BASE_DIR", str(scratch))
    try:
        return subprocess.Popen(  # noqa: S603 - the user names the program
            [program, "jsonrpc", "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            # A group of its own, so that whatever it starts can be ended with it.
            start_new_session=True,
        )
    except OSError as error:
        raise CompilerFault(f"{program}: it cannot be started ({error.strerror})") from error


def _end(process: "subprocess.Popen[bytes]", seconds: float) -> None:
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    if sys.platform == "win32":
        process.kill()
    else:
        from signal import SIGKILL

        # What it has started may outlive it.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, SIGKILL)
    process.wait()


def _refused(program: Path, method: str, error: Any) -> Exception:
    if not isinstance(error, dict):
        return CompilerFault(f"{program}: it answers {method} with nonsense")
    if error.get("code") == _NO_SUCH_METHOD:
        return CompilerFault(f"{program}: it is too old, and does not know {method}")
    data = error.get("data")
    detail = data.get("message") if isinstance(data, dict) else None
    return Refusal(str(detail or error.get("message")))


def snapshot(answer: Mapping[str, Any]) -> dict[str, Any]:
    """The evaluated template in an answer to ``bicep/getSnapshot``; raises ``CompilerFault``."""
    try:
        found = json.loads(answer["snapshot"])
        resources = found["predictedResources"]
        if not all(isinstance(one, dict) for one in resources):
            raise TypeError
    except (KeyError, TypeError, ValueError) as error:
        raise CompilerFault("the Bicep CLI answers bicep/getSnapshot with nonsense") from error
    return dict(found)
