"""What answers of the compiler say: what is wrong with a file, and what a template deploys."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple


class CompilerFault(Exception):
    """The compiler gave no answer: it is missing, too old, hangs, crashes or talks nonsense."""


class Refusal(Exception):
    """The compiler answered that it cannot do what was asked, in its own words."""


class Diagnostic(NamedTuple):
    """One finding of the compiler or its linter; line and column count from 1."""

    level: str
    code: str
    line: int
    column: int
    message: str


def diagnostics(answer: Mapping[str, Any]) -> tuple[Diagnostic, ...]:
    """What an answer to ``bicep/compile`` or ``bicep/compileParams`` says of the file."""
    return tuple(map(_diagnostic, answer["diagnostics"]))


def _diagnostic(found: Mapping[str, Any]) -> Diagnostic:
    start = found["range"]["start"]
    return Diagnostic(
        found["level"], found["code"], start["line"] + 1, start["char"] + 1, found["message"]
    )


def snapshot(answer: Mapping[str, Any]) -> dict[str, Any]:
    """The evaluated template in an answer to ``bicep/getSnapshot``; raises ``CompilerFault``."""
    try:
        found = json.loads(answer["snapshot"])
        resources = found["predictedResources"]
        if not all(isinstance(one, dict) for one in resources):
            raise TypeError
    except (KeyError, TypeError, ValueError) as error:
        raise CompilerFault("the Bicep CLI answers bicep/getSnapshot with nonsense") from error
    return dict(found)
