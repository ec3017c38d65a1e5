"""``bikube generate``."""

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import click

from bikube.app.generate import Generation, is_renderable, prepare
from bikube.app.lint import lint_inputs
from bikube.app.specs import select
from bikube.cli.baseline_options import against, baseline_options, wished_baseline
from bikube.cli.drift import show_check, show_diff
from bikube.cli.options import choice, colour_option, spec_options, wanted
from bikube.cli.summary import (
    counted,
    exit_code,
    progress_line,
    summarise,
    wants_colour,
    write_findings,
)
from bikube.config.model import DEFAULT_OUT
from bikube.output.folders import carry_out, leftovers
from bikube.output.plan import Action, Plan
from bikube.render.rendering import target_names
from bikube.report.run import Run
from bikube.text.terminal import printable


@click.command("generate", short_help="Write Bicep and Kubernetes manifests from specs.")
@spec_options
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help=f"The output folder; else the configuration's, else {DEFAULT_OUT}.",
)
@click.option("--check", is_flag=True, help="List what would change, write nothing.")
@click.option("--diff", is_flag=True, help="Show how files would change, write nothing.")
@click.option(
    "--target",
    "targets",
    multiple=True,
    type=click.Choice(target_names()),
    help="Render only this target; may be given again.",
)
@baseline_options
@colour_option
def generate(
    *,
    out: Path | None,
    check: bool,
    diff: bool,
    targets: tuple[str, ...],
    colour: bool | None,
    **options: Any,
) -> int:
    """Lint specs, then write Bicep and Kubernetes manifests that mean the same.

    Nothing is written if a spec has an error. Files that bikube did not write are never touched.

    \b
    Examples:
      bikube generate
      bikube generate plant-7.bikube.yaml --out deploy --target bicep
      bikube generate --check

    Exit codes: 0 done or up to date, 1 errors in a spec, drift, or a file in the way, 2 wrong
    usage or unreadable files, 3 a fault in bikube.
    """
    wished = wished_baseline(options)
    asked = wanted(options)
    selection, chosen = select(asked), choice(options)
    if targets and _MANIFESTS not in targets:
        chosen = chosen._replace(ignore={_ABOUT_MANIFESTS})
    known = against(wished, selection.config, chosen)
    outcome = lint_inputs(selection.inputs, chosen, progress=progress_line("linted"))
    outcome = known.hide(outcome)
    run = Run(outcome.linted, outcome.rules)
    write_findings(run, "text", colour=colour, err=True)
    if outcome.unreadable or not is_renderable(outcome):
        summarise(run, outcome)
        click.echo("nothing was written", err=True)
        return exit_code(outcome, found=True)
    folder = out or (selection.config.out_folder if selection.config else Path(DEFAULT_OUT))
    root = selection.config.root if selection.config else None
    generation = prepare(outcome.linted, folder, targets or target_names(), root=root)
    if not asked.arguments:
        _tell_leftovers(generation, folder)
    if _is_blocked(generation, folder):
        return 1
    if check or diff:
        return _drift(generation.plan, folder, diff=diff, colour=colour)
    carry_out(folder, generation.plan)
    _tell(generation, folder)
    return 0


def _tell_leftovers(generation: Generation, folder: Path) -> None:
    for path in leftovers(folder, generation.instances, target_names()):
        said = "no spec describes this instance; remove the folder if it is not needed any more"
        click.echo(f"bikube: {printable(str(path))}: {said}", err=True)


def _drift(plan: Plan, folder: Path, *, diff: bool, colour: bool | None) -> int:
    if diff:
        show_diff(plan, folder, colour=wants_colour(colour))
    else:
        show_check(plan, folder)
    changes = len(plan.changes)
    if changes:
        click.echo(f'{counted(changes, "file")} would change; run "bikube generate"', err=True)
    return int(bool(changes))


def _is_blocked(generation: Generation, folder: Path) -> bool:
    blocked = generation.plan.of(Action.BLOCKED)
    for step in blocked:
        click.echo(f"bikube: {printable(str(folder / step.path))}: {step.reason}", err=True)
    if blocked:
        click.echo("nothing was written", err=True)
    return bool(blocked)


def _tell(generation: Generation, folder: Path) -> None:
    counts: dict[str, Counter[Action]] = {name: Counter() for name in generation.instances}
    for step in generation.plan.steps:
        counts[step.path.partition("/")[0]][step.action] += 1
    for instance, count in counts.items():
        shown = [f"{count[action]:,} {word}" for action, word in _WORDS.items() if count[action]]
        there = count.total() - count[Action.DELETE]
        detail = ", ".join(shown) or "no resources"
        name = printable(str(folder / instance))
        sys.stdout.write(f"{name}: {counted(there, 'file')} ({detail})\n")


_MANIFESTS, _ABOUT_MANIFESTS = "kubernetes", "kubernetes-preview"
"""A target, and the rule that speaks of it: nothing to say where it is not rendered."""

_WORDS = {
    Action.CREATE: "created",
    Action.UPDATE: "updated",
    Action.DELETE: "removed",
    Action.UNCHANGED: "unchanged",
}

COMMAND = generate
