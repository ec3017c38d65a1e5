"""Draws specs: reads and lints each, and puts what is there into one picture."""

from collections.abc import Sequence
from typing import NamedTuple

from bikube.app.lint import Progress, chosen_rules, lint_inputs
from bikube.app.requests import RuleChoice, SpecChoice
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
from bikube.text import advise

__all__ = ["Drawn", "drawing_names", "graph_specs"]


class Drawn(NamedTuple):
    """A picture as text; ``arrows`` counts those in it.

    ``unreadable`` says why specs could not be read, and ``undrawn`` are those that are no specs.
    """

    text: str
    arrows: int
    unreadable: tuple[str, ...]
    undrawn: tuple[str, ...]
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
    subjects = [one for linted in outcome.linted if (one := _subject(linted)) is not None]
    picture = picture_of(subjects)
    if names:
        picture = _cut(picture, names)
    return Drawn(
        load_drawing(format_)(picture),
        len(picture.arrows),
        outcome.unreadable,
        tuple(one.source.name for one in outcome.linted if one.spec is None),
        selection.passed_over,
    )


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
