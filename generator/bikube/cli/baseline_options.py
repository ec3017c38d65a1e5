"""The options that use, write and prune a baseline, and what is said of it."""

from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bikube.app.requests import BaselineChoice
from bikube.cli.options import Command, with_options
from bikube.cli.summary import counted
from bikube.errors import UsageError
from bikube.text import printable

if TYPE_CHECKING:
    from bikube.app.baseline import BaselineNews

_MOST = 10
"""How many stale entries are named."""

_USE = (
    click.option(
        "--baseline",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Hide the findings that are in this baseline; else the configuration's.",
    ),
    click.option(
        "--no-baseline", is_flag=True, help="Show what the configuration's baseline hides."
    ),
)
_WRITE = (
    click.option(
        "--write-baseline",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Write all that is found now to a baseline, and hide it.",
    ),
    click.option(
        "--prune-baseline",
        is_flag=True,
        help="Drop the entries of the baseline that fit nothing any more; add none.",
    ),
)


def baseline_options(command: Command) -> Command:
    """Adds what uses a baseline; ``command`` gets it as ``baseline``, a ``BaselineChoice``."""

    @wraps(command)
    def build(*, baseline: Path | None, no_baseline: bool, **others: Any) -> int:
        return command(baseline=_chosen(baseline, no_baseline), **others)

    return with_options(_USE, build)


def baseline_writing_options(command: Command) -> Command:
    """Adds what uses, writes and prunes a baseline; see ``baseline_options``."""

    @wraps(command)
    def build(
        *,
        baseline: Path | None,
        no_baseline: bool,
        write_baseline: Path | None,
        prune_baseline: bool,
        **others: Any,
    ) -> int:
        chosen = _chosen(baseline, no_baseline, write_baseline, prune=prune_baseline)
        return command(baseline=chosen, **others)

    return with_options((*_USE, *_WRITE), build)


def _chosen(
    use: Path | None, none: bool, write: Path | None = None, *, prune: bool = False
) -> BaselineChoice:
    if write is not None and (use is not None or prune):
        raise UsageError(
            '"--write-baseline" also uses and prunes what it writes; leave out the other options'
        )
    if none and (use is not None or write is not None or prune):
        raise UsageError('"--no-baseline" uses none; leave it out to use, write or prune one')
    return BaselineChoice(use, none, write, prune)


def tell_baseline(news: "BaselineNews") -> None:
    """Says on standard error how a baseline was changed, or what in it fits nothing any more."""
    path = printable(str(news.path))
    if news.refusal:
        click.echo(f"bikube: {printable(news.refusal)}", err=True)
    elif news.change is not None:
        entries, new, gone = news.change
        said = f"{counted(entries, 'finding')}, {new:,} new, {gone:,} gone"
        click.echo(f"{path}: {said}", err=True)
    elif news.stale:
        found = f"{len(news.stale):,} of the entries in {path} fit nothing any more"
        click.echo(f"bikube: {found}; drop them with --prune-baseline", err=True)
        for one in news.stale[:_MOST]:
            click.echo(f"  {printable(f'{one.file}: {one.rule} {one.pointer}')}", err=True)
        if len(news.stale) > _MOST:
            click.echo(f"  and {len(news.stale) - _MOST:,} more", err=True)
