"""Properties as Azure's types have them: what both outputs hold of them, and what does not fit.

The schemas are data of ``azure``. Whether properties fit is for ``jsonschema`` to say, and which
of them both outputs have is found here once more, apart from what renders.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, cast

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from bikube.azure import Kind, has_type, schemas, types_version
from bikube.verify.places import Pointer

_DEFINITION = "#/$defs/"


class Types:
    """The types of one kind in one API version, or in the nearest one that has types."""

    def __init__(self, kind: Kind, version: str) -> None:
        found = schemas(types_version(kind.arm_type, version))
        self._definitions = found["$defs"]
        self._schema = found["resources"][kind.arm_type]
        self._documented = frozenset(kind.documented)
        self._is_known = has_type(kind.arm_type, version)
        tolerant = {name: _tolerant(one, found["$defs"]) for name, one in found["$defs"].items()}
        self._validator = _strict()({"$defs": tolerant, **self._schema})

    def effective(self, properties: Mapping[str, Any]) -> Any:
        """``properties`` of an entry as all outputs have them.

        What is ``null`` is left out where the types know the property, and settings that Azure
        requires but that may be empty are there.
        """
        return self._value(properties, self._schema)

    def _value(self, value: Any, schema: Mapping[str, Any]) -> Any:
        schema = self._meant(value, schema)
        if isinstance(value, list):
            item = schema.get("items", {})
            return [self._value(one, item) for one in value]
        members = schema.get("properties")
        if not isinstance(value, dict | Mapping) or members is None:
            return value
        found = {
            key: self._value(one, members.get(key, {}))
            for key, one in value.items()
            if one is not None
        }
        return {**{key: {} for key in schema.get("x-implied", ())}, **found}

    def _meant(self, value: Any, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        """``schema``, what it refers to, or the variant that ``value`` chooses of it."""
        while "$ref" in schema:
            schema = self._definitions[schema["$ref"].removeprefix(_DEFINITION)]
        key = schema.get("x-discriminator")
        if key is None or not isinstance(value, dict | Mapping):
            return schema
        for branch in schema["allOf"]:
            if value.get(key) in _spellings(branch["if"]["properties"][key]["const"]):
                return self._meant(None, branch["then"])
        return schema

    def violations(self, properties: Any) -> Iterator[tuple[Pointer, str]]:
        """Where ``properties`` do not fit the types, and why."""
        for error in self._validator.iter_errors(properties):
            at: Pointer = tuple(error.absolute_path)
            if error.validator != "additionalProperties":
                yield at, str(error.message)
                continue
            given, schema = cast("tuple[Any, Any]", (error.instance, error.schema))
            for key in given.keys() - schema.get("properties", {}).keys():
                if self._is_known and (*at, key) not in self._documented:
                    yield (*at, key), "Azure's types have no such property"


def _tolerant(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Mapping[str, Any]:
    """``schema``, which in a union takes what Azure takes and its types do not list.

    These are values that only their description has, and variants in lower camel case.
    """
    key = schema.get("x-discriminator")
    if key is None:
        return schema
    branches = []
    names: list[str] = list(schema.get("x-described", ()))
    for branch in schema["allOf"]:
        written = list(_spellings(branch["if"]["properties"][key]["const"]))
        names += written
        variant = definitions[branch["then"]["$ref"].removeprefix(_DEFINITION)]
        members = {**variant["properties"], key: {"enum": written}}
        condition = {"properties": {key: {"enum": written}}, "required": [key]}
        branches.append({"if": condition, "then": {**variant, "properties": members}})
    properties = {**schema["properties"], key: {"enum": names, "type": "string"}}
    return {**schema, "allOf": branches, "properties": properties}


def _spellings(variant: str) -> tuple[str, str]:
    """How a variant may be written."""
    return variant, variant[:1].lower() + variant[1:]


@cache
def types_of(kind: Kind, version: str) -> Types:
    """The types of ``kind`` in ``version``."""
    return Types(kind, version)


@cache
def _strict() -> type[Validator]:
    """A validator to which what is read-only has no place in what is deployed."""
    extended: object = extend(  # type: ignore[no-untyped-call]
        Draft202012Validator, {"readOnly": _refuse}
    )
    return cast("type[Validator]", extended)


def _refuse(
    _validator: object, is_read_only: bool, _instance: object, _schema: object
) -> Iterator[ValidationError]:
    if is_read_only:
        yield ValidationError("Azure sets this property itself")
