"""Values that between them hold every property of a schema, in every variant."""

import re
from collections.abc import Callable, Mapping
from itertools import chain
from typing import Any

from bikube.schema import resolved
from bikube.schema.refs import variants

Schema = Mapping[str, Any]

TEXTS = (
    "abc",
    "https://abc",
    "1G",
    "abc.blob.core.windows.net",
    "abc.abc.kusto.windows.net",
    "abc.fabric.microsoft.com",
)
"""What texts are in samples: the first that fits, of which there is one for each pattern."""


def samples(schema: Schema, definitions: Schema) -> list[Any]:
    """Values, not all of them valid, that between them have all that ``schema`` can have."""
    plain = resolved(schema, definitions)
    if "x-discriminator" in plain:
        bodies = variants(plain, definitions).values()
        return list(chain.from_iterable(samples(body, definitions) for body in bodies))
    if "anyOf" in plain:
        return list(chain.from_iterable(samples(one, definitions) for one in plain["anyOf"]))
    match plain.get("type"):
        case "object":
            return _objects(plain, definitions)
        case "array":
            return [samples(plain["items"], definitions)]
        case "integer":
            return [plain.get("minimum", 1)]
        case "boolean":
            return [True]
    listed = plain.get("enum", plain.get("x-known", ()))
    return [plain.get("const", [*listed, *filter(_fits(plain), TEXTS), "abc"][0])]


def _fits(plain: Schema) -> Callable[[str], object]:
    """Whether a text has the form that ``plain`` asks for."""
    return re.compile(plain.get("pattern", "")).search


def _objects(plain: Schema, definitions: Schema) -> list[Any]:
    members = {
        key: samples(child, definitions)
        for key, child in plain.get("properties", {}).items()
        if not child.get("readOnly")
    }
    if isinstance(plain.get("additionalProperties"), Mapping):
        members["any"] = samples(plain["additionalProperties"], definitions)
    count = max((len(values) for values in members.values()), default=1)
    return [
        {key: values[number % len(values)] for key, values in members.items()}
        for number in range(count)
    ]
