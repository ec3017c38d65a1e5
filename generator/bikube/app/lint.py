"""Lints files: reads every one, reports on all that could be read."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from bikube.app.specs import Input
from bikube.errors import AccessError
from bikube.linting import Linted, across, lint
from bikube.policy import Policy
from bikube.rule import Ruleset


class Outcome(NamedTuple):
    """The specs that were read, and why others could not be."""

    linted: tuple[Linted, ...]
    unreadable: tuple[str, ...]


def lint_inputs(
    inputs: Sequence[Input], rules: Ruleset, *, progress: Callable[[int, int], None]
) -> Outcome:
    """Lints every input; one that cannot be read does not keep the others from being linted.

    ``progress`` is told how many of how many are done.
    """
    linted: list[Linted] = []
    unreadable: list[str] = []
    for done, one in enumerate(inputs, start=1):
        policy = Policy(one.config.levels) if one.config is not None else Policy()
        try:
            linted.append(lint(one.name, one.read(), rules, policy))
        except AccessError as error:
            unreadable.append(str(error))
        progress(done, len(inputs))
    return Outcome(tuple(across(linted, rules)), tuple(unreadable))
