"""Shows what changes made of specs, or would make of them."""

import os
import re
import sys
from codecs import BOM_UTF8
from collections.abc import Iterator

import click

from bikube.app.fix import Fixed, FixedSpec, Wish
from bikube.cli.output import counted
from bikube.linediff import hunks
from bikube.linting import Linted
from bikube.redaction import Redactor
from bikube.terminal import printable

_COLOURS = {"-": "31", "+": "32", "@": "36"}
_LINES = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+\Z")


def show_diffs(fixed: Fixed, *, colour: bool) -> None:
    """A unified diff of each spec that would change, on standard output."""
    for spec in fixed.specs:
        for line in _diff(spec) if spec.is_change else ():
            code = _COLOURS.get(line[:1])
            sys.stdout.write(f"\x1b[{code}m{line}\x1b[0m\n" if colour and code else f"{line}\n")


def write_to_stdout(fixed: Fixed) -> None:
    """What came from standard input, mended, on standard output, byte for byte."""
    for spec in fixed.specs:
        if spec.is_stdin:
            sys.stdout.flush()
            sys.stdout.buffer.write(spec.mended.data)
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


class _Side:
    """The lines of a spec as a diff may show them; ``mark`` is a byte order mark or nothing."""

    def __init__(self, linted: Linted, mark: str) -> None:
        self.lines = _LINES.findall(linted.source.text)
        self._mark = mark
        self._redactor = Redactor(linted.source, linted.document)

    def shown(self, at: int) -> str:
        """Line ``at``, counted from 0, without the end that every line of a diff has."""
        # Tabs control nothing, and ``patch`` wants them as they are.
        text = "\t".join(map(printable, self._redactor.hide_line(at + 1).split("\t")))
        line = self.lines[at]
        end = "\r" if line.endswith("\r\n") else ""
        end += "" if line.endswith(("\n", "\r")) else "\n\\ No newline at end of file"
        return ("" if at else self._mark) + text + end


def _diff(spec: FixedSpec) -> Iterator[str]:
    """A unified diff that ``patch`` takes, unless there is something in it that is not shown."""
    mark = "\ufeff" if spec.before.startswith(BOM_UTF8) else ""
    old, new = _Side(spec.mended.before, mark), _Side(spec.mended.linted, mark)
    name = printable(spec.mended.before.source.name.replace(os.sep, "/"))
    yield from (f"--- {name}", f"+++ {name}")
    for hunk in hunks(old.lines, new.lines):
        yield hunk.header
        for sign, at in hunk.rows:
            yield sign + (new if sign == "+" else old).shown(at)
