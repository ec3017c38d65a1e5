"""The JSON Schema of rule files as editors want it: every key and every check described."""

import inspect
import sys
from collections.abc import Iterator
from typing import Any

from bikube import plugins
from bikube.azure import all_sections
from bikube.rules.form import DEFINITIONS, SCHEMA
from bikube.rules.loading import CHECKS, PLACES, editable
from bikube.rules.rule import EVERY_SECTION
from bikube.schema.annotating import annotated
from bikube.schema.descriptions import Description, read_descriptions


def editor_schema() -> dict[str, Any]:
    """The schema of a rule file; what it cannot say, such as which keys go together, is missing."""
    words = read_descriptions("rule")
    words = words.joined(dict(_checks(words.properties["*/*"])))
    sections = {"type": "string", "enum": [*all_sections(), *EVERY_SECTION]}
    checks = {name: plugins.load(CHECKS, name, "CHECK") for name in plugins.names(CHECKS)}
    taken = {name: editable(check.parameters) for name, check in checks.items()}
    conditions = {name: one for name, one in taken.items() if hasattr(checks[name], "select")}
    own = {
        **SCHEMA["properties"],
        "sections": {**SCHEMA["properties"]["sections"], "items": sections},
        **dict.fromkeys(PLACES, _place(conditions)),
        "require": _place(taken),
    }
    schema = annotated({**SCHEMA, "properties": own}, DEFINITIONS, words)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A rule of bikube",
        **schema,
    }


def _place(checks: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": checks}


def _checks(any_one: Description) -> Iterator[tuple[str, Description]]:
    """Each check below each place that takes it: what its module says, in one sentence."""
    for name in plugins.names(CHECKS):
        kind = plugins.load(CHECKS, name, "CHECK")
        # Without docstrings, which Python can be told to drop, all checks are described alike.
        summary = inspect.getdoc(sys.modules[kind.__module__]) or any_one.text
        for place in PLACES:
            yield f"{place}/{name}", Description(summary.partition("\n")[0])
