"""``--format``: which reports a run writes, and to where."""

import io
import os
import sys
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

import click

from bikube.app.reports import write_report
from bikube.cli.summary import wants_colour
from bikube.errors import AccessError
from bikube.files.reading import STDIN
from bikube.report.run import Run, load_report, report_names
from bikube.text.terminal import printable
from bikube.text.wording import advise

DEFAULT = "text"


class Wish(NamedTuple):
    """A format, and the file that it goes to; standard output if there is none."""

    format: str
    file: str | None


def _parse(_context: click.Context, _option: click.Parameter, values: Any) -> tuple[Wish, ...]:
    wishes = tuple(_wish(value) for value in values) or (Wish(DEFAULT, None),)
    places = Counter(wish.file and os.path.realpath(wish.file) for wish in wishes)
    if places[None] > 1:
        raise click.BadParameter("one report goes to standard output; name a file, FORMAT=FILE")
    for wish in wishes:
        if wish.file is not None and places[os.path.realpath(wish.file)] > 1:
            raise click.BadParameter(f'two reports go to "{wish.file}"; name another file')
    return wishes


def _wish(value: str) -> Wish:
    name, equals, file = value.partition("=")
    if name not in report_names():
        known = ", ".join(report_names())
        advice = advise(name, report_names(), otherwise=f"known are {known}")
        raise click.BadParameter(f'unknown format "{name}"; {advice}')
    if equals and not file:
        raise click.BadParameter(f'"{value}" names no file; write {name}=FILE, or {name} alone')
    return Wish(name, file if file and file != STDIN else None)


def _complete(_context: click.Context, _option: click.Parameter, start: str) -> list[Any]:
    # Imported here because only a shell that completes needs it, and it costs start-up time.
    from click.shell_completion import CompletionItem

    return [CompletionItem(name) for name in report_names() if name.startswith(start)]


format_option = click.option(
    "--format",
    "wishes",
    multiple=True,
    metavar="FORMAT[=FILE]",
    callback=_parse,
    shell_complete=_complete,
    help=f"Write findings as {', '.join(report_names())}; may be given again, each with its own"
    f" file.  [default: {DEFAULT}]",
)


def write_reports(run: Run, wishes: Iterable[Wish], *, colour: bool | None) -> bool:
    """Writes every report, those to files first, and gives back whether all could be written."""
    done = True
    # So that a reader of standard output who goes away takes no file along.
    for wish in sorted(wishes, key=lambda wish: wish.file is None):
        report = load_report(wish.format)
        if wish.file is None:
            stream = _unfailing(wish.format)
            stream.writelines(report(run, colour=wants_colour(colour)))
            continue
        try:
            write_report(wish.file, report(run, colour=False))
        except AccessError as error:
            click.echo(f"bikube: {printable(str(error))}", err=True)
            done = False
    return done


def _unfailing(format_: str) -> Any:
    """Standard output, which takes every character; for programs it is UTF-8."""
    stream = sys.stdout
    if isinstance(stream, io.TextIOWrapper):
        encoding = stream.encoding if format_ == DEFAULT else "utf-8"
        stream.reconfigure(encoding=encoding, errors="backslashreplace")
    return stream
