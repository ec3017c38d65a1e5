"""What properties mean, in words for people: data beside the program, keyed by path.

Editors and ``explain`` show them. Linting needs none, and reads none.
"""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from bikube import assets
from bikube.document import decode, parse, resolve

ANY = "*"
"""In a path: an item of a list, or a key that is not described by its own name."""


class Description(NamedTuple):
    """What one property is.

    ``values`` are those that there are, or that are known, with what each means. ``refused`` is
    what an editor says of a string that does not match ``pattern``, or else that of the schema.
    """

    text: str
    default: Any = None
    unit: str = ""
    example: Any = None
    values: Mapping[str, str] = {}
    pattern: str = ""
    refused: str = ""

    @property
    def facts(self) -> Mapping[str, str]:
        """Default, unit and example, as far as they are known."""
        said = {
            "Default": written(self.default),
            "Unit": self.unit,
            "Example": written(self.example),
        }
        return {name: fact for name, fact in said.items() if fact}

    @property
    def fact_line(self) -> str:
        """The facts in one line."""
        return " · ".join(f"{name}: {fact}" for name, fact in self.facts.items())


class Descriptions(NamedTuple):
    """What a file says: what it is all about, an example of it, and its properties by path."""

    summary: str
    example: str
    properties: Mapping[str, Description]

    def of(self, path: str) -> Description | None:
        """The description of the property at ``path``, if there is one."""
        exact = self.properties.get(path)
        if exact is not None:
            return exact
        steps = path.split("/")
        # Of several that fit, the one that names more of its keys.
        fitting = [wild for wild in self.properties if _fits(wild.split("/"), steps)]
        best = min(fitting, key=lambda wild: wild.split("/").count(ANY), default=None)
        return None if best is None else self.properties[best]

    def joined(self, others: Mapping[str, Description]) -> "Descriptions":
        """These, with ``others`` in place of those at the same paths."""
        return self._replace(properties={**self.properties, **others})


def read_descriptions(name: str, version: str = "") -> Descriptions:
    """What the file ``name`` says of API ``version``; nothing if there is none."""
    path = assets.folder("descriptions") / f"{name}.yaml"
    if not path.exists():
        return Descriptions("", "", {})
    document, _ = parse(decode(str(path), path.read_bytes())[0])
    data = document.data if document is not None else {}
    properties = {path: _description(said, version) for path, said in data["properties"].items()}
    return Descriptions(data["summary"], data.get("example", ""), properties)


def written(value: Any) -> str:
    """``value`` as it can stand behind a key of a spec; nothing for ``None``."""
    if value is None:
        return ""
    plain = isinstance(value, str) and resolve(value) == value
    return value if plain else json.dumps(value, ensure_ascii=False)


def _description(said: str | dict[str, Any], version: str) -> Description:
    if isinstance(said, str):
        return Description(said)
    others = {key: value for key, value in said.items() if key != "versions"}
    return Description(**{**others, **said.get("versions", {}).get(version, {})})


def _fits(wild: list[str], steps: list[str]) -> bool:
    return len(wild) == len(steps) and all(
        one in (ANY, step) for one, step in zip(wild, steps, strict=True)
    )
