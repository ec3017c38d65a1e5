"""Shows what ``generate`` would change."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from bikube.app.drift import is_reformatted
from bikube.app.generate import Action, Output, Step
from bikube.cli.summary import counted, wants_colour
from bikube.report.diff import Side, coloured, unified
from bikube.text import Source, printable

_NOTHING = "/dev/null"
_LAYOUT = "only the layout differs"


class _Change(NamedTuple):
    """A file that would change; ``is_layout`` says that only its layout would."""

    folder: Path
    step: Step
    is_layout: bool

    @property
    def place(self) -> str:
        """Where it is, for people."""
        return printable(str(self.folder / self.step.path))


def show_drift(
    outputs: Sequence[Output], *, diff: bool, colour: bool | None, listed: bool = True
) -> int:
    """What would change, on standard output: a line a file, or a unified diff; the exit code.

    Unless it is ``listed``, a report has the files, and only their number is said.
    """
    changes = [
        _Change(one.folder, step, is_reformatted(step))
        for one in outputs
        for step in (*one.plan.changes, *one.leftovers.changes)
    ]
    if listed and diff:
        _show_diffs(changes, colour=colour)
    elif listed:
        _list(changes)
    if changes:
        _count(changes, outputs)
    untracked = [one.folder / path for one in outputs for path in one.untracked]
    for place in untracked if listed else ():
        # A diff on standard output is for programs too.
        click.echo(f"untracked {printable(str(place))}", err=diff)
    if untracked:
        said = f"generated and not in git: {counted(len(untracked), 'file')}"
        click.echo(f'{said}; run "git add"', err=True)
    return int(bool(changes or untracked))


def _list(changes: Iterable[_Change]) -> None:
    for change in changes:
        remark = f" ({_LAYOUT})" if change.is_layout else ""
        sys.stdout.write(f"would {change.step.action.value} {change.place}{remark}\n")


def _show_diffs(changes: Iterable[_Change], *, colour: bool | None) -> None:
    for change in changes:
        lines = _diff(change.step, change.folder)
        sys.stdout.writelines(coloured(lines, colour=wants_colour(colour)))
        if change.is_layout:
            # Standard output is a patch.
            click.echo(f"{change.place}: {_LAYOUT}", err=True)


def _count(changes: Sequence[_Change], outputs: Sequence[Output]) -> None:
    command = "bikube generate --prune" if _has_leftovers(outputs) else "bikube generate"
    click.echo(f'{counted(len(changes), "file")} would change; run "{command}"', err=True)
    rewritten = sum(change.is_layout for change in changes)
    if rewritten:
        said = f"{rewritten:,} of these differ in layout only, as a formatter leaves them"
        click.echo(f"{said}; exclude the output folder from it, as the README shows", err=True)


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
