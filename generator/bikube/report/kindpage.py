"""One section's page: what it is for, and all that an entry can say, in every API version.

``explain`` prints it, and the pages in the documentation are made from it.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from bikube.azure import Kind, versions_with
from bikube.azure.companion import Companion
from bikube.schema.annotating import Property, properties
from bikube.schema.descriptions import ANY, Description, Descriptions
from bikube.spec import spec_schema
from bikube.spec.editor import companion_descriptions, kind_descriptions

_FORMS = {
    "object": "map",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    None: "anything",
}


class Choice(NamedTuple):
    """A value that a property can have, what it does, and in which versions if not in all."""

    value: str
    text: str
    versions: str


class Entry(NamedTuple):
    """A property: where, how deep, of which form, and in which versions if not in all.

    The versions are those of what it stands in, so that nothing is said twice. ``only`` says for
    which value of a discriminator it is there, where that is not for all of them.
    """

    path: str
    depth: int
    form: str
    required: bool
    only: str
    said: Description
    choices: tuple[Choice, ...]
    versions: str

    @property
    def key(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]


class KindPage(NamedTuple):
    """A section with its properties from top to bottom, and an example as it stands in a spec.

    That of a companion has no versions; ``types`` are those that outputs have for it.
    """

    section: str
    versions: tuple[str, ...]
    summary: str
    entries: tuple[Entry, ...]
    example: str
    types: tuple[str, ...] = ()


Versions = Sequence[str]
_Found = Mapping[str, Mapping[str, list[Property]]]
"""The properties at each path, by version."""


def kind_page(kind: Kind) -> KindPage:
    """The page of ``kind``, over all API versions that have it."""
    versions = versions_with(kind.arm_type)
    found: dict[str, dict[str, list[Property]]] = {}
    for version in versions:
        schema = spec_schema({}, version)
        entry = schema["properties"][kind.section]["items"]
        for one in properties(entry, schema["$defs"]):
            found.setdefault(one.path, {}).setdefault(version, []).append(one)
    words = {version: kind_descriptions(kind, version) for version in versions}
    return _page(kind.section, versions, found, words)


def companion_page(companion: Companion) -> KindPage:
    """The page of ``companion``, which is the same whatever the API version."""
    found: dict[str, dict[str, list[Property]]] = {}
    for one in properties(companion.entry, {}):
        found.setdefault(one.path, {}).setdefault("", []).append(one)
    page = _page(companion.section, ("",), found, {"": companion_descriptions(companion)})
    return page._replace(versions=(), types=companion.types)


def _page(
    section: str, versions: tuple[str, ...], found: _Found, words: Mapping[str, Descriptions]
) -> KindPage:
    entries = []
    for path, those in found.items():
        around = _around(path, found)
        among = list(found[around[-1]]) if around else versions
        said = words[list(those)[-1]].of(path) or Description("")
        entries.append(_entry(those, said, (len(around), among), found))
    newest = words[versions[-1]]
    example = "".join(f"  {line}\n" for line in newest.example.splitlines())
    return KindPage(
        *(section, versions, newest.summary),
        tuple(_from_top(entries, found)),
        f"{section}:\n{example}" if example else "",
    )


def part(page: KindPage, path: str) -> KindPage:
    """Of ``page`` nothing but the property at ``path``, and what is in it.

    The "*" of a list's items may be left out.
    """
    names = _names(path)
    inner = (one for one in page.entries if _names(one.path)[: len(names)] == names)
    return page._replace(summary="", entries=tuple(inner), example="")


def _names(path: str) -> list[str]:
    return [step for step in path.split("/") if step != ANY]


def _around(path: str, found: _Found) -> list[str]:
    """The paths of the properties that the one at ``path`` is in, from the outermost on."""
    steps = path.split("/")
    outer = ("/".join(steps[:count]) for count in range(1, len(steps)))
    return [one for one in outer if one in found]


def _entry(
    those: Mapping[str, list[Property]],
    said: Description,
    place: tuple[int, Versions],
    found: _Found,
) -> Entry:
    (depth, among), newest = place, those[list(those)[-1]]
    values: dict[str, list[str]] = {}
    for version, variants in those.items():
        for value in dict.fromkeys(value for one in variants for value in _values(one.schema)):
            values.setdefault(value, []).append(version)
    return Entry(
        newest[0].path,
        depth,
        form(newest[0].schema),
        all(one.required for one in newest),
        _only(newest, list(those)[-1], found),
        said,
        tuple(
            Choice(value, said.values.get(value, ""), since(having, list(those)))
            for value, having in values.items()
        ),
        since(list(those), among),
    )


def _only(variants: list[Property], version: str, found: _Found) -> str:
    """The values of a discriminator for which a property is there; nothing for all of them."""
    chosen = [one.variant for one in variants if one.variant is not None]
    if len(chosen) < len(variants):
        return ""
    key = chosen[0][0]
    outer, below, _ = variants[0].path.rpartition("/")
    (union, *_) = found[f"{outer}{below}{key}"][version]
    values = [value for _, value in chosen]
    return "" if {*_values(union.schema)} == {*values} else f"{key}: {', '.join(values)}"


def _values(schema: Mapping[str, Any]) -> Sequence[str]:
    inner = schema.get("items", schema)
    listed: Sequence[str] = inner.get("enum", inner.get("x-known", ()))
    return listed


def form(schema: Mapping[str, Any]) -> str:
    """What ``schema`` wants of a value, in words."""
    kind = schema.get("type")
    if kind == "array":
        # Whatever is shared among properties, and so referred to, is a map.
        return f"list of {_FORMS.get(schema['items'].get('type', 'object'), 'text')}s"
    ends = ("minLength", "maxLength") if kind == "string" else ("minimum", "maximum")
    low, high = (schema.get(end) for end in ends)
    size = f" {_size(low, high)}" if (low, high) != (None, None) else ""
    return (
        f"text of{size} characters"
        if kind == "string" and size
        else _FORMS.get(kind, "text") + size
    )


def _size(low: int | None, high: int | None) -> str:
    if low is None:
        return f"up to {high}"
    return f"{low} or more" if high is None else f"{low} to {high}"


def since(having: Versions, among: Versions) -> str:
    """Which of the versions ``among``, in short; nothing for all of them."""
    runs = [[*run] for there, run in groupby(among, having.__contains__) if there]
    said = []
    for run in runs:
        if run[-1] == among[-1]:
            said.append(f"since {run[0]}")
        elif run[0] == among[0] and len(run) > 1:
            said.append(f"until {run[-1]}")
        else:
            said.append(f"in {run[0]}" if len(run) == 1 else f"from {run[0]} to {run[-1]}")
    return "" if len(having) == len(among) else ", ".join(said)


def _from_top(entries: list[Entry], found: _Found) -> Iterator[Entry]:
    """``entries`` as a tree is read: what has to be there comes first, and variants last."""
    by_path = {one.path: one for one in entries}

    def place(entry: Entry) -> list[tuple[bool, bool, bool, str]]:
        around = [by_path[path] for path in _around(entry.path, found)]
        return [
            (one.key != "name", one.only != "", not one.required, one.key)
            for one in (*around, entry)
        ]

    return iter(sorted(entries, key=place))
