"""Renders specs, plans what that changes on disk, and carries it out."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from bikube.app.lint import Outcome, Progress, known_findings, lint_inputs
from bikube.app.requests import GenerateRequest
from bikube.app.specs import Input, Selection, select
from bikube.config import DEFAULT_OUT, Config
from bikube.diagnostics import Severity
from bikube.errors import AccessError, UsageError
from bikube.files.git import tracked
from bikube.lint import Linted
from bikube.output import (
    Action,
    Plan,
    RenderedFile,
    Step,
    carry_out,
    leftovers,
    plan,
    prune,
    survey,
)
from bikube.render import target_names
from bikube.render.rendering import render
from bikube.report import Context, Run
from bikube.spec import Spec

__all__ = ["DEFAULT_OUT", "Action", "Generation", "Output", "Plan", "Step", "generate"]
__all__ += ["target_names"]


class Output(NamedTuple):
    """One output folder of a run: the instances that belong there, and what changes for them.

    ``leftovers`` deletes the files of instances that no spec describes; only a request to prune
    carries it out. ``untracked`` are files that are there and that git's index does not have, where
    that was asked.
    """

    folder: Path
    instances: tuple[str, ...]
    plan: Plan
    leftovers: Plan = Plan(())
    untracked: tuple[str, ...] = ()


class Generation(NamedTuple):
    """What came of a run: what was found, and unless that forbids it each output folder.

    ``refusal`` says why a folder could not be looked at, or not all of a plan be carried out.
    """

    run: Run
    outputs: tuple[Output, ...] | None = None
    refusal: str = ""

    @property
    def blocked(self) -> list[tuple[Path, Step]]:
        """The steps that cannot be carried out, so that none is, each with its folder."""
        outputs = self.outputs or ()
        return [(one.folder, step) for one in outputs for step in one.plan.of(Action.BLOCKED)]


def generate(request: GenerateRequest, *, progress: Progress) -> Generation:
    """Lints specs, renders them, and writes what has changed if the request is to write.

    Nothing is written if a spec has an error, or if a file is in the way.

    Raises:
        UsageError: there are no such specs, a configuration or the baseline is malformed, or a run
            is to prune that is not about all specs of a configuration, or to write and ask git.
        AccessError: a configuration or the baseline cannot be read.
    """
    selection = select(request.specs)
    _refuse(request, selection)
    outcome = _lint(request, selection, progress)
    run = Run(outcome.linted, outcome.rules, context=Context(unreadable=outcome.unreadable))
    generation = Generation(run)
    if not _is_renderable(outcome):
        return generation
    try:
        outputs = tuple(_outputs(outcome.linted, request, selection))
        if request.tracked:
            outputs = tuple(map(_with_untracked, outputs))
        generation = generation._replace(outputs=outputs)
        if request.mode == "write" and not generation.blocked:
            for output in outputs:
                carry_out(output.folder, output.plan)
                if request.prune:
                    prune(output.folder, output.leftovers)
    except AccessError as error:
        return generation._replace(refusal=str(error))
    return generation


def _refuse(request: GenerateRequest, selection: Selection) -> None:
    if request.prune and not _is_whole(request, selection):
        raise UsageError(
            '"--prune" removes what no spec of a configuration describes; a run about all of them'
            " is expected; leave out SPEC, --exclude, and --out where there is no configuration"
        )
    if request.tracked and request.mode == "write":
        raise UsageError('"--tracked" is about what is there; add "--check" or "--diff"')


def _is_whole(request: GenerateRequest, selection: Selection) -> bool:
    """Whether no other spec than those of the run is rendered into the output folder.

    Without a configuration, ``out`` may be a folder that several runs share.
    """
    is_shared = request.out is not None and selection.config is None
    return request.specs.is_whole and not is_shared


def _lint(request: GenerateRequest, selection: Selection, progress: Progress) -> Outcome:
    known = known_findings(request.baseline, selection.config)
    rules = request.rules._replace(targets=request.targets)
    outcome = lint_inputs(selection.inputs, rules, progress=progress)
    if known is None:
        return outcome
    # Imported here because most runs have no baseline.
    from bikube.app.baseline import hide_known

    return hide_known(outcome, known)[0]


def _is_renderable(outcome: Outcome) -> bool:
    """Whether every spec was read, every rule has looked at it, and none has an error."""
    complete = not (outcome.unreadable or outcome.faults)
    return complete and all(one.worst is not Severity.ERROR for one in outcome.linted)


class _Place(NamedTuple):
    """An output folder, and the specs that are rendered into it with how headers call them."""

    folder: Path
    specs: list[tuple[Spec, str]]


def _outputs(
    linted: Iterable[Linted], request: GenerateRequest, selection: Selection
) -> list[Output]:
    """Every output folder with its plan; raises ``AccessError`` where one cannot be used."""
    general = _folder(request, selection.config)
    places: dict[str, _Place] = {}
    if not request.specs.arguments:
        # Even when no spec belongs there any more, what they left may be there.
        places[os.path.abspath(general)] = _Place(general, [])
    # All were read, so that there is one of these for each of those.
    for source, one in zip(selection.inputs, linted, strict=True):
        if one.spec is not None:
            folder = _folder(request, source.config)
            place = places.setdefault(os.path.abspath(folder), _Place(folder, []))
            place.specs.append((one.spec, _spec_name(source)))
    whole = general if _is_whole(request, selection) else None
    targets = request.targets or target_names()
    return [_output(place, targets, is_whole=place.folder == whole) for place in places.values()]


def _folder(request: GenerateRequest, config: Config | None) -> Path:
    """Where specs with that configuration are rendered to."""
    if request.out is not None:
        return request.out
    return config.out_folder if config is not None else Path(DEFAULT_OUT)


def _output(place: _Place, targets: Sequence[str], *, is_whole: bool) -> Output:
    """The plan for ``place``; ``is_whole`` says that no other spec belongs there."""
    files: list[RenderedFile] = []
    for spec, name in place.specs:
        files += render(spec, name, targets)
    instances = tuple(spec.instance.name for spec, _ in place.specs)
    planned = plan(files, survey(place.folder, _folders(instances, targets)))
    others = leftovers(place.folder, instances, targets) if is_whole else ()
    return Output(place.folder, instances, planned, plan([], survey(place.folder, others)))


def _with_untracked(output: Output) -> Output:
    known = tracked(output.folder)
    there = (step.path for step in output.plan.of(Action.UNCHANGED, Action.UPDATE))
    return output._replace(untracked=tuple(path for path in there if path not in known))


def _folders(instances: Sequence[str], targets: Sequence[str]) -> list[str]:
    return [f"{instance}/{target}" for instance in instances for target in targets]


def _spec_name(source: Input) -> str:
    """How headers call a spec: its POSIX path from its configuration, else its file name."""
    if source.config is not None:
        relative = os.path.relpath(source.name, source.config.root)
        if not relative.startswith(".."):
            return relative.replace(os.sep, "/")
    return os.path.basename(source.name)
