"""Renders specs, and plans what that changes on disk."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from bikube.app.lint import Outcome
from bikube.diagnostics import Severity
from bikube.lint.engine import Linted
from bikube.output.folders import survey
from bikube.output.plan import Plan, plan
from bikube.render.rendering import RenderedFile, render


class Generation(NamedTuple):
    """What a run renders: the files that are to be, and the plan for the output folder."""

    plan: Plan
    instances: tuple[str, ...]


def is_renderable(outcome: Outcome) -> bool:
    """Whether every spec was read, every rule has looked at it, and none has an error."""
    complete = not (outcome.unreadable or outcome.faults)
    return complete and all(one.worst is not Severity.ERROR for one in outcome.linted)


def prepare(
    linted: Iterable[Linted], out: Path, targets: Sequence[str], *, root: Path | None
) -> Generation:
    """Renders every spec, and compares the result with what is in ``out``.

    ``root`` is the folder of the configuration, from which headers name specs.

    Raises:
        AccessError: the output folder cannot be used.
    """
    files: list[RenderedFile] = []
    folders: list[str] = []
    instances: list[str] = []
    for one in linted:
        if one.spec is None:
            continue
        files += render(one.spec, spec_name(one.source.name, root), targets)
        instances.append(one.spec.instance.name)
        folders += (f"{instances[-1]}/{target}" for target in targets)
    return Generation(plan(files, survey(out, folders)), tuple(instances))


def spec_name(name: str, root: Path | None) -> str:
    """How headers call a spec: its POSIX path from ``root``, else its file name."""
    if root is not None:
        relative = os.path.relpath(name, root)
        if not relative.startswith(".."):
            return relative.replace(os.sep, "/")
    return os.path.basename(name)
