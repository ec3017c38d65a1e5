"""Renders specs, plans what that changes on disk, and carries it out."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bikube.app.lint import (
    Outcome,
    Progress,
    baseline_path,
    known_findings,
    lint_input,
    lint_inputs,
    run_of,
)
from bikube.app.outputs import Output, is_whole, planned_outputs, with_untracked
from bikube.app.requests import BaselineChoice, GenerateRequest, RuleChoice
from bikube.app.specs import Input, Selection, select
from bikube.config import DEFAULT_OUT
from bikube.diagnostics import Severity
from bikube.errors import AccessError, UsageError
from bikube.files import PassedOver
from bikube.files.folder import Folder
from bikube.files.locks import Waits
from bikube.lint import Linted
from bikube.output import Action, Plan, Step, carry_out, prune
from bikube.render import target_names
from bikube.report import Run

if TYPE_CHECKING:
    from bikube.app.baseline import Baseline

__all__ = ["DEFAULT_OUT", "Action", "Generation", "Output", "Plan", "Step", "generate"]
__all__ += ["target_names"]


class Generation(NamedTuple):
    """What came of a run: what was found, and unless that forbids it each output folder.

    ``refusal`` says why a folder could not be looked at, or not all of a plan be carried out;
    ``missing`` which specs of the configuration are not there any more. ``passed_over`` is what
    could have been meant as a spec too.
    """

    run: Run
    outputs: tuple[Output, ...] | None = None
    refusal: str = ""
    missing: UsageError | None = None
    passed_over: tuple[PassedOver, ...] = ()

    @property
    def blocked(self) -> list[tuple[Path, Step]]:
        """The steps that cannot be carried out, so that none is, each with its folder."""
        outputs = self.outputs or ()
        return [(one.folder, step) for one in outputs for step in one.plan.of(Action.BLOCKED)]


def generate(request: GenerateRequest, *, progress: Progress, waits: Waits) -> Generation:
    """Lints specs, renders them, and writes what has changed if the request is to write.

    Nothing is written if a spec has an error, or if a file is in the way. Specs of a configuration
    may be missing where there is output that is left of them, and the request is about that. While
    another run writes to the same folder, ``waits`` is told.

    Raises:
        UsageError: there are no such specs, a configuration or a baseline is malformed, or a run
            is to prune that is not about all specs of a configuration, or to write and ask git.
        AccessError: a configuration or a baseline cannot be read.
    """
    selection = select(request.specs, may_miss=request.prune or request.mode != "write")
    _refuse(request, selection)
    if request.reports:
        # Imported here because most runs report to standard error alone.
        from bikube.app.reports import refuse_overwriting

        paths = [baseline_path(request.baseline, one.config) for one in selection.inputs]
        refuse_overwriting(request.reports, selection, [path for path in paths if path is not None])
    outcome = lint_selection(selection, request.rules, request.baseline, progress=progress)
    known = baseline_path(request.baseline, selection.config)
    root = str(known.parent) if known is not None else selection.root
    run = run_of(outcome, selection, root=root, fail_level=Severity.ERROR, least=Severity.WARNING)
    generation = Generation(run, missing=selection.missing, passed_over=selection.passed_over)
    if not is_renderable(outcome):
        return generation
    try:
        with planned_outputs(outcome.linted, request, selection, waits) as planned:
            outputs = _seen([output for _, output in planned], request, selection)
            generation = generation._replace(outputs=outputs)
            if request.mode == "write" and not generation.blocked:
                for folder, output in planned:
                    _write(folder, output, prunes=request.prune)
    except AccessError as error:
        return generation._replace(refusal=str(error))
    return generation


def _seen(
    outputs: Sequence[Output], request: GenerateRequest, selection: Selection
) -> tuple[Output, ...]:
    """The ``outputs``; raises ``UsageError`` where specs are missing and have left nothing."""
    if selection.missing is not None and not any(one.leftovers.steps for one in outputs):
        raise selection.missing
    return tuple(map(with_untracked, outputs) if request.tracked else outputs)


def _write(folder: Folder | None, output: Output, *, prunes: bool) -> None:
    if folder is not None:  # As it is for all who write.
        carry_out(folder, output.plan)
        if prunes:
            prune(folder, output.leftovers)


def _refuse(request: GenerateRequest, selection: Selection) -> None:
    if request.prune and not is_whole(request, selection):
        raise UsageError(
            '"--prune" removes what no spec of a configuration describes; a run about all of them'
            " is expected; leave out SPEC, --exclude, and --out where there is no configuration"
        )
    if request.tracked and request.mode == "write":
        raise UsageError('"--tracked" is about what is there; add "--check" or "--diff"')


def lint_selection(
    selection: Selection, rules: RuleChoice, baseline: BaselineChoice, *, progress: Progress
) -> Outcome:
    """What is found in the specs, without what the baseline of each one's configuration hides.

    Raises:
        UsageError: a baseline is malformed.
        AccessError: a baseline cannot be read.
    """
    baselines = _baselines(baseline, selection.inputs)
    read: list[Input] = []

    def look(one: Input, choice: RuleChoice) -> Linted:
        linted = lint_input(one, choice)
        read.append(one)
        return linted

    outcome = lint_inputs(selection.inputs, rules, progress=progress, look=look)
    if not baselines:
        return outcome
    hidden = []
    for source, one in zip(read, outcome.linted, strict=True):
        known = baselines.get(id(source.config))
        hidden.append(one if known is None else known.hide(one, outcome.rules).linted)
    return outcome._replace(linted=tuple(hidden))


def _baselines(choice: BaselineChoice, inputs: Sequence[Input]) -> "dict[int, Baseline]":
    """The baselines that there are, by the identities of the configurations of ``inputs``."""
    configs = {id(one.config): one.config for one in inputs}
    known = {at: known_findings(choice, config) for at, config in configs.items()}
    return {at: baseline for at, baseline in known.items() if baseline is not None}


def is_renderable(outcome: Outcome) -> bool:
    """Whether every spec was read, every rule has looked at it, and none has an error."""
    complete = not (outcome.unreadable or outcome.faults)
    return complete and all(one.worst is not Severity.ERROR for one in outcome.linted)
