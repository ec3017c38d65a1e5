"""The real Bicep compiler as one process: ``bicep jsonrpc --stdio``.

Method names, parameters and results are those of Bicep CLI 0.49.2. Whatever the program does, a
question has an answer or a fault in bounded time, and no process is left behind.
"""

import os
import subprocess
import sys
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from time import monotonic
from types import TracebackType
from typing import IO, Any, Self, TypeAlias

from bikube.compiler.answers import CompilerFault, Refusal
from bikube.compiler.framing import framed, read_framed

_EXIT_SECONDS = 1.0
"""How long a program that is well has to end by itself, which one does once nobody asks."""

_KEPT = 2_000
"""Characters of the program's last words that a fault quotes."""
_NO_SUCH_METHOD = -32601
"""The code by which JSON-RPC 2.0 says that a program does not know a method."""

_Answer: TypeAlias = Mapping[str, Any] | str
"""A message, or why there is none."""


class Compiler:
    """The compiler in one process, which starts at once and warms up while others work.

    Several threads may ask it; it answers one question after another. It has ``seconds`` for each
    answer, and may write to ``scratch``. Raises ``CompilerFault`` where it cannot be started.
    """

    def __init__(self, program: Path, seconds: float, scratch: Path) -> None:
        self._program = program
        self._seconds = seconds
        self._asked = 0
        self._is_well = True
        self._lock = Lock()  # Held by whoever changes what stands below.
        self._waiting: dict[int, SimpleQueue[_Answer]] = {}
        self._answered = 0.0
        self._end = ""
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
        answer = self._answer(self._put(method, parameters))
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

    def _put(self, method: str, parameters: Mapping[str, Any]) -> SimpleQueue[_Answer]:
        """Asks, and gives back where the answer is going to be."""
        answers: SimpleQueue[_Answer] = SimpleQueue()
        with self._lock:
            self._asked += 1
            number = self._asked
            self._waiting[number] = answers
            if self._end:
                answers.put(self._end)
        request = {"jsonrpc": "2.0", "id": number, "method": method, "params": parameters}
        with suppress(OSError, ValueError):  # That there is no answer says more.
            self._pipes[0].write(framed(request))
            self._pipes[0].flush()
        return answers

    def _answer(self, answers: SimpleQueue[_Answer]) -> Mapping[str, Any]:
        asked = monotonic()
        while True:
            # It begins with a question when it has answered the one before.
            left = max(asked, self._answered) + self._seconds - monotonic()
            try:
                answer = answers.get(timeout=max(left, 0))
            except Empty:
                if left > 0:
                    continue
                raise self._fault(f"it gave no answer in {self._seconds:g} s") from None
            if isinstance(answer, str):
                self._threads[1].join(_EXIT_SECONDS)  # It may have said more than is read.
                raise self._fault(answer)
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
                self._hand_over(message)
        except ValueError as error:
            end = f"it answers with nonsense ({error})"
        with self._lock:
            self._end = end
            for answers in self._waiting.values():
                answers.put(end)

    def _hand_over(self, message: Mapping[str, Any]) -> None:
        number = message.get("id")
        if not isinstance(number, int):
            return
        with self._lock:
            answers = self._waiting.pop(number, None)
            if answers is not None:
                self._answered = monotonic()
                answers.put(message)

    def _listen(self) -> None:
        """Keeps the last words on standard error, however many there are."""
        while piece := self._pipes[2].read1(4096):  # type: ignore[attr-defined]
            text = piece.decode("utf-8", "replace")
            self._said.extend(text[at : at + 100] for at in range(0, len(text), 100))


def _started(program: Path, scratch: Path) -> "subprocess.Popen[bytes]":
    environment = dict(os.environ)
    if not os.access(Path.home(), os.W_OK):
        # The program unpacks itself into its home folder unless told otherwise.
        environment.setdefault("DOTNET_BUNDLE_EXTRACT_BASE_DIR", str(scratch))
    # Else .NET compiles what runs often once more, which takes longer than a run that has minutes.
    environment.setdefault("DOTNET_TieredCompilation", "0")
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
