"""Shows what ``generate`` would change."""

import sys
from collections.abc import Iterator
from pathlib import Path

from bikube.planning import Action, Plan, Step
from bikube.terminal import printable

_COLOURS = {"-": "31", "+": "32", "@": "36"}


def show_check(plan: Plan, folder: Path) -> None:
    """One line on standard output for each file that would change."""
    for step in plan.changes:
        sys.stdout.write(f"would {step.action.value} {folder / step.path}\n")


def show_diff(plan: Plan, folder: Path, *, colour: bool) -> None:
    """A unified diff of each file that would change, on standard output."""
    for step in plan.changes:
        for line in _diff(step, folder):
            code = _COLOURS.get(line[:1])
            sys.stdout.write(f"\x1b[{code}m{line}\x1b[0m\n" if colour and code else f"{line}\n")


def _diff(step: Step, folder: Path) -> Iterator[str]:
    # Imported here because only this needs it, and it costs start-up time.
    from difflib import unified_diff

    path = (folder / step.path).as_posix()
    lines = unified_diff(
        step.before.decode("utf-8", "replace").splitlines(),
        step.after.decode("utf-8", "replace").splitlines(),
        fromfile="/dev/null" if step.action is Action.CREATE else path,
        tofile="/dev/null" if step.action is Action.DELETE else path,
        lineterm="",
    )
    return (printable(line) for line in lines)
