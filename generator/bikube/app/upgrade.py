"""Takes specs to another API version: lints each, edits it, lints the result, and writes it."""

from contextlib import nullcontext
from functools import partial
from typing import NamedTuple

from bikube.app.lint import Progress, chosen_rules, lint_bytes, lint_inputs, rules_of
from bikube.app.requests import RuleChoice, SpecChoice
from bikube.app.specs import Input, select
from bikube.errors import AccessError
from bikube.files import PassedOver
from bikube.files.locks import Waits
from bikube.files.writing import HeldFile, holding_file
from bikube.lint import Linted
from bikube.report import Run
from bikube.upgrade import Difference, Upgraded, target_version, upgrade_spec

__all__ = ["Difference", "Outcome", "UpgradedFile", "upgrade_specs"]


class UpgradedFile(NamedTuple):
    """A spec, and what has come of it; ``wanting`` has what a person must see to, as it is shown.

    Each of these begins with its place where the spec has one.
    """

    spec: Input
    upgraded: Upgraded
    wanting: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The spec's name."""
        return self.upgraded.before.source.name

    @property
    def is_change(self) -> bool:
        """Whether the spec changes at all."""
        done = self.upgraded
        return not done.refusal and done.after.source.text != done.before.source.text


class Outcome(NamedTuple):
    """Every spec that could be read and written, and why others could not."""

    files: tuple[UpgradedFile, ...]
    unreadable: tuple[str, ...]
    passed_over: tuple[PassedOver, ...] = ()


def upgrade_specs(
    choice: SpecChoice, rules: RuleChoice, to: str, *, diff: bool, told: tuple[Progress, Waits]
) -> Outcome:
    """Takes the specs of ``choice`` to the API version ``to``; with ``diff`` nothing is written.

    A spec that cannot go there stays as it is, and the others go on. What came from standard input
    is written by nobody here. ``told`` are what hears of progress, and of other runs that write.

    Raises:
        UsageError: there are no such specs, no such version, or a configuration is malformed.
        AccessError: a configuration cannot be read.
    """
    target_version(to)
    selection = select(choice)
    rules = chosen_rules(rules, selection.inputs)
    progress, waits = told
    files: list[UpgradedFile] = []
    unwritable: list[str] = []

    def look(spec: Input, rules: RuleChoice) -> Linted:
        path = None if diff else spec.path
        spec.hold_place()
        # From reading to writing, so that nothing that another run writes is lost.
        with nullcontext() if path is None else holding_file(path, waits) as held:
            data = spec.read() if held is None else spec.held(held.read())
            done = upgrade_spec(data, partial(lint_bytes, spec, rules), to)
            file = UpgradedFile(spec, done, _wanting(spec, done))
            refusal = _write(held, file)
        if refusal:
            unwritable.append(refusal)
        else:
            files.append(file)
        return done.before

    outcome = lint_inputs(selection.inputs, rules, progress=progress, look=look)
    unreadable = (*outcome.unreadable, *unwritable)
    return Outcome(tuple(files), unreadable, selection.passed_over)


def _write(held: HeldFile | None, file: UpgradedFile) -> str:
    """Writes what has come of a spec, where that is a change; why that cannot be, if so."""
    if held is not None and file.is_change:
        try:
            held.replace(file.upgraded.data, changes="its new version and what comes of it")
        except AccessError as error:
            return str(error)
    return ""


def _wanting(spec: Input, done: Upgraded) -> tuple[str, ...]:
    """What is wrong and keeps the spec from being upgraded, without credentials."""
    if not done.wanting:
        return ()
    linted = done.after._replace(diagnostics=done.wanting)
    document = done.before.document
    said = []
    for finding, one in zip(Run((linted,), rules_of(spec)).findings, done.wanting, strict=True):
        pointer, place = one.pointer, ""
        if document is None:
            # What cannot be read is as it was, so the place is one in the spec.
            place = f"{finding.start.line}:{finding.start.column}: "
        while document is not None and pointer:
            try:
                line, column = done.before.source.position(document.span(pointer).start)
                place = f"{line}:{column}: "
                break
            except (LookupError, TypeError):
                # It is there in the new version only: what holds it is the nearest.
                pointer = pointer[:-1]
        said.append(f"{place}{finding.text} [{finding.rule}]")
    return tuple(said)
