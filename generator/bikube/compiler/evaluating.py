"""Bicep in, the resources of a deployment out, as plain data: evaluated by the compiler."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from bikube.compiler.answers import Refusal, diagnostics, snapshot
from bikube.compiler.process import Compiler

SUBSCRIPTION = "0f1bd3a5-6c1e-4b52-9d0e-b1c0be000001"
"""Where the deployment is said to go: no spec names it. Without one, ids stay expressions."""

RESOURCE_GROUP = "bikube-verify"
"""As above."""

PARAMETERS = ".bicepparam"
MODULE = "-module.bicep"
"""How the names of generated modules end."""

_CONFIGURATION = '{"analyzers": {"core": {"enabled": false}}}\n'
"""No linter: it only warns, and takes a quarter of the time of a small template."""
_USING = re.compile(r"^using\s+'([^'\n]*)'", re.MULTILINE)
_EXPRESSION = re.compile(r"\[(?!\[).*\]", re.DOTALL)


class Evaluated(NamedTuple):
    """What a template deploys: ``resources`` as a deployment would send them.

    Each has ``id``, ``type``, ``name`` (all segments, with ``/``), ``apiVersion`` and whatever
    else the template sets. ``faults`` says why it could not be evaluated, or not all of it, each
    with its line or 0.
    """

    file: str
    resources: tuple[Mapping[str, Any], ...] = ()
    outputs: tuple[str, ...] = ()
    faults: tuple[tuple[int, str], ...] = ()


def is_module(file: str) -> bool:
    """Whether a generated file is a module, which is deployed by another template only."""
    return file.endswith(MODULE)


def evaluate_text(
    compiler: Compiler,
    file: str,
    text: bytes,
    scratch: Path,
    modules: Mapping[str, bytes] = MappingProxyType({}),
) -> Evaluated:
    """The template ``text``, which is called ``file``, with the defaults of its parameters.

    It is evaluated in the folder ``scratch``, where no configuration of Bicep has a say, and where
    it finds no other modules than those given, by their names. Nobody else may use the folder
    meanwhile.
    """
    for left in scratch.glob(f"*{MODULE}"):
        left.unlink()
    for name, data in modules.items():
        (scratch / name).write_bytes(data)
    (scratch / "bicepconfig.json").write_text(_CONFIGURATION, encoding="utf-8")
    template = scratch / "main.bicep"
    template.write_bytes(text)
    return _evaluated(compiler, file, template, _using(template, scratch))


def evaluate_file(compiler: Compiler, path: Path, scratch: Path) -> Evaluated:
    """The template or parameters file at ``path``, where it is: modules are found from there."""
    target = path.absolute()
    if path.suffix != PARAMETERS:
        return _evaluated(compiler, path.as_posix(), target, _using(target, scratch))
    found = _evaluated(compiler, path.as_posix(), target, target)
    # What it deploys is in the template.
    return found if found.faults else found._replace(file=_used(path) or found.file)


def is_expression(value: object) -> bool:
    """Whether ``value`` looks like an expression that only a deployment can evaluate."""
    return isinstance(value, str) and _EXPRESSION.fullmatch(value) is not None


def _used(path: Path) -> str:
    """The template that a parameters file names; empty where it is none in a folder."""
    found = _USING.search(path.read_text(encoding="utf-8", errors="replace"))
    if found is None or ":" in found[1]:
        return ""
    return os.path.normpath(path.parent / found[1]).replace(os.sep, "/")


def _using(template: Path, scratch: Path) -> Path:
    """A parameters file for ``template`` that gives none."""
    # Bicep takes no absolute paths, and wants slashes.
    relative = os.path.relpath(template, os.path.realpath(scratch)).replace(os.sep, "/")
    path = Path(os.path.realpath(scratch), "main.bicepparam")
    path.write_text(f"using '{_escaped(relative)}'\n", encoding="utf-8")
    return path


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'").replace("$", "\\$")


def _evaluated(compiler: Compiler, file: str, template: Path, parameters: Path) -> Evaluated:
    metadata = {"subscriptionId": SUBSCRIPTION, "resourceGroup": RESOURCE_GROUP}
    question = {"path": str(parameters), "metadata": metadata, "externalInputs": None}
    try:
        found = snapshot(compiler.ask("bicep/getSnapshot", question))
    except Refusal as refusal:
        return Evaluated(file, faults=_why(compiler, template, parameters, str(refusal)))
    return Evaluated(
        file,
        tuple(found["predictedResources"]),
        tuple(found.get("outputs") or ()),
        tuple((0, str(one)) for one in found.get("diagnostics") or ()),
    )


def _why(
    compiler: Compiler, template: Path, parameters: Path, said: str
) -> tuple[tuple[int, str], ...]:
    """The compiler's errors about a file; what it has ``said`` where there are none."""
    questions = [("bicep/compile", template), ("bicep/compileParams", parameters)]
    for method, path in questions[template == parameters :]:
        try:
            answer = compiler.ask(method, {"path": str(path), "parameterOverrides": {}})
        except Refusal:
            continue
        errors = [one for one in diagnostics(answer) if one.level == "Error"]
        if errors:
            at = path == template
            return tuple((one.line if at else 0, f"{one.message} ({one.code})") for one in errors)
    return ((0, said),)
