"""Where specs are rendered to, and what that changes there."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from bikube.app.lint import targets_of
from bikube.app.requests import GenerateRequest
from bikube.app.specs import Input, Selection
from bikube.config import DEFAULT_OUT, Config
from bikube.files.git import tracked
from bikube.lint import Linted
from bikube.output import Action, Plan, RenderedFile, leftovers, plan, survey
from bikube.render import target_names
from bikube.render.rendering import render
from bikube.spec import Spec


class Output(NamedTuple):
    """One output folder of a run, and what changes there.

    ``specs`` are the names of the specs that are rendered into it, by their instances.
    ``leftovers`` deletes the files of instances that no spec describes, and of targets that are
    switched off; only a request to prune carries it out. ``untracked`` are files that are there
    and that git's index does not have, where that was asked.
    """

    folder: Path
    specs: Mapping[str, str]
    plan: Plan
    leftovers: Plan = Plan(())
    untracked: tuple[str, ...] = ()

    def why_unwanted(self, path: str) -> tuple[str, str]:
        """The folder of the leftover ``path`` to which nothing belongs, and why nothing does."""
        instance, target, _ = path.split("/")
        if instance not in self.specs:
            return instance, "no spec describes this instance"
        return f"{instance}/{target}", "the spec is not rendered into this target"


class _Job(NamedTuple):
    """A spec, how the user and headers call it, and what it is rendered into."""

    spec: Spec
    named: str
    name: str
    targets: tuple[str, ...]

    @property
    def instance(self) -> str:
        """The name of its instance."""
        return self.spec.instance.name


class _Place(NamedTuple):
    """An output folder, and the specs that are rendered into it."""

    folder: Path
    jobs: list[_Job]


def plan_outputs(
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
            targets = targets_of(source, request.rules) or target_names()
            place.jobs.append(_Job(one.spec, source.name, _spec_name(source), targets))
    whole = general if is_whole(request, selection) else None
    looked_at = tuple(request.rules.targets) or target_names()
    return [_output(place, looked_at, is_whole=place.folder == whole) for place in places.values()]


def is_whole(request: GenerateRequest, selection: Selection) -> bool:
    """Whether no other spec than those of the run is rendered into the output folder.

    Without a configuration, ``out`` may be a folder that several runs share.
    """
    is_shared = request.out is not None and selection.config is None
    return request.specs.is_whole and not is_shared


def _folder(request: GenerateRequest, config: Config | None) -> Path:
    """Where specs with that configuration are rendered to."""
    if request.out is not None:
        return request.out
    return config.out_folder if config is not None else Path(DEFAULT_OUT)


def _output(place: _Place, targets: tuple[str, ...], *, is_whole: bool) -> Output:
    """The plan for ``place``; ``is_whole`` says that no other spec belongs there.

    What else is there is looked at for ``targets`` only.
    """
    files: list[RenderedFile] = []
    for job in place.jobs:
        files += render(job.spec, job.name, job.targets)
    specs = {job.instance: job.named for job in place.jobs}
    wanted = [f"{job.instance}/{target}" for job in place.jobs for target in job.targets]
    planned = plan(files, survey(place.folder, wanted))
    among = None if is_whole else specs.keys()
    others = leftovers(place.folder, frozenset(wanted), targets, among=among)
    return Output(place.folder, specs, planned, plan([], survey(place.folder, others)))


def with_untracked(output: Output) -> Output:
    """``output`` with what git's index does not have of it; raises ``AccessError``."""
    known = tracked(output.folder)
    there = (step.path for step in output.plan.of(Action.UNCHANGED, Action.UPDATE))
    return output._replace(untracked=tuple(path for path in there if path not in known))


def _spec_name(source: Input) -> str:
    """How headers call a spec: its POSIX path from its configuration, else its file name."""
    if source.config is not None:
        relative = os.path.relpath(source.name, source.config.root)
        if not relative.startswith(".."):
            return relative.replace(os.sep, "/")
    return os.path.basename(source.name)
