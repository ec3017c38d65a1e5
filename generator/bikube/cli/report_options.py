"""``--format``: which reports a run writes, and to where."""

import io
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, NamedTuple

import click

from bikube.app.reports import write_report
from bikube.app.requests import STDIN
from bikube.cli.options import Command, with_options
from bikube.cli.summary import wants_colour, wants_links
from bikube.errors import AccessError, UsageError
from bikube.report import Run, load_report, report_names
from bikube.text import advise, printable

DEFAULT = "text"
_STATISTICS = "statistics"
_ON_TERMINALS = (DEFAULT, "concise", _STATISTICS)
_LISTS = (DEFAULT, "concise", "github")
"""Formats in which people are shown findings one by one."""


class ReportTo(NamedTuple):
    """A format, and the file that it goes to; standard output if there is none."""

    format: str
    file: str | None

    @property
    def is_list(self) -> bool:
        """Whether people read it, for whom it leaves out hints."""
        return self.format in _LISTS


def _parse(_context: click.Context, _option: click.Parameter, values: Any) -> tuple[ReportTo, ...]:
    reports = tuple(_report_to(value) for value in values)
    places = Counter(one.file and os.path.realpath(one.file) for one in reports)
    if places[None] > 1:
        raise click.BadParameter("one report goes to standard output; name a file, FORMAT=FILE")
    for one in reports:
        if one.file is not None and places[os.path.realpath(one.file)] > 1:
            raise click.BadParameter(f'two reports go to "{one.file}"; name another file')
    return reports


def _report_to(value: str) -> ReportTo:
    name, equals, file = value.partition("=")
    if name not in report_names():
        known = ", ".join(report_names())
        advice = advise(name, report_names(), otherwise=f"known are {known}")
        raise click.BadParameter(f'unknown format "{name}"; {advice}')
    if equals and not file:
        raise click.BadParameter(f'"{value}" names no file; write {name}=FILE, or {name} alone')
    return ReportTo(name, file if file and file != STDIN else None)


def _complete(_context: click.Context, _option: click.Parameter, start: str) -> list[Any]:
    # Imported here because only a shell that completes needs it, and it costs start-up time.
    from click.shell_completion import CompletionItem

    return [CompletionItem(name) for name in report_names() if name.startswith(start)]


def _format_option(text: str) -> Callable[[Command], Command]:
    """The option that chooses reports, with the help ``text``."""
    return click.option(
        "--format",
        "reports",
        multiple=True,
        metavar="FORMAT[=FILE]",
        callback=_parse,
        shell_complete=_complete,
        help=text,
    )


_OPTIONS = (
    _format_option(
        f"Write findings as {', '.join(report_names())}; may be given again, each with its own"
        f" file.  [default: {DEFAULT}]"
    ),
    click.option(
        "--statistics",
        is_flag=True,
        help="Count findings by rule, [*] where --fix mends some; as --format statistics does.",
    ),
)


def report_options(command: Command) -> Command:
    """Adds what chooses reports; ``command`` gets them as ``reports``, never none.

    Raises, when it is called:
        UsageError: statistics and another report are to go to standard output.
    """

    @wraps(command)
    def build(*, reports: tuple[ReportTo, ...], statistics: bool, **others: Any) -> int:
        if statistics:
            if any(one.file is None for one in reports):
                raise UsageError(
                    '"--statistics" goes to standard output, and another report, too; name a file'
                    " for that, FORMAT=FILE"
                )
            reports = (*reports, ReportTo(_STATISTICS, None))
        return command(reports=reports or (ReportTo(DEFAULT, None),), **others)

    return with_options(_OPTIONS, build)


drift_report_options = _format_option(
    f"With --check: write drift and findings as {', '.join(report_names())}; may be given"
    " again, each with its own file."
)


def write_reports(run: Run, reports: Iterable[ReportTo], *, colour: bool | None) -> bool:
    """Writes every report, those to files first, and gives back whether all could be written."""
    done = True
    # So that a reader of standard output who goes away takes no file along.
    for one in sorted(reports, key=lambda one: one.file is None):
        report = load_report(one.format)
        if one.file is None:
            stream = _unfailing(one.format)
            shown = run.linked() if wants_links(colour) else run
            stream.writelines(report(shown, colour=wants_colour(colour)))
            continue
        try:
            write_report(one.file, report(run, colour=False))
        except AccessError as error:
            click.echo(f"bikube: {printable(str(error))}", err=True)
            done = False
    return done


def _unfailing(format_: str) -> Any:
    """Standard output, which takes every character; for programs it is UTF-8."""
    stream = sys.stdout
    if isinstance(stream, io.TextIOWrapper):
        encoding = stream.encoding if format_ in _ON_TERMINALS else "utf-8"
        stream.reconfigure(encoding=encoding, errors="backslashreplace")
    return stream
