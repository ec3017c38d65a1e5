"""Compiles the schemas of values without members: strings, numbers, booleans, anything."""

import re
import warnings
from typing import Any

from bikube.schema import choices
from bikube.schema import violations as say
from bikube.schema.violations import Check, Schema, Violation, Where

_OTHERWISE_READ = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|[$.]", re.DOTALL)
"""What may stand for something else, and what is to be left alone: other escapes, and classes."""
_IN_PYTHON = {"$": r"\Z", ".": r"[^\n\r\u2028\u2029]", r"\d": "[0-9]"}


def compile_scalar(schema: Schema) -> Check:
    """The closure for a ``schema`` whose keywords are known to be right."""
    kinds = {None: _anything, "string": _string, "boolean": _boolean}
    return kinds.get(schema.get("type"), _number)(schema)


def regex(value: Any, where: Where | None, out: list[Violation]) -> None:
    """Whether ``value`` is a regular expression in Python's form."""
    if type(value) is not str:
        out.append(say.wrong_type(value, "a string", where))
        return
    try:
        with warnings.catch_warnings():
            # What Python warns of, it will read otherwise one day.
            warnings.simplefilter("error")
            re.compile(value)
    except (re.error, OverflowError, RecursionError, ValueError, Warning) as error:
        out.append(say.bad_regex(error, where))


def _as_python(pattern: str) -> str:
    """``pattern`` in Python's words where ECMA-262, by which editors read it, means another thing.

    Python's "$" also stands before a last newline, its "." takes three more ends of lines, and its
    "\\d" the digits of all scripts.
    """
    return _OTHERWISE_READ.sub(lambda found: _IN_PYTHON.get(found[0], found[0]), pattern)


def _anything(_schema: Schema) -> Check:
    def check(_value: Any, _where: Where | None, _out: list[Violation]) -> None:
        return

    return check


def _boolean(_schema: Schema) -> Check:
    def check(value: Any, where: Where | None, out: list[Violation]) -> None:
        if type(value) is not bool:
            out.append(say.wrong_type(value, "true or false", where))

    return check


def _string(schema: Schema) -> Check:
    low, high = schema.get("minLength"), schema.get("maxLength")
    shortest, longest = low or 0, float("inf") if high is None else high
    values = (schema["const"],) if "const" in schema else schema.get("enum")
    known = schema.get("x-known")
    pattern: str = schema.get("pattern", "")
    search = re.compile(_as_python(pattern)).search if pattern else None

    def check(value: Any, where: Where | None, out: list[Violation]) -> None:
        if type(value) is not str:
            out.append(say.wrong_type(value, "a string", where, allowed=values or ()))
        elif values is not None and value not in values:
            out.append(choices.not_one_of(value, values, where))
        elif not shortest <= len(value) <= longest:
            out.append(say.bad_length(value, low, high, where))
        elif search is not None and not search(value):
            out.append(say.bad_pattern(value, pattern, where))
        elif known is not None and value not in known:
            out.append(choices.not_known(value, known, where))

    return check


def _number(schema: Schema) -> Check:
    low, high = schema.get("minimum"), schema.get("maximum")
    least, most = float("-inf") if low is None else low, float("inf") if high is None else high
    whole = schema["type"] == "integer"
    expected = "an integer" if whole else "a number"

    def check(value: Any, where: Where | None, out: list[Violation]) -> None:
        if type(value) not in (int, float) or (whole and value != int(value)):
            out.append(say.wrong_type(value, expected, where))
        elif not least <= value <= most:
            out.append(say.bad_range(value, low, high, where))

    return check
