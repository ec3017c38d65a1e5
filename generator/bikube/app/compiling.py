"""Evaluates Bicep while others work: one process of the compiler, and threads that ask it."""

import itertools
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from threading import Lock
from typing import TypeAlias

from bikube.app.requests import CompilerChoice
from bikube.compiler import (
    GET_IT,
    Compiler,
    CompilerFault,
    Evaluated,
    evaluate_file,
    evaluate_text,
    find_bicep,
    is_module,
)
from bikube.errors import UsageError

Evaluation: TypeAlias = Callable[[], tuple[Evaluated, ...]]
"""Waits for templates to be evaluated; raises ``CompilerFault``."""

_ASKING = 4
"""Threads that ask. The compiler answers one question after another; that the next is there when
it has answered one takes several, as each of them waits for the interpreter again and again."""

Progress = Callable[[int, int], None]
"""Is told how many of how many templates are done."""


class Evaluator:
    """Takes templates to evaluate, one after another, and gives back what waits for them.

    ``progress`` is told of each one that is done, by the threads that ask the compiler.
    """

    def __init__(
        self, compiler: Compiler, pool: ThreadPoolExecutor, scratch: Path, progress: Progress
    ) -> None:
        self._compiler = compiler
        self._pool = pool
        self._scratch = scratch
        self._progress = progress
        self._lock = Lock()

    def version(self) -> Callable[[], str]:
        """Asks for the compiler's version; what is given back waits for it."""
        answer = self._pool.submit(self._compiler.ask, "bicep/version", {})
        return lambda: str(answer.result().get("version"))

    def texts(self, several: list[Mapping[str, bytes]]) -> list[Evaluation]:
        """Evaluates templates by their names, in groups; modules only for those of their group."""
        templates = [[name for name in files if not is_module(name)] for files in several]
        done, count = itertools.count(1), sum(map(len, templates))
        asked = [
            [self._pool.submit(self._text, name, files, done, count) for name in names]
            for names, files in zip(templates, several, strict=True)
        ]
        return [_waiting(group) for group in asked]

    def file(self, path: Path) -> Evaluation:
        """Evaluates the file at ``path`` where it is."""
        return _waiting([self._pool.submit(evaluate_file, self._compiler, path, self._scratch)])

    def _text(
        self, file: str, files: Mapping[str, bytes], done: Iterator[int], count: int
    ) -> Evaluated:
        modules = {name.rpartition("/")[2]: text for name, text in files.items() if is_module(name)}
        folder = Path(mkdtemp(dir=self._scratch))
        evaluated = evaluate_text(self._compiler, file, files[file], folder, modules)
        with self._lock:
            self._progress(next(done), count)
        return evaluated


def _waiting(asked: "list[Future[Evaluated]]") -> Evaluation:
    return lambda: tuple(one.result() for one in asked)


def _quiet(_done: int, _of: int) -> None:
    """Says nothing."""


@contextmanager
def evaluator(choice: CompilerChoice, progress: Progress = _quiet) -> Iterator[Evaluator]:
    """The compiler, which starts at once; at the end no process of it is left.

    Raises:
        UsageError: there is no Bicep CLI, or it does not answer as one does.
    """
    program = find_bicep(choice.program)
    try:
        with (
            TemporaryDirectory(prefix="bikube-", ignore_cleanup_errors=True) as scratch,
            # It waits for the threads, which end when the compiler has.
            ThreadPoolExecutor(max_workers=_ASKING) as pool,
            Compiler(program, choice.seconds, Path(scratch)) as compiler,
        ):
            try:
                yield Evaluator(compiler, pool, Path(scratch), progress)
            finally:
                pool.shutdown(wait=False, cancel_futures=True)
    except CompilerFault as fault:
        raise UsageError(f"{fault}; a Bicep CLI of today is expected; {GET_IT}") from fault
