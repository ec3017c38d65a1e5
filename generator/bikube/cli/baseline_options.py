"""The options that use, write and prune a baseline."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from bikube.app.lint import Choice, Outcome
from bikube.cli.summary import counted
from bikube.config.model import Config
from bikube.errors import UsageError
from bikube.lint.engine import Linted
from bikube.rules.rule import Ruleset
from bikube.text.terminal import printable

if TYPE_CHECKING:
    from bikube.app.baseline import Baseline, Change

Command = TypeVar("Command", bound=Callable[..., Any])

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


class Wished(NamedTuple):
    """The baseline to use, whether to use none, the one to write, and whether to prune it."""

    use: Path | None = None
    none: bool = False
    write: Path | None = None
    prune: bool = False


def baseline_options(command: Command) -> Command:
    """Adds the options that use a baseline; see ``wished_baseline``."""
    return _with(_USE, command)


def baseline_writing_options(command: Command) -> Command:
    """Adds the options that use, write and prune a baseline; see ``wished_baseline``."""
    return _with((*_USE, *_WRITE), command)


def _with(options: Sequence[Callable[[Command], Command]], command: Command) -> Command:
    for option in reversed(options):
        command = option(command)
    return command


def wished_baseline(options: dict[str, Any]) -> Wished:
    """What the ``options`` of a command wish; takes its part out of them.

    Raises:
        UsageError: the wishes contradict each other.
    """
    wished = Wished(
        options.pop("baseline"),
        options.pop("no_baseline"),
        options.pop("write_baseline", None),
        options.pop("prune_baseline", False),
    )
    if wished.write is not None and (wished.use is not None or wished.prune):
        raise UsageError(
            '"--write-baseline" also uses and prunes what it writes; leave out the other options'
        )
    if wished.none and (wished.use is not None or wished.write is not None or wished.prune):
        raise UsageError('"--no-baseline" uses none; leave it out to use, write or prune one')
    return wished


class Against(NamedTuple):
    """The baseline of a run, if it has one, what is wished of it, and the rules of the run."""

    baseline: "Baseline | None"
    wished: Wished
    choice: Choice

    @property
    def hide_in(self) -> Callable[[Linted, Ruleset], Linted]:
        """Takes from specs, one by one, what the baseline hides."""
        if self.baseline is None:
            return lambda linted, _rules: linted
        from bikube.app.baseline import hider

        return hider(self.baseline)

    def hide(self, outcome: Outcome) -> Outcome:
        """``outcome`` without what the baseline hides."""
        if self.baseline is None:
            return outcome
        from bikube.app.baseline import compare

        return compare(outcome, self.baseline, self.choice).outcome

    def apply(self, outcome: Outcome) -> Outcome:
        """As ``hide``, after the baseline is written if that is wished.

        Raises:
            AccessError: it cannot be written.
        """
        if self.baseline is None:
            return outcome
        from bikube.app.baseline import compare, pruned, renewed, save

        baseline = self.baseline
        if self.wished.write is not None:
            baseline = renewed(outcome, baseline, self.choice)
            _say(baseline.path, save(self.baseline, baseline))
        outcome, stale = compare(outcome, baseline, self.choice)
        if self.wished.prune:
            _say(baseline.path, save(baseline, pruned(baseline, stale)))
        elif stale:
            lines = [f"{one.file}: {one.rule} {one.pointer}" for one in stale]
            _say_stale(baseline.path, lines)
        return outcome

    def root(self, config: Config | None) -> str:
        """The folder from which the run's fingerprints name files.

        With a baseline it is the baseline's, so that a finding has one fingerprint everywhere.
        """
        if self.baseline is not None:
            return self.baseline.root
        return str(config.root) if config is not None else os.curdir


def against(wished: Wished, config: Config | None, choice: Choice) -> Against:
    """The baseline that is wished, else the configuration's, read before anything is changed.

    Raises:
        UsageError: the baseline is malformed, or one is to be pruned, and there is none.
        AccessError: it cannot be read.
    """
    path = wished.write or wished.use
    if path is None and config is not None and config.baseline is not None and not wished.none:
        path = config.resolve(config.baseline)
    if path is None and wished.prune:
        raise UsageError('"--prune-baseline" prunes a baseline; name it with "--baseline"')
    if path is None:
        return Against(None, wished, choice)
    # Imported here because most runs have no baseline.
    from bikube.app.baseline import load

    return Against(load(path, may_be_missing=wished.write is not None), wished, choice)


def _say(path: Path, change: "Change") -> None:
    entries, new, gone = change
    said = f"{counted(entries, 'finding')}, {new:,} new, {gone:,} gone"
    click.echo(f"{printable(str(path))}: {said}", err=True)


def _say_stale(path: Path, stale: list[str]) -> None:
    found = f"{len(stale):,} of the entries in {printable(str(path))} fit nothing any more"
    click.echo(f"bikube: {found}; drop them with --prune-baseline", err=True)
    for line in stale[:_MOST]:
        click.echo(f"  {printable(line)}", err=True)
    if len(stale) > _MOST:
        click.echo(f"  and {len(stale) - _MOST:,} more", err=True)
