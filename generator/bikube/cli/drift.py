"""Shows what ``generate`` would change."""

import sys
from collections.abc import Iterator
from pathlib import Path

from bikube.output.plan import Action, Plan, Step
from bikube.text.source import Source
from bikube.text.terminal import printable

_NOTHING = "/dev/null"


def show_check(plan: Plan, folder: Path) -> None:
    """One line on standard output for each file that would change."""
    for step in plan.changes:
        sys.stdout.write(f"would {step.action.value} {printable(str(folder / step.path))}\n")


def show_diff(plan: Plan, folder: Path, *, colour: bool) -> None:
    """A unified diff of each file that would change, on standard output."""
    # Imported here because only this needs it, and it costs start-up time.
    from bikube.report.diff import write_diff

    for step in plan.changes:
        write_diff(_diff(step, folder), colour=colour)


def _diff(step: Step, folder: Path) -> Iterator[str]:
    from bikube.report.diff import Side, unified

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
