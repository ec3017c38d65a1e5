"""Puts descriptions into a JSON Schema, for editors.

What comes out has no references: what several properties share is described for each of them.
Some of the keywords are not JSON Schema's but known to VS Code and to yaml-language-server.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from bikube.document import resolve
from bikube.schema.descriptions import ANY, Description, Descriptions
from bikube.schema.refs import resolved, variants

Schema = dict[str, Any]

_READ_ONLY = "Set by Azure; leave it out."


class Property(NamedTuple):
    """A property that a schema knows: where, what it is held to, whether it has to be there.

    In a variant of a union, ``variant`` is the discriminator and its value.
    """

    path: str
    schema: Schema
    required: bool
    variant: tuple[str, str] | None = None


def annotated(
    schema: Mapping[str, Any], definitions: Mapping[str, Any], words: Descriptions, at: str = ""
) -> Schema:
    """``schema``, which is at the path ``at``, with what ``words`` say of the properties in it."""
    plain = resolved(schema, definitions)
    # The titles are names of types, and of no use to who writes a value.
    result = {key: value for key, value in plain.items() if key != "title" and key[:2] != "x-"}
    if "properties" in plain:
        result["properties"] = {
            key: _member(child, definitions, words, _below(at, key))
            for key, child in plain["properties"].items()
        }
    for keyword in ("items", "additionalProperties"):
        if isinstance(plain.get(keyword), Mapping):
            result[keyword] = _member(plain[keyword], definitions, words, _below(at, ANY))
    if "anyOf" in plain:
        result["anyOf"] = [annotated(branch, definitions, words, at) for branch in plain["anyOf"]]
    if "allOf" in plain:
        result["allOf"] = [
            {**branch, "then": annotated(branch["then"], definitions, words, at)}
            for branch in plain["allOf"]
        ]
    return result


def properties(
    schema: Mapping[str, Any],
    definitions: Mapping[str, Any],
    at: str = "",
    variant: tuple[str, str] | None = None,
) -> Iterator[Property]:
    """Every property in ``schema`` that a file can hold.

    Properties of several variants of a union come several times. The value of a key that may be
    any is at ``ANY``, and so is an item of a list, which is a property itself only below it.
    """
    plain = resolved(schema, definitions)
    members = {**plain.get("properties", {})}
    if isinstance(plain.get("additionalProperties"), Mapping):
        members[ANY] = plain["additionalProperties"]
    for key, child in members.items():
        if not child.get("readOnly"):
            required = key in plain.get("required", ())
            yield Property(_below(at, key), resolved(child, definitions), required, variant)
            yield from properties(child, definitions, _below(at, key))
    if "items" in plain:
        yield from properties(plain["items"], definitions, _below(at, ANY))
    for either in plain.get("anyOf", ()):
        yield from properties(either, definitions, at)
    for value, body in variants(plain, definitions).items() if "allOf" in plain else ():
        yield from properties(body, definitions, at, (plain["x-discriminator"], value))


def _member(
    schema: Mapping[str, Any], definitions: Mapping[str, Any], words: Descriptions, at: str
) -> Schema:
    plain = resolved(schema, definitions)
    if plain.get("readOnly"):
        # The last two: it is not offered, and this is said where it stands.
        offered = {"doNotSuggest": True, "deprecationMessage": _READ_ONLY}
        return {"title": _key(at), "description": _READ_ONLY, "readOnly": True, **offered}
    said, inner = words.of(at), annotated(plain, definitions, words, at)
    if said is None and at.endswith(ANY) and plain.get("type") not in ("object", "array"):
        # What is said of a list is said of its items, if these are mere values.
        said = words.of(at.removesuffix(f"/{ANY}"))
    if said is None:
        return inner
    if plain.get("type") == "array" and said.values:
        said = said._replace(values={})
    own = plain.get("const", plain.get("x-variant"))
    if own is not None:
        # A variant's own discriminator; what it can be stands in the union.
        said = Description(said.values.get(own, said.text))
    head = {} if at.endswith(ANY) else {"title": _key(at)}
    return {**head, **_described(inner, plain, said)}


def _described(inner: Schema, plain: Mapping[str, Any], said: Description) -> Schema:
    known = list(plain.get("x-variants") or said.values or plain.get("x-known", ()))
    closed = [value for value in known if value in plain.get("enum", ())]
    lines = [said.text, said.fact_line]
    result: Schema = {}
    if closed:
        result["enumDescriptions"] = [said.values.get(value, "") for value in plain["enum"]]
    elif known:
        lines.insert(1, f"Known values: {', '.join(known)}")
        result["defaultSnippets"] = [_snippet(value, said.values) for value in known]
    if said.pattern:
        result["pattern"] = said.pattern
    if said.refused and ("pattern" in plain or said.pattern):
        result["patternErrorMessage"] = said.refused
    if said.default is not None:
        result["default"] = said.default
    return {"description": "\n".join(filter(None, lines)), **inner, **result}


def _snippet(value: str, values: Mapping[str, str]) -> Schema:
    body = value if resolve(value) == value else f'"{value}"'
    return {"label": value, "body": body, "description": values.get(value, "")}


def _key(at: str) -> str:
    return at.rpartition("/")[2]


def _below(at: str, key: str) -> str:
    return f"{at}/{key}" if at else key
