"""The transforms that AIO brings for data flow graphs, and the form of what configures them.

From Microsoft's how-to pages on data flow graphs: map, filter and route, window, throttle.
"""

import re
from collections.abc import Mapping
from typing import Any

_ARTIFACT = re.compile("(?:^|.*/)azureiotoperations/graph-dataflow-([a-z]+)(?::.*)?", re.DOTALL)

_TEXT = {"type": "string", "minLength": 1}
_INPUTS = {"type": "array", "items": _TEXT}


def _object(required: tuple[str, ...] = (), **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": [*required], "properties": properties}


def _list(items: Any) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _closing(kind: str, limit: str) -> dict[str, Any]:
    """What closes a window when so much has come: a message stays in it, or begins the next."""
    return _object(
        ("type", limit),
        type={"type": "string", "enum": [kind]},
        boundaryMessage={"type": "string", "enum": ["messageInCurrent", "messageInNext"]},
        **{limit: {"type": "integer", "minimum": 1}},
    )


_DATASETS = _list(_object(("key",), key=_TEXT, inputs=_INPUTS, expression=_TEXT))
_CONDITION = _object(("inputs", "expression"), inputs=_INPUTS, expression=_TEXT)
_MAPPING = _object(("inputs", "output"), inputs=_INPUTS, output={"type": "string"})
_REDUCTION = _object(
    ("inputs", "output", "expression"), inputs=_INPUTS, output=_TEXT, expression=_TEXT
)
_TRIGGER = _object(("inputs", "trigger", "boundaryMessage"), inputs=_INPUTS, trigger=_TEXT)
_RATE = _object(
    ("topic", "maxMessagesPerSecond"),
    topic=_TEXT,
    maxMessagesPerSecond={"type": "number", "minimum": 0},
)

_CONFIGURATIONS: Mapping[str, Mapping[str, Any]] = {
    "map": {"rules": _object(("map",), map=_list(_MAPPING), datasets=_DATASETS)},
    "filter": {"rules": _object(("filter",), filter=_list(_CONDITION), datasets=_DATASETS)},
    "branch": {"rules": _object(("branch",), branch=_CONDITION, datasets=_DATASETS)},
    "concatenate": {},
    "window": {
        "rules": _object(("accumulate",), accumulate=_list(_REDUCTION)),
        "delay": _object(
            ("type", "delaySeconds"),
            type={"type": "string", "enum": ["duration"]},
            delaySeconds={"type": "integer", "minimum": 1},
        ),
        "count": _closing("messageCount", "maxMessageCount"),
        "memory": _closing("bufferSize", "maxBufferBytes"),
        "triggers": _object(
            ("type", "rules"),
            type={"type": "string", "enum": ["expression"]},
            rules=_list(_TRIGGER),
        ),
    },
    "throttle": {"throttle": _object(("perTopicThrottles",), perTopicThrottles=_list(_RATE))},
}

NEEDED: Mapping[str, tuple[str, ...]] = {
    "map": ("rules",),
    "filter": ("rules",),
    "branch": ("rules",),
    "window": ("rules",),
    "throttle": ("throttle",),
}
"""The keys of the configuration without which a transform does nothing."""

WITH_WILDCARDS = frozenset({"map"})
"""Transforms whose rules take a wildcard for an input."""

STATEFUL = frozenset({"window", "throttle"})
"""Transforms that keep a state an instance, so that several instances give wrong results."""


BRANCHES = ("output.true", "output.false")
"""The outputs of a branch."""


def transform(artifact: str) -> str:
    """The transform that ``artifact`` is, such as ``map``; empty where it is none of AIO's."""
    found = _ARTIFACT.fullmatch(artifact)
    return found[1] if found and found[1] in _CONFIGURATIONS else ""


def called(artifact: str) -> str:
    """What ``artifact`` is called behind ``graph-dataflow-``; empty where it is not among AIO's."""
    found = _ARTIFACT.fullmatch(artifact)
    return found[1] if found else ""


TRANSFORMS = tuple(_CONFIGURATIONS)
"""The names of all transforms."""


def configurations(name: str) -> Mapping[str, Any]:
    """The keys that configure the transform ``name``, and a JSON Schema for the JSON in each."""
    return _CONFIGURATIONS[name]
