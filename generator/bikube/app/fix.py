"""Changes specs: lints each, fixes or silences what is found, and writes what has come of it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from bikube.app.lint import Choice, Outcome, Progress, lint_bytes, lint_inputs, rules_of
from bikube.app.specs import Input
from bikube.errors import AccessError, UsageError
from bikube.files.writing import overwrite
from bikube.fix.rounds import Mended, mend
from bikube.lint.engine import Linted
from bikube.rules.rule import Ruleset

if TYPE_CHECKING:
    from bikube.fix.ignores import Excuse

Hide = Callable[[Linted, Ruleset], Linted]
"""A spec without the findings that a baseline hides."""


class Wish(NamedTuple):
    """What is to be done: to fix findings, ``unsafe`` ones too; to silence those that are left.

    Findings that ``hide`` takes away need no comment. Without ``write`` no file is changed.
    """

    fix: bool
    unsafe: bool
    excuse: "Excuse | None"
    hide: Hide
    write: bool


class FixedSpec(NamedTuple):
    """A spec and what its changes make of it."""

    spec: Input
    before: bytes
    mended: Mended

    @property
    def is_stdin(self) -> bool:
        """Whether it came from standard input."""
        return self.spec.path is None

    @property
    def is_change(self) -> bool:
        """Whether the spec changes at all."""
        return self.mended.data != self.before


class Fixed(NamedTuple):
    """What is left to find, and every spec that could be read (and written, where it should be)."""

    outcome: Outcome
    specs: tuple[FixedSpec, ...]


def fix_inputs(inputs: Sequence[Input], choice: Choice, wish: Wish, *, progress: Progress) -> Fixed:
    """Lints every input after its changes, which are also written if that is wished.

    A file that cannot be written does not keep the others from being changed; its findings are
    those that it has. What came from standard input is written by nobody here.

    Raises:
        UsageError: ``choice`` names a rule that there is not, or ignores a structural one; or the
            day of the excuse has passed.
    """
    until = wish.excuse.until if wish.excuse is not None else None
    if until is not None and until < choice.today:
        raise UsageError(f'"until={until}" has passed; nothing would be silenced; name a later day')
    specs: list[FixedSpec] = []
    unwritable: list[str] = []

    def look(spec: Input, choice: Choice) -> Linted:
        data = spec.read()
        fixed = FixedSpec(spec, data, _change(spec, choice, data, wish))
        if wish.write and fixed.is_change and spec.path is not None:
            try:
                overwrite(spec.path, fixed.mended.data, changes=_named(wish))
            except AccessError as error:
                unwritable.append(str(error))
                return fixed.mended.before
        specs.append(fixed)
        return fixed.mended.linted

    outcome = lint_inputs(inputs, choice, progress=progress, look=look)
    outcome = outcome._replace(unreadable=(*outcome.unreadable, *unwritable))
    return Fixed(outcome, tuple(specs))


def _named(wish: Wish) -> str:
    if wish.excuse is None:
        return "its fixes"
    return "its fixes and comments" if wish.fix else "its comments"


def _change(spec: Input, choice: Choice, data: bytes, wish: Wish) -> Mended:
    lint = partial(lint_bytes, spec, choice)
    if wish.fix:
        mended = mend(data, lint, unsafe=wish.unsafe)
    else:
        linted = lint(data)
        mended = Mended(data, linted, linted)
    if wish.excuse is None or mended.refusal:
        return mended
    # Imported here because most runs write no comments.
    from bikube.fix.ignores import ignore
    from bikube.lint.suppression import is_suppressible

    rules = rules_of(spec)
    found = wish.hide(mended.linted, rules).diagnostics
    unwanted = [one for one in found if is_suppressible(rules[one.rule])]
    return ignore(mended, unwanted, wish.excuse, lint)
