"""Shows what ``generate`` would change."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from bikube.app.generate import Action, Output, Step
from bikube.cli.summary import counted, wants_colour
from bikube.report.diff import Side, coloured, unified
from bikube.text import Source, printable

_NOTHING = "/dev/null"


def show_drift(
    outputs: Sequence[Output], *, diff: bool, colour: bool | None, listed: bool = True
) -> int:
    """What would change, on standard output: a line a file, or a unified diff; the exit code.

    Unless it is ``listed``, a report has the files, and only their number is said.
    """
    changes = [
        (one.folder, step)
        for one in outputs
        for step in (*one.plan.changes, *one.leftovers.changes)
    ]
    for folder, step in changes if listed else ():
        if diff:
            sys.stdout.writelines(coloured(_diff(step, folder), colour=wants_colour(colour)))
        else:
            sys.stdout.write(f"would {step.action.value} {printable(str(folder / step.path))}\n")
    if changes:
        command = "bikube generate --prune" if _has_leftovers(outputs) else "bikube generate"
        said = f'{counted(len(changes), "file")} would change; run "{command}"'
        click.echo(said, err=True)
    untracked = [one.folder / path for one in outputs for path in one.untracked]
    for place in untracked if listed else ():
        # A diff on standard output is for programs too.
        click.echo(f"untracked {printable(str(place))}", err=diff)
    if untracked:
        said = f"generated and not in git: {counted(len(untracked), 'file')}"
        click.echo(f'{said}; run "git add"', err=True)
    return int(bool(changes or untracked))


def _has_leftovers(outputs: Sequence[Output]) -> bool:
    return any(one.leftovers.changes for one in outputs)


def _diff(step: Step, folder: Path) -> Iterator[str]:
    path = (folder / step.path).as_posix()
    # What was written by an earlier version, or by a hand since then, may hold a credential.
    old, new = (
        Side(Source(path, data.decode("utf-8", "replace")), None)
        for data in (step.before, step.after)
    )
    names = (
        _NOTHING if step.action is Action.CREATE else path,
        _NOTHING if step.action is Action.DELETE else path,
    )
    return unified(old, new, names=names)
