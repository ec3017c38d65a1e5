"""Where specs are rendered to, and what that changes there."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from bikube.app.lint import targets_of
from bikube.app.origins import earlier_specs, is_renamed, still_describes
from bikube.app.requests import GenerateRequest, RuleChoice
from bikube.app.specs import Input, Selection
from bikube.config import DEFAULT_OUT, Config
from bikube.config.reach import bound_of, reached
from bikube.errors import refusing
from bikube.files.folder import Folder
from bikube.files.git import tracked
from bikube.files.locks import Waits
from bikube.lint import Linted
from bikube.output import Action, Plan, RenderedFile, Step, leftovers, output_folder, plan, survey
from bikube.render import target_names
from bikube.render.rendering import render
from bikube.rules import builtin_rules
from bikube.spec import Spec
from bikube.text import printable


class Output(NamedTuple):
    """One output folder of a run, and what changes there.

    ``specs`` are the names of the specs that are rendered into it, by their instances; ``earlier``
    are instances whose files come from another spec than until now, with its name.
    ``leftovers`` deletes the files of instances that no spec describes, and of targets that are
    switched off; only a request to prune carries it out. ``untracked`` are files that are there
    and that git's index does not have, where that was asked.
    """

    folder: Path
    specs: Mapping[str, str]
    plan: Plan
    earlier: tuple[tuple[str, str], ...] = ()
    leftovers: Plan = Plan(())
    untracked: tuple[str, ...] = ()

    def why_unwanted(self, path: str) -> tuple[str, str]:
        """The folder of the leftover ``path`` to which nothing belongs, and why nothing does."""
        instance, target, _ = path.split("/")
        if instance not in self.specs:
            return instance, "no spec describes this instance"
        return f"{instance}/{target}", "the spec is not rendered into this target"


class _Job(NamedTuple):
    """A spec, how headers call it, and what it is rendered into."""

    source: Input
    spec: Spec
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

    @property
    def wanted(self) -> list[str]:
        """The folders in which they are, from ``folder``."""
        return [f"{job.instance}/{target}" for job in self.jobs for target in job.targets]

    def render(self) -> list[RenderedFile]:
        """The files that are to be there."""
        jobs = self.jobs
        return [file for job in jobs for file in render(job.spec, job.name, job.targets)]


@contextmanager
def planned_outputs(
    linted: Iterable[Linted], request: GenerateRequest, selection: Selection, waits: Waits
) -> Iterator[list[tuple[Folder | None, Output]]]:
    """Every output folder, held open, with its plan; raises ``AccessError`` where that cannot be.

    A run that is to write has each of them for itself: a plan is about what is there.
    """
    places, whole = _places(linted, request, selection)
    rendered = {key: place.render() for key, place in places.items()}
    waits_to_write = waits if request.mode == "write" else None
    with ExitStack() as stack:
        # All runs take them in one order, or two could wait for each other.
        folders = {
            key: stack.enter_context(output_folder(places[key].folder, waits_to_write))
            for key in sorted(places)
        }
        planned = []
        for key, place in places.items():
            files = plan(rendered[key], survey(folders[key], place.wanted))
            output = _output(place, files, folders[key], request, is_whole=key == whole)
            planned.append((folders[key], output))
        yield planned


def _places(
    linted: Iterable[Linted], request: GenerateRequest, selection: Selection
) -> tuple[dict[str, _Place], str | None]:
    """The output folders by their real paths, and which one has no specs but those of the run."""
    general = folder_of(request.out, selection.config, outside=request.specs.outside)
    whole = _real(general)
    places: dict[str, _Place] = {}
    if not request.specs.arguments:
        # Even when no spec belongs there any more, what they left may be there.
        places[whole] = _Place(general, [])
    # All were read, so that there is one of these for each of those.
    for source, one in zip(selection.inputs, linted, strict=True):
        if one.spec is not None:
            folder = folder_of(request.out, source.config, outside=request.specs.outside)
            place = places.setdefault(_real(folder), _Place(folder, []))
            targets = targets_of(source, request.rules) or target_names()
            place.jobs.append(_Job(source, one.spec, spec_name(source), targets))
    return places, whole if is_whole(request, selection) else None


def _real(folder: Path) -> str:
    """What two names of one folder have in common."""
    with refusing(folder, "folder"):
        return os.path.realpath(folder)


def is_whole(request: GenerateRequest, selection: Selection) -> bool:
    """Whether no other spec than those of the run is rendered into the output folder.

    Without a configuration, ``out`` may be a folder that several runs share.
    """
    is_shared = request.out is not None and selection.config is None
    return request.specs.is_whole and not is_shared


def folder_of(out: Path | None, config: Config | None, *, outside: bool) -> Path:
    """Where specs with that configuration are rendered to, unless it is to ``out``.

    Raises:
        UsageError: nobody named that folder on the command line, and it is out of reach, which
            only a run that may go ``outside`` takes.
    """
    if out is not None:
        return out
    if config is None:
        here = None if outside else bound_of(Path(DEFAULT_OUT))
        config = Config(Path(), Path(), builtin_rules(), bound=here)
    return reached(config, config.out, "out")


def _output(
    place: _Place,
    planned: Plan,
    folder: Folder | None,
    request: GenerateRequest,
    *,
    is_whole: bool,
) -> Output:
    """What changes in ``place``; ``is_whole`` says that no other spec belongs there.

    What else is there is looked at for the targets that are asked for only.
    """
    targets = tuple(request.rules.targets) or target_names()
    specs = {job.instance: job.source.name for job in place.jobs}
    among = None if is_whole else specs.keys()
    others = leftovers(folder, frozenset(place.wanted), targets, among=among)
    planned, earlier = _judged(planned, place.jobs, request.rules)
    return Output(place.folder, specs, planned, earlier, plan([], survey(folder, others)))


def _judged(
    planned: Plan, jobs: Iterable[_Job], choice: RuleChoice
) -> tuple[Plan, tuple[tuple[str, str], ...]]:
    """``planned``, blocked where another spec stands for a file, and the specs that did before."""
    steps, earlier = list(planned.steps), []
    for job in jobs:
        for spec in earlier_specs(planned, printable(job.name), job.instance):
            if is_renamed(spec, job.source):
                continue
            earlier.append((job.instance, spec))
            if still_describes(spec, job.instance, job.source, choice):
                reason = (
                    f"it was generated from {spec}, which describes this instance too; give one"
                    " of the two specs another instance, or remove it"
                )
                steps.append(Step(Action.BLOCKED, job.instance, reason=reason))
    return Plan(tuple(steps)), tuple(earlier)


def with_untracked(output: Output) -> Output:
    """``output`` with what git's index does not have of it; raises ``AccessError``."""
    known = tracked(output.folder)
    there = (step.path for step in output.plan.of(Action.UNCHANGED, Action.UPDATE))
    return output._replace(untracked=tuple(path for path in there if path not in known))


def spec_name(source: Input) -> str:
    """How headers call a spec: its POSIX path from its configuration, else its file name."""
    if source.config is not None:
        relative = os.path.relpath(source.name, source.config.root)
        if not relative.startswith(".."):
            return relative.replace(os.sep, "/")
    return os.path.basename(source.name)
