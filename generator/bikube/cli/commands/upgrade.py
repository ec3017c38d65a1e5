"""``bikube upgrade``."""

import os
import sys
from collections.abc import Iterator
from itertools import groupby

import click

from bikube.app.requests import CompilerChoice, RuleChoice, SpecChoice, UpgradeRequest
from bikube.app.upgrade import Outcome, upgrade_specs
from bikube.app.upgraded import Difference, UpgradedFile
from bikube.cli.codes import WRONG_USAGE
from bikube.cli.compiler_options import compiler_options
from bikube.cli.options import colour_option, rule_options, spec_options
from bikube.cli.summary import (
    counted,
    name_passed_over,
    progress_line,
    say_waiting,
    wants_colour,
)
from bikube.report.diff import Side, coloured, unified
from bikube.text import printable

_TYPES = (
    "https://github.com/Azure/bicep-types-az/blob/main/generated/iotoperations_1"
    "/microsoft.iotoperations/{}/types.md"
)


@click.command("upgrade", short_help="Take specs to another API version, and say what changes.")
@spec_options
@rule_options
@click.option(
    "--to",
    required=True,
    metavar="VERSION",
    help="The API version to go to; with latest, the newest stable one that the spec's aioVersion"
    " serves, else the newest.",
)
@click.option("--diff", is_flag=True, help="Show what would change, and write nothing.")
@click.option("--no-verify", is_flag=True, help="Do not verify, even if there is a Bicep CLI.")
@compiler_options
@colour_option
def upgrade(
    *,
    specs: SpecChoice,
    rules: RuleChoice,
    to: str,
    diff: bool,
    no_verify: bool,
    compiler: CompilerChoice,
    colour: bool | None,
) -> int:
    """Take specs to another API version, newer or older, and report what that changes for them.

    The version is set for all sections. A property that the version lacks is written as what it
    became, such as codeSigningCas; else it goes, and the report names it with its place. All other
    text stays as it is. A spec that has errors, before or after, or whose aioVersion does not
    serve the version, stays as it is: the report says what needs a person.

    Where there is a Bicep CLI, what a spec is rendered into is verified as it is and as it would
    be, and only then is the spec written; see "bikube verify".

    The report compares what Azure's types say of what each spec has. With --diff it goes to
    standard error, and so it does where a spec comes from standard input. What is generated stays
    as it is until "bikube generate" runs.

    \b
    Examples:
      bikube upgrade plants/ --to 2026-07-01 --diff
      bikube upgrade bikube.yaml --to latest

    Exit codes: 0 upgraded, 1 a spec needs a person, or a change that --diff shows, 2 wrong usage,
    unreadable files, or no Bicep CLI that answers, 3 a fault in bikube.
    """
    request = UpgradeRequest(specs, rules, to, diff, not no_verify, compiler)
    outcome = upgrade_specs(request, progress=progress_line("upgraded"), waits=say_waiting)
    _show(outcome, diff=diff, colour=wants_colour(colour))
    name_passed_over(outcome.passed_over)
    return _tell(outcome, diff=diff)


def _show(outcome: Outcome, *, diff: bool, colour: bool) -> None:
    """Writes diffs, or what came from standard input, and the report of each spec."""
    is_apart = diff or any(file.spec.path is None for file in outcome.files)
    for file in outcome.files:
        if diff and file.is_change:
            sys.stdout.writelines(coloured(_diff(file), colour=colour))
        elif file.spec.path is None:
            sys.stdout.flush()
            sys.stdout.buffer.write(file.upgraded.data)
        for line in _report(file, changed="would be" if diff else "is"):
            click.echo(line, err=is_apart)


def _tell(outcome: Outcome, *, diff: bool) -> int:
    """Says on standard error what is left to do, and gives the exit code."""
    for message in outcome.unreadable:
        click.echo(f"bikube: {printable(message)}", err=True)
    changed = [file for file in outcome.files if file.is_change]
    refused = sum(bool(file.upgraded.refusal) for file in outcome.files)
    if refused:
        click.echo(f"{counted(refused, 'spec')} not upgraded", err=True)
    if outcome.unproved and changed:
        click.echo("not verified: there is no Bicep CLI", err=True)
    written = 0 if diff else sum(file.spec.path is not None for file in changed)
    if written:
        said = f"what is generated from {counted(written, 'spec')} may be stale now"
        click.echo(f'{said}; run "bikube generate"', err=True)
    return WRONG_USAGE if outcome.unreadable else int(bool(refused or (diff and changed)))


def _report(file: UpgradedFile, *, changed: str) -> Iterator[str]:
    """What has come of one spec, in lines."""
    done, name = file.upgraded, printable(file.name)
    if done.refusal:
        yield f"{name}: stays as it is: {done.refusal}"
        yield from (f"  {printable(one)}" for one in file.wanting)
    elif file.is_change:
        proved = ", verified before and after" if file.is_proved else ""
        yield f"{name}: {changed} in API version {done.version}{proved}"
    else:
        yield f"{name}: was in API version {done.version} already"
    # What can be written now is the same for all entries.
    for (sort, path, what), group in groupby(sorted(done.differences, key=_told), key=_told):
        places = (_place(file, one) for one in group)
        at = ", ".join(sorted(set(filter(None, places)), key=_order))
        parts = (
            f"  {sort:9}  {printable(path)}",
            what and f": {printable(what)}",
            at and f" ({at})",
        )
        yield "".join(parts)
    yield from (f"  found      {printable(one)}" for one in file.found)
    if done.differences:
        yield f"  types: {_TYPES.format(done.version)}"


def _told(one: Difference) -> tuple[str, str, str]:
    section, _, *below = one.at
    path = "/".join(str(token) if isinstance(token, str) else "*" for token in (section, *below))
    return one.sort, path, one.what


def _place(file: UpgradedFile, one: Difference) -> str:
    """Where what is different stands in the spec; nowhere if it may be written now."""
    source, document = file.upgraded.before.source, file.upgraded.before.document
    if one.sort in ("added", "back") or document is None:
        return ""
    try:
        span = document.span(one.at, "key" if isinstance(one.at[-1], str) else "value")
    except (LookupError, TypeError):
        span = document.span(one.at[:-1])
    return "{}:{}".format(*source.position(span.start))


def _order(place: str) -> tuple[int, ...]:
    return tuple(map(int, place.split(":")))


def _diff(file: UpgradedFile) -> Iterator[str]:
    old, new = file.upgraded.before, file.upgraded.after
    name = file.name.replace(os.sep, "/")
    sides = (Side(one.source, one.document) for one in (old, new))
    return unified(*sides, names=(name, name))


COMMAND = upgrade
