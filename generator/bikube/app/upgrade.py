"""Takes specs to another API version: lints each, edits it, lints the result, and writes it."""

from contextlib import nullcontext
from functools import partial
from typing import NamedTuple

from bikube.app.lint import Progress, chosen_rules, lint_bytes, lint_inputs
from bikube.app.requests import RuleChoice, UpgradeRequest
from bikube.app.specs import Input, select
from bikube.app.upgrade_proof import Prover, proving
from bikube.app.upgraded import UpgradedFile, shown
from bikube.errors import AccessError
from bikube.files import PassedOver
from bikube.files.locks import Waits
from bikube.files.writing import HeldFile, holding_file
from bikube.lint import Linted
from bikube.upgrade import target_version, upgrade_spec

__all__ = ["Outcome", "upgrade_specs"]


class Outcome(NamedTuple):
    """Every spec that could be read and written, and why others could not.

    With ``unproved`` nothing could be verified, though it should have been.
    """

    files: tuple[UpgradedFile, ...]
    unreadable: tuple[str, ...]
    passed_over: tuple[PassedOver, ...] = ()
    unproved: bool = False


def upgrade_specs(request: UpgradeRequest, *, progress: Progress, waits: Waits) -> Outcome:
    """Takes specs to another API version.

    A spec that cannot go there stays as it is, and so does one that changes meanwhile or is not to
    be written; the others go on. What came from standard input is written by nobody here. While
    another run writes to a spec, ``waits`` is told.

    Raises:
        UsageError: there are no such specs, no such version, or no such Bicep CLI as is named; or
            a configuration is malformed.
        AccessError: a configuration cannot be read.
    """
    target_version(request.to)
    selection = select(request.specs)
    rules = chosen_rules(request.rules, selection.inputs)
    files: list[UpgradedFile] = []
    unwritable: list[str] = []

    def look(spec: Input, rules: RuleChoice) -> Linted:
        path = None if request.diff else spec.path
        spec.hold_place()
        # From reading to writing, so that nothing that another run writes is lost.
        with nullcontext() if path is None else holding_file(path, waits) as held:
            data = spec.read() if held is None else spec.held(held.read())
            file = _upgraded(spec, rules, data, request.to, prover)
            refusal = _write(held, data, file)
        if refusal:
            unwritable.append(refusal)
        else:
            files.append(file)
        return file.upgraded.before

    with proving(request) as prover:
        outcome = lint_inputs(selection.inputs, rules, progress=progress, look=look)
    unreadable = (*outcome.unreadable, *unwritable, *prover.faults)
    unproved = request.verify and not prover.is_there
    return Outcome(tuple(files), unreadable, selection.passed_over, unproved)


def _upgraded(spec: Input, rules: RuleChoice, data: bytes, to: str, prover: Prover) -> UpgradedFile:
    """What comes of ``data``, which is as it was where what it is rendered into is not proved."""
    done = upgrade_spec(data, partial(lint_bytes, spec, rules), to)
    file = shown(spec, done)
    if not file.is_change or not prover.is_there:
        return file
    refusal, wanting = prover.prove(spec, rules, done)
    if not refusal:
        return file._replace(is_proved=True)
    done = done._replace(data=data, refusal=refusal)
    return file._replace(upgraded=done, wanting=wanting, found=())


def _write(held: HeldFile | None, data: bytes, file: UpgradedFile) -> str:
    """Writes what has come of a spec, where that is a change; why that cannot be, if so."""
    if held is not None and file.is_change:
        changes = "its new version and what comes of it"
        try:
            held.replace(file.upgraded.data, instead_of=data, changes=changes)
        except AccessError as error:
            return str(error)
    return ""
