"""Renders specs, plans what that changes on disk, and carries it out."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from bikube.app.lint import Outcome, Progress, known_findings, lint_inputs
from bikube.app.requests import GenerateRequest
from bikube.app.specs import Selection, select
from bikube.config import DEFAULT_OUT
from bikube.diagnostics import Severity
from bikube.errors import AccessError
from bikube.lint import Linted
from bikube.output import Action, Plan, RenderedFile, Step, carry_out, leftovers, plan, survey
from bikube.render import target_names
from bikube.render.rendering import render
from bikube.report import Context, Run

__all__ = ["DEFAULT_OUT", "Action", "Generation", "Plan", "Step", "generate", "target_names"]


class Generation(NamedTuple):
    """What came of a run: what was found, and unless that forbids it the plan for ``folder``.

    ``leftovers`` are folders below it of instances that no spec describes. ``refusal`` says why
    the folder could not be looked at, or not all of the plan be carried out.
    """

    run: Run
    folder: Path
    instances: tuple[str, ...] = ()
    plan: Plan | None = None
    leftovers: tuple[Path, ...] = ()
    refusal: str = ""

    @property
    def blocked(self) -> tuple[Step, ...]:
        """The steps of the plan that cannot be carried out, so that none is."""
        return self.plan.of(Action.BLOCKED) if self.plan is not None else ()


def generate(request: GenerateRequest, *, progress: Progress) -> Generation:
    """Lints specs, renders them, and writes what has changed if the request is to write.

    Nothing is written if a spec has an error, or if a file is in the way.

    Raises:
        UsageError: there are no such specs, or a configuration or the baseline is malformed.
        AccessError: a configuration or the baseline cannot be read.
    """
    selection = select(request.specs)
    outcome = _lint(request, selection, progress)
    run = Run(outcome.linted, outcome.rules, context=Context(unreadable=outcome.unreadable))
    folder = request.out or _folder(selection)
    generation = Generation(run, folder)
    if not _is_renderable(outcome):
        return generation
    try:
        generation = _prepare(generation, outcome.linted, request, selection)
        if request.mode == "write" and generation.plan is not None and not generation.blocked:
            carry_out(folder, generation.plan)
    except AccessError as error:
        return generation._replace(refusal=str(error))
    return generation


def _lint(request: GenerateRequest, selection: Selection, progress: Progress) -> Outcome:
    known = known_findings(request.baseline, selection.config)
    rules = request.rules._replace(targets=request.targets)
    outcome = lint_inputs(selection.inputs, rules, progress=progress)
    if known is None:
        return outcome
    # Imported here because most runs have no baseline.
    from bikube.app.baseline import hide_known

    return hide_known(outcome, known)[0]


def _folder(selection: Selection) -> Path:
    return selection.config.out_folder if selection.config is not None else Path(DEFAULT_OUT)


def _is_renderable(outcome: Outcome) -> bool:
    """Whether every spec was read, every rule has looked at it, and none has an error."""
    complete = not (outcome.unreadable or outcome.faults)
    return complete and all(one.worst is not Severity.ERROR for one in outcome.linted)


def _prepare(
    generation: Generation,
    linted: Iterable[Linted],
    request: GenerateRequest,
    selection: Selection,
) -> Generation:
    """``generation`` with its plan; raises ``AccessError`` where the folder cannot be used."""
    root = selection.config.root if selection.config is not None else None
    targets = request.targets or target_names()
    files: list[RenderedFile] = []
    instances: list[str] = []
    for one in linted:
        if one.spec is not None:
            files += render(one.spec, _spec_name(one.source.name, root), targets)
            instances.append(one.spec.instance.name)
    planned = plan(files, survey(generation.folder, _folders(instances, targets)))
    others = (
        () if request.specs.arguments else leftovers(generation.folder, instances, target_names())
    )
    return generation._replace(instances=tuple(instances), plan=planned, leftovers=tuple(others))


def _folders(instances: Sequence[str], targets: Sequence[str]) -> list[str]:
    return [f"{instance}/{target}" for instance in instances for target in targets]


def _spec_name(name: str, root: Path | None) -> str:
    """How headers call a spec: its POSIX path from ``root``, else its file name."""
    if root is not None:
        relative = os.path.relpath(name, root)
        if not relative.startswith(".."):
            return relative.replace(os.sep, "/")
    return os.path.basename(name)
