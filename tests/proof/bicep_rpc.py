"""The compiler as tests ask it: through the package's own client, and started again should it die.

``bicep/compile`` reports the linter's findings too, the same ones as ``bicep build`` and
``bicep lint`` print.
"""

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from bikube.compiler import RESOURCE_GROUP, SUBSCRIPTION
from bikube.compiler.answers import CompilerFault, Diagnostic, Refusal
from bikube.compiler.answers import diagnostics as diagnostics_of
from bikube.compiler.answers import snapshot as snapshot_of
from bikube.compiler.process import Compiler

__all__ = ["BicepError", "BicepRpc", "Compilation", "Diagnostic"]

# A large template takes seconds; this only ends a run that would hang.
ANSWER_SECONDS = 300


class BicepError(Exception):
    """The compiler refused a request, or ended without an answer."""


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
        self._compiler: Compiler | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def compiler(self) -> Compiler:
        """The process, which runs from now on."""
        if self._compiler is None:
            self._compiler = Compiler(self._program, ANSWER_SECONDS, self._scratch)
        return self._compiler

    def version(self) -> str:
        """The compiler's version, such as ``0.49.2``."""
        return str(self._ask("bicep/version", {})["version"])

    def compile(self, path: Path) -> Compilation:
        """Compile and lint a ``.bicep`` file."""
        answer = self._ask("bicep/compile", {"path": str(path)})
        return Compilation(
            success=bool(answer["success"]),
            diagnostics=diagnostics_of(answer),
            template=answer.get("contents"),
        )

    def format(self, path: Path) -> str:
        """The text of a ``.bicep`` file as ``bicep format`` would write it."""
        return str(self._ask("bicep/format", {"path": str(path)})["contents"])

    def snapshot(self, path: Path) -> dict[str, Any]:
        """Evaluate what a ``.bicepparam`` file would deploy: ``predictedResources`` and more."""
        metadata = {"subscriptionId": SUBSCRIPTION, "resourceGroup": RESOURCE_GROUP}
        parameters = {"path": str(path), "metadata": metadata, "externalInputs": None}
        return snapshot_of(self._ask("bicep/getSnapshot", parameters))

    def close(self) -> None:
        """End the process; a later question would start a new one."""
        if self._compiler is not None:
            self._compiler.close()
            self._compiler = None

    def _ask(self, method: str, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
        try:
            return self.compiler.ask(method, parameters)
        except Refusal as refusal:
            raise BicepError(f"{method}: {refusal}") from refusal
        except CompilerFault as fault:
            self.close()
            raise BicepError(str(fault)) from fault
