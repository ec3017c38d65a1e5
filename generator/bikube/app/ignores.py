"""Writes comments into specs that silence what is found in them now."""

from collections.abc import Sequence
from typing import NamedTuple

from bikube.app.fix import overwrite
from bikube.app.lint import Choice, Outcome, lint_bytes
from bikube.app.specs import Input
from bikube.errors import AccessError, UsageError
from bikube.ignoring import Excuse, ignore_all
from bikube.linting import Linted
from bikube.ruleset import builtin_rules


class Written(NamedTuple):
    """How many findings the new comments silence, in how many specs, and why others have none."""

    findings: int
    specs: int
    unwritable: tuple[str, ...]


class _Change(NamedTuple):
    spec: Input
    data: bytes
    findings: int


def write_ignores(
    inputs: Sequence[Input], outcome: Outcome, choice: Choice, excuse: Excuse
) -> Written:
    """Silences, by comments in the specs, all that ``outcome`` shows and comments can silence.

    Nothing is written before every changed spec has been linted again: it says the same as
    before, and the comments silence what they are for.

    Raises:
        UsageError: a spec comes from standard input, or the day of ``excuse`` has passed.
    """
    if any(one.path is None for one in inputs):
        raise UsageError('"--add-ignores" writes to files; name a file instead of "-"')
    if excuse.until is not None and excuse.until < choice.today:
        raise UsageError(f'"until={excuse.until}" has passed; name a day to come')
    found = {one.source.name: one for one in outcome.linted}
    changes = [
        change
        for one in inputs
        if one.name in found and (change := _plan(one, found[one.name], choice, excuse)) is not None
    ]
    unwritable: list[str] = []
    written: list[_Change] = []
    for change in changes:
        try:
            if change.spec.path is not None:
                overwrite(change.spec.path, change.data, changes="its comments")
            written.append(change)
        except AccessError as error:
            unwritable.append(str(error))
    return Written(sum(one.findings for one in written), len(written), tuple(unwritable))


def _plan(spec: Input, linted: Linted, choice: Choice, excuse: Excuse) -> _Change | None:
    rules = spec.config.rules if spec.config is not None else builtin_rules()
    text, number = ignore_all(linted, rules, excuse)
    if not number:
        return None
    before = spec.read()
    # A byte order mark is no part of the text.
    mark = before[: len(before) - len(linted.source.text.encode())]
    data = mark + text.encode()
    after = lint_bytes(spec, choice, data)
    if mark + linted.source.text.encode() != before or not _is_silenced(linted, after, number):
        raise RuntimeError(f"the comments do not silence what they are for in {spec.name}")
    return _Change(spec, data, number)


def _is_silenced(before: Linted, after: Linted, number: int) -> bool:
    """Whether ``after`` says the same as ``before``, and ``number`` more findings are silenced."""
    if before.document is None or after.document is None:
        return False
    is_same = before.document.data == after.document.data
    return is_same and _silenced(after) >= _silenced(before) + number


def _silenced(linted: Linted) -> int:
    return sum(one.origin == "spec" for one in linted.suppressed)
