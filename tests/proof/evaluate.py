"""Bicep in, the resources of a deployment out: evaluated by the compiler, as plain data."""

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from tests.proof.bicep_rpc import BicepError, BicepRpc


class Resource(NamedTuple):
    """A resource as a deployment would send it, and the file that describes it.

    ``data`` has ``id``, ``type``, ``name`` (all segments, with ``/``), ``apiVersion`` and whatever
    else the template sets, with every expression evaluated. An ``existing`` resource is none.
    """

    file: str
    data: dict[str, Any]


class EvaluationError(Exception):
    """A template that does not compile, or that leaves something to be known at deployment."""


def templates(folder: Path) -> list[Path]:
    """The Bicep files of a folder in the order in which they deploy."""
    return sorted(folder.glob("*.bicep"))


def evaluate(bicep: BicepRpc, files: Iterable[Path]) -> tuple[Resource, ...]:
    """The resources of all ``files``, in order; raises `EvaluationError`."""
    return tuple(resource for file in files for resource in _evaluate(bicep, file))


def _evaluate(bicep: BicepRpc, file: Path) -> list[Resource]:
    with tempfile.TemporaryDirectory() as scratch:
        template = Path(scratch, "main.bicep")
        parameters = Path(scratch, "main.bicepparam")
        # A configuration further up must not have a say, and none is looked for past this one.
        Path(scratch, "bicepconfig.json").write_text("{}\n", encoding="utf-8")
        shutil.copyfile(file, template)
        parameters.write_text(f"using '{template.name}'\n", encoding="utf-8")
        try:
            snapshot = bicep.snapshot(parameters)
        except BicepError as error:
            raise EvaluationError(f"{file.name}: {error}") from error
    if snapshot["diagnostics"]:
        raise EvaluationError(f"{file.name}: {snapshot['diagnostics']}")
    return [Resource(file.name, data) for data in snapshot["predictedResources"]]
