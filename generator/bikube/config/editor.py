"""The JSON Schema of the configuration as editors want it: every key described."""

from collections.abc import Iterator
from typing import Any

from bikube.config.form import config_schema
from bikube.rules import Rule, Ruleset
from bikube.rules.loading import parameters_of
from bikube.schema.annotating import annotated
from bikube.schema.descriptions import Description, Descriptions, read_descriptions


def editor_schema(rules: Ruleset) -> dict[str, Any]:
    """The schema of a configuration that may name ``rules``: they, and their parameters."""
    parameters = {rule.id: one for rule in rules if (one := parameters_of(rule)) is not None}
    words = read_descriptions("config")
    described = {path: one for rule in rules for path, one in _of(rule, words)}
    schema = annotated(config_schema(rules, parameters), {}, words.joined(described))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The configuration of bikube",
        **schema,
    }


def _of(rule: Rule, words: Descriptions) -> Iterator[tuple[str, Description]]:
    """Where a configuration names ``rule``, what the rule asks for, and its own level."""
    for place in ("rules", "overrides/*/rules"):
        said = words.properties[f"{place}/*"]
        yield f"{place}/{rule.id}", said._replace(text=rule.summary, default=rule.severity.label)
    asked = words.properties["parameters/*"]
    yield f"parameters/{rule.id}", asked._replace(text=f"{asked.text} {rule.summary}")
    other = words.properties["parameters/*/*"]
    for arguments in rule.require.values():
        for name, own in arguments.items():
            argument = words.properties.get(f"parameters/*/{name}", other)
            yield f"parameters/{rule.id}/{name}", argument._replace(default=own)
