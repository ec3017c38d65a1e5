"""Shows what changes made of specs, or would make of them."""

import os
import sys
from codecs import BOM_UTF8
from collections.abc import Iterator
from shutil import copyfileobj

import click

from bikube.app.fix import Fixed, FixedSpec, Wish
from bikube.cli.summary import counted
from bikube.report.diff import Side, unified, write_diff
from bikube.text.terminal import printable


def show_diffs(fixed: Fixed, *, colour: bool) -> None:
    """A unified diff of each spec that would change, on standard output."""
    for spec in fixed.specs:
        if spec.is_change:
            write_diff(_diff(spec), colour=colour)


def write_to_stdout(fixed: Fixed, *, untouched: bool) -> None:
    """What came from standard input, mended or ``untouched``, on standard output."""
    if untouched:
        copyfileobj(sys.stdin.buffer, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    for spec in fixed.specs:
        if spec.is_stdin:
            sys.stdout.flush()
            sys.stdout.buffer.write(spec.mended.data)
            # Of what is too large, the rest was not read yet.
            copyfileobj(sys.stdin.buffer, sys.stdout.buffer)
            sys.stdout.buffer.flush()


def say_what_was_done(fixed: Fixed, wish: Wish) -> None:
    """On standard error, how much was done in how many specs, and what could not be."""
    for spec in fixed.specs:
        if spec.mended.refusal:
            name = printable(spec.mended.before.source.name)
            message = f"{name}: {spec.mended.refusal}; it stays as it is; mend it by hand"
            click.echo(f"bikube: {message}", err=True)
    if wish.fix:
        _say("fixed" if wish.write else "would fix", [one.mended.fixed for one in fixed.specs])
    if wish.excuse is not None:
        verb = "ignored" if wish.write else "would ignore"
        _say(verb, [one.mended.ignored for one in fixed.specs])


def _say(verb: str, numbers: list[int]) -> None:
    specs = sum(number > 0 for number in numbers)
    click.echo(f"{verb} {counted(sum(numbers), 'finding')} in {counted(specs, 'spec')}", err=True)


def _diff(spec: FixedSpec) -> Iterator[str]:
    mark = "\ufeff" if spec.before.startswith(BOM_UTF8) else ""
    old, new = spec.mended.before, spec.mended.linted
    name = old.source.name.replace(os.sep, "/")
    sides = (Side(one.source, one.document, mark=mark) for one in (old, new))
    return unified(*sides, names=(name, name))
