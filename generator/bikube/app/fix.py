"""Changes specs: lints each, fixes or silences what is found, and writes what has come of it."""

from collections.abc import Sequence
from contextlib import nullcontext
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from bikube.app.lint import Outcome, Progress, lint_bytes, lint_inputs, rules_of
from bikube.app.requests import Changes, LintRequest, RuleChoice
from bikube.app.specs import Input
from bikube.errors import AccessError, UsageError
from bikube.files.locks import Waits
from bikube.files.writing import HeldFile, holding_file
from bikube.fix.rounds import Fixed, fix_spec
from bikube.lint import Linted

if TYPE_CHECKING:
    from bikube.app.baseline import Baseline
    from bikube.fix.ignores import Reason


class FixedFile(NamedTuple):
    """A spec and what its changes make of it."""

    spec: Input
    before: bytes
    fixed: Fixed

    @property
    def is_stdin(self) -> bool:
        """Whether it came from standard input."""
        return self.spec.path is None

    @property
    def is_change(self) -> bool:
        """Whether the spec changes at all."""
        return self.fixed.data != self.before


class FixOutcome(NamedTuple):
    """What is left to find, and every spec that could be read (and written, where it should be)."""

    outcome: Outcome
    files: tuple[FixedFile, ...]


def reason_from(text: str) -> "Reason":
    """The reason in ``text``, as a comment in a spec has it: ``until=DAY words``.

    Raises:
        ValueError: there is none, or the day is none; its text says so.
    """
    from bikube.fix.ignores import Reason
    from bikube.lint.directives import read_tail

    return Reason(*read_tail(text))


def fix_inputs(
    inputs: Sequence[Input],
    request: LintRequest,
    known: "Baseline | None",
    *,
    progress: Progress,
    waits: Waits,
) -> FixOutcome:
    """Lints every input after its changes, which are also written unless a diff is wanted.

    Findings that the baseline ``known`` hides need no comment. A file that cannot be written does
    not keep the others from being changed; its findings are those that it has. What came from
    standard input is written by nobody here. While another run writes to a spec, ``waits`` is told.

    Raises:
        UsageError: the day of the reason has passed.
    """
    changes = request.changes
    _refuse_the_past(changes, request.rules)
    files: list[FixedFile] = []
    unwritable: list[str] = []

    def look(spec: Input, choice: RuleChoice) -> Linted:
        path = None if changes.diff else spec.path
        spec.hold_place()
        # From reading to writing, so that nothing that another run writes is lost.
        with nullcontext() if path is None else holding_file(path, waits) as held:
            data = spec.read() if held is None else spec.held(held.read())
            file = FixedFile(spec, data, _change(spec, choice, data, changes, known))
            refusal = _write(held, file, changes)
        if refusal:
            unwritable.append(refusal)
            return file.fixed.before
        files.append(file)
        return file.fixed.linted

    outcome = lint_inputs(inputs, request.rules, progress=progress, look=look)
    outcome = outcome._replace(unreadable=(*outcome.unreadable, *unwritable))
    return FixOutcome(outcome, tuple(files))


def _write(held: HeldFile | None, file: FixedFile, changes: Changes) -> str:
    """Writes what has come of a spec, where that is a change; why that cannot be, if so."""
    if held is not None and file.is_change:
        try:
            held.replace(file.fixed.data, instead_of=file.before, changes=_named(changes))
        except AccessError as error:
            return str(error)
    return ""


def _refuse_the_past(changes: Changes, choice: RuleChoice) -> None:
    until = changes.reason.until if changes.reason is not None else None
    if until is not None and until < choice.today:
        raise UsageError(f'"until={until}" has passed; nothing would be silenced; name a later day')


def _named(changes: Changes) -> str:
    if changes.reason is None:
        return "its fixes"
    return "its fixes and comments" if changes.fixes else "its comments"


def _change(
    spec: Input, choice: RuleChoice, data: bytes, changes: Changes, known: "Baseline | None"
) -> Fixed:
    lint = partial(lint_bytes, spec, choice)
    if changes.fixes:
        fixed = fix_spec(data, lint, unsafe=changes.unsafe)
    else:
        linted = lint(data)
        fixed = Fixed(data, linted, linted)
    if changes.reason is None or fixed.refusal:
        return fixed
    # Imported here because most runs write no comments.
    from bikube.fix.ignores import ignore
    from bikube.lint.suppression import is_suppressible

    rules = rules_of(spec)
    left = fixed.linted if known is None else known.hide(fixed.linted, rules).linted
    unwanted = [one for one in left.diagnostics if is_suppressible(rules[one.rule])]
    return ignore(fixed, unwanted, changes.reason, lint)
