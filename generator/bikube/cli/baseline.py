"""The options of ``lint`` that write and use a baseline."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click

from bikube.app.files import read
from bikube.app.lint import Outcome
from bikube.config import Config
from bikube.reporting import Context, Run

Command = TypeVar("Command", bound=Callable[..., Any])

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
)


class Wished(NamedTuple):
    """The baseline to use, and the one to write."""

    use: Path | None
    write: Path | None


def baseline_options(command: Command) -> Command:
    """Adds the options; see ``wished_baseline``."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def wished_baseline(options: dict[str, Any]) -> Wished:
    """What the ``options`` of a command wish; takes its part out of them."""
    return Wished(options.pop("baseline"), options.pop("write_baseline"))


def against_baseline(
    outcome: Outcome, context: Context, wished: Wished, config: Config | None
) -> tuple[Run, Outcome]:
    """The run to report, and its outcome, without what the baseline hides.

    Raises:
        UsageError: the baseline is malformed.
        AccessError: it cannot be read or written.
    """
    run = Run(outcome.linted, outcome.rules, context=context)
    path = wished.write or wished.use
    if path is None and config is not None and config.baseline is not None:
        path = config.resolve(config.baseline)
    if path is None:
        return run, outcome
    # Imported here because most runs have no baseline.
    from bikube.app.outputs import write_whole
    from bikube.baseline import baseline_text, hide, parse_baseline

    if wished.write is not None:
        write_whole(path, baseline_text(run).encode())
    linted, number, stale = hide(run, outcome.linted, parse_baseline(str(path), read(path)))
    if stale:
        found = f"{len(stale):,} of the entries in {path} fit nothing any more"
        click.echo(f"bikube: {found}; write it anew with --write-baseline", err=True)
    outcome = outcome._replace(linted=linted)
    return Run(linted, outcome.rules, suppressed=number, context=context), outcome
