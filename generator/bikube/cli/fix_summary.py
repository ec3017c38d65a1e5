"""Shows what changes made of specs, or would make of them."""

import os
import sys
from collections.abc import Iterator, Sequence
from shutil import copyfileobj

import click

from bikube.app.fix import FixedFile
from bikube.app.lint import LintResult
from bikube.app.requests import Changes
from bikube.cli.summary import counted, wants_colour
from bikube.report.diff import Side, coloured, unified
from bikube.text import printable


def show_changes(result: LintResult, changes: Changes, *, colour: bool | None) -> None:
    """Diffs or changed specs on standard output, and on standard error what was done."""
    if changes.diff:
        _show_diffs(result.fixed, colour=wants_colour(colour))
    else:
        _write_to_stdout(result.fixed, untouched=result.spares_stdin)
    for file in result.fixed:
        if file.fixed.refusal:
            said = f"{file.fixed.before.source.name}: {file.fixed.refusal}"
            message = f"{printable(said)}; it stays as it is; fix it by hand"
            click.echo(f"bikube: {message}", err=True)
    if changes.fixes:
        verb = "would fix" if changes.diff else "fixed"
        _say(verb, [sum(one.fixed.fixed.values()) for one in result.fixed])
        _say_rules(result.fixed)
    if changes.reason is not None:
        verb = "would ignore" if changes.diff else "ignored"
        _say(verb, [one.fixed.ignored for one in result.fixed])


def _show_diffs(files: Sequence[FixedFile], *, colour: bool) -> None:
    for file in files:
        if file.is_change:
            sys.stdout.writelines(coloured(_diff(file), colour=colour))


def _write_to_stdout(files: Sequence[FixedFile], *, untouched: bool) -> None:
    """What came from standard input, changed or ``untouched``."""
    if untouched:
        copyfileobj(sys.stdin.buffer, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    for file in files:
        if file.is_stdin:
            sys.stdout.flush()
            sys.stdout.buffer.write(file.fixed.data)
            # Of what is too large, the rest was not read yet.
            copyfileobj(sys.stdin.buffer, sys.stdout.buffer)
            sys.stdout.buffer.flush()


def _say(verb: str, numbers: list[int]) -> None:
    specs = sum(number > 0 for number in numbers)
    click.echo(f"{verb} {counted(sum(numbers), 'finding')} in {counted(specs, 'spec')}", err=True)


def _say_rules(files: Sequence[FixedFile]) -> None:
    """Of which rules findings were fixed, a line a spec."""
    for file in files:
        if file.fixed.fixed:
            rules = ", ".join(
                f"{count:,} {rule}" for rule, count in sorted(file.fixed.fixed.items())
            )
            click.echo(f"  {printable(file.fixed.before.source.name)}: {rules}", err=True)


def _diff(file: FixedFile) -> Iterator[str]:
    old, new = file.fixed.before, file.fixed.linted
    name = old.source.name.replace(os.sep, "/")
    sides = (Side(one.source, one.document) for one in (old, new))
    return unified(*sides, names=(name, name))
