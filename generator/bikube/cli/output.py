"""What all commands say on a terminal."""

import os
import sys

import click

from bikube.diagnostics import Severity
from bikube.reporting import Run


def wants_colour(chosen: bool | None) -> bool:
    """Whether to write colours: as chosen, else only on a terminal without ``NO_COLOR``."""
    if chosen is not None:
        return chosen
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def counted(number: int, noun: str) -> str:
    """``number`` with ``noun`` in its right form."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def summarise(run: Run) -> None:
    """Says on standard error how much was found."""
    found = [
        counted(run.count(severity), severity.label)
        for severity in sorted(Severity, reverse=True)
        if run.count(severity)
    ]
    click.echo(f"{', '.join(found) or 'no findings'} in {counted(run.files, 'spec')}", err=True)
