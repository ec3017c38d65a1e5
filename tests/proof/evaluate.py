"""Bicep in, the resources of a deployment out, as the package's own proof evaluates it."""

import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tests.proof.bicep_rpc import BicepRpc

from bikube.compiler import evaluate_text, is_module


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
    """The resources of all ``files`` but modules, in order; raises `EvaluationError`."""
    alone = (file for file in files if not is_module(file.name))
    return tuple(resource for file in alone for resource in _evaluate(bicep, file))


def _evaluate(bicep: BicepRpc, file: Path) -> list[Resource]:
    beside = {one.name: one.read_bytes() for one in templates(file.parent) if is_module(one.name)}
    with tempfile.TemporaryDirectory() as scratch:
        text = file.read_bytes()
        found = evaluate_text(bicep.compiler, file.name, text, Path(scratch), beside)
    if found.faults:
        raise EvaluationError(f"{file.name}: {'; '.join(what for _, what in found.faults)}")
    return [Resource(file.name, _dict(data)) for data in found.resources]


def _dict(data: Mapping[str, Any]) -> dict[str, Any]:
    return dict(data)
