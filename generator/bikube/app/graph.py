"""Draws specs: reads and lints each, and puts what is there into one picture."""

from collections.abc import Sequence
from typing import NamedTuple

from bikube.app.lint import Progress, chosen_rules, lint_inputs
from bikube.app.requests import MOST, RuleChoice, SpecChoice
from bikube.app.specs import select
from bikube.credentials.redaction import Redactor
from bikube.errors import UsageError
from bikube.files import PassedOver
from bikube.graph import (
    Picture,
    Subject,
    around,
    drawing_names,
    load_drawing,
    names_in,
    picture_of,
)
from bikube.lint import Linted
from bikube.report import Context, Run
from bikube.text import advise

__all__ = ["Drawn", "drawing_names", "graph_specs"]


class Drawn(NamedTuple):
    """A picture as text, empty if there is nothing to draw; ``arrows`` counts those in it.

    ``undrawn`` is what was found in files that are no specs, and why others could not be read.
    """

    text: str
    arrows: int
    undrawn: Run
    passed_over: tuple[PassedOver, ...] = ()


def graph_specs(
    choice: SpecChoice,
    rules: RuleChoice,
    format_: str,
    *,
    names: Sequence[str],
    progress: Progress,
) -> Drawn:
    """Draws the specs of ``choice`` with what ``rules`` find in them, in the format ``format_``.

    With ``names``, only what is around resources and parts that are called so.

    Raises:
        UsageError: there are no such specs or rules, nothing is called so, or a configuration is
            malformed.
        AccessError: a configuration cannot be read.
    """
    selection = select(choice)
    chosen = chosen_rules(rules, selection.inputs)
    outcome = lint_inputs(selection.inputs, chosen, progress=progress)
    undrawn = Run(
        [one for one in outcome.linted if one.spec is None],
        outcome.rules,
        context=Context(most=MOST, unreadable=outcome.unreadable),
    )
    subjects = [one for linted in outcome.linted if (one := _subject(linted)) is not None]
    if not subjects:
        return Drawn("", 0, undrawn, selection.passed_over)
    picture = picture_of(subjects)
    if names:
        picture = _cut(picture, names)
    text = load_drawing(format_)(picture)
    return Drawn(text, len(picture.arrows), undrawn, selection.passed_over)


def _cut(picture: Picture, names: Sequence[str]) -> Picture:
    known = names_in(picture)
    for name in names:
        if name not in known:
            advice = advise(name, sorted(known), otherwise="resources have their own names there")
            raise UsageError(f'nothing in the picture is called "{name}"; {advice}')
    return around(picture, names)


def _subject(linted: Linted) -> Subject | None:
    if linted.spec is None:
        return None
    redactor = Redactor(linted.source, linted.document)
    return Subject(linted.spec, linted.diagnostics, redactor.hide)
