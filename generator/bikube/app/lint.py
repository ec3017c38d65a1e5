"""Lints files: reads every one, reports on all that could be read."""

from collections.abc import Iterable
from typing import NamedTuple

from bikube.app.specs import Input
from bikube.errors import AccessError
from bikube.linting import Linted, across, lint
from bikube.rule import Ruleset


class Outcome(NamedTuple):
    """The specs that were read, and why others could not be."""

    linted: tuple[Linted, ...]
    unreadable: tuple[str, ...]


def lint_files(inputs: Iterable[Input], rules: Ruleset) -> Outcome:
    """Lints every input; one that cannot be read does not keep the others from being linted."""
    linted: list[Linted] = []
    unreadable: list[str] = []
    for one in inputs:
        try:
            linted.append(lint(one.name, one.read(), rules))
        except AccessError as error:
            unreadable.append(str(error))
    return Outcome(tuple(across(linted, rules)), tuple(unreadable))
