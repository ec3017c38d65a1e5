"""The options of ``lint`` that write and use a baseline."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click

from bikube.app.lint import Choice, Outcome
from bikube.cli.output import counted
from bikube.config import Config
from bikube.errors import UsageError
from bikube.terminal import printable

Command = TypeVar("Command", bound=Callable[..., Any])

_MOST = 10
"""How many stale entries are named."""

_OPTIONS = (
    click.option(
        "--baseline",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Hide the findings that are in this baseline; else the configuration's.",
    ),
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


class Wished(NamedTuple):
    """The baseline to use, the one to write, and whether to drop what fits nothing any more."""

    use: Path | None = None
    write: Path | None = None
    prune: bool = False


def baseline_options(command: Command) -> Command:
    """Adds the options; see ``wished_baseline``."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def wished_baseline(options: dict[str, Any]) -> Wished:
    """What the ``options`` of a command wish; takes its part out of them.

    Raises:
        UsageError: the wishes contradict each other.
    """
    use, write, prune = (
        options.pop(name) for name in ("baseline", "write_baseline", "prune_baseline")
    )
    if write is not None and (use is not None or prune):
        raise UsageError(
            '"--write-baseline" names the baseline and leaves nothing to prune; give it alone'
        )
    return Wished(use, write, prune)


def baseline_path(wished: Wished, config: Config | None) -> Path | None:
    """The baseline of a run, if it has one: the one that is wished, else the configuration's.

    Raises:
        UsageError: a baseline is to be pruned, and there is none.
    """
    path = wished.write or wished.use
    if path is None and config is not None and config.baseline is not None:
        path = config.resolve(config.baseline)
    if path is None and wished.prune:
        raise UsageError('"--prune-baseline" prunes a baseline; name it with "--baseline"')
    return path


class Against(NamedTuple):
    """The baseline of a run, if it has one, what is wished of it, and the rules of the run."""

    path: Path | None
    wished: Wished
    choice: Choice

    def hide(self, outcome: Outcome) -> Outcome:
        """``outcome`` without what the baseline hides; raises as ``apply``."""
        if self.path is None:
            return outcome
        # Imported here because most runs have no baseline.
        from bikube.app.baseline import compare

        return compare(outcome, self.path, self.choice).outcome

    def apply(self, outcome: Outcome) -> Outcome:
        """``outcome`` without what the baseline hides, which is written before if that is wished.

        Raises:
            UsageError: the baseline is malformed.
            AccessError: it cannot be read or written.
        """
        if self.path is None:
            return outcome
        from bikube.app.baseline import compare, prune, write

        if self.wished.write is not None:
            _say(self.path, *write(outcome, self.path, self.choice))
        comparison = compare(outcome, self.path, self.choice)
        if self.wished.prune:
            _say(self.path, *prune(comparison, self.path))
        elif comparison.stale:
            stale = [f"{one.file}: {one.rule} {one.pointer}" for one in comparison.stale]
            _say_stale(self.path, stale)
        return comparison.outcome

    def root(self, config: Config | None) -> str:
        """The folder from which the run's fingerprints name files.

        With a baseline it is the baseline's, so that a finding has one fingerprint everywhere.
        """
        if self.path is not None:
            return str(self.path.parent)
        return str(config.root) if config is not None else os.curdir


def _say(path: Path, entries: int, new: int, gone: int) -> None:
    click.echo(f"{path}: {counted(entries, 'finding')}, {new:,} new, {gone:,} gone", err=True)


def _say_stale(path: Path, stale: list[str]) -> None:
    found = f"{len(stale):,} of the entries in {path} fit nothing any more"
    click.echo(f"bikube: {found}; drop them with --prune-baseline", err=True)
    for line in stale[:_MOST]:
        click.echo(f"  {printable(line)}", err=True)
    if len(stale) > _MOST:
        click.echo(f"  and {len(stale) - _MOST:,} more", err=True)
