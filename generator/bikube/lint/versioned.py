"""Says of keys and values that an API version lacks which versions have them."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from bikube.azure import Kind, is_newer, schemas, types_version, versions_with
from bikube.azure.history import when
from bikube.schema import Repair, Violation, resolved, variants
from bikube.spec import Spec
from bikube.text import shorten

_CHOOSE = "choose such a version"
_SETTINGS = "Settings"
"""What the settings of a variant end in, after what chooses it."""

_Path = tuple[str, ...]
_Schema = Mapping[str, Any]


def explain_version(spec: Spec, kind: Kind, violation: Violation) -> Violation:
    """``violation``, with the reason why what the types lack may be there all the same."""
    path = _path(violation)
    if violation.rule == "unknown-key":
        return _key(spec, kind, path, violation)
    return _value(spec, kind, path, violation)


def _path(violation: Violation) -> _Path:
    """The path of a property below an entry, which leaves lists out."""
    return tuple(token for token in violation.pointer[2:] if isinstance(token, str))


def join_variants(spec: Spec, found: list[Violation]) -> list[Violation]:
    """``found`` with one finding where a variant of another version has its settings beside it."""
    settings = {
        (*one.pointer[:-1], str(one.pointer[-1]).lower()): one
        for one in found
        if one.rule == "unknown-key" and str(one.pointer[-1]).endswith(_SETTINGS)
    }
    kinds = {kind.section: kind for kind in spec.kinds}
    said: dict[int, Violation] = {}
    gone: set[int] = set()
    for one in found if settings else ():
        kind = kinds.get(str(one.pointer[0])) if one.rule == "enum-value" else None
        value = str(spec.document.resolve(one.pointer))
        beside = settings.get((*one.pointer[:-1], f"{value}{_SETTINGS}".lower()))
        if kind is None or beside is None:
            continue
        name, others = _listing(kind, _path(one), value)
        if others and others == versions_having(kind.arm_type, _path(beside)):
            said[id(beside)] = _joined(spec, kind, name, beside, others)
            gone.add(id(one))
    return [said.get(id(one), one) for one in found if id(one) not in gone]


def _joined(
    spec: Spec, kind: Kind, value: str, settings: Violation, others: tuple[str, ...]
) -> Violation:
    """What is wrong with ``settings`` and the ``value`` that chooses them."""
    version = _described(kind, spec.arm_version(kind))
    message = (
        f'"{value}" and "{settings.pointer[-1]}" are not in API version {version}; they are there'
        f" {when(others)}; {_choice(spec, kind)}"
    )
    return settings._replace(rule="property-not-in-version", message=message, repair=None)


def _key(spec: Spec, kind: Kind, path: _Path, violation: Violation) -> Violation:
    key = path[-1]
    if path in kind.documented:
        message = (
            f"\"{key}\" is in Microsoft's how-to, but in none of Azure's types for {kind.singular};"
            " Azure may reject or ignore it; keep it if your release takes it, or comment it out"
        )
        # Null is left out of both outputs, so that taking it away changes neither.
        is_null = spec.document.resolve(violation.pointer) is None
        removed = Repair("remove") if is_null else None
        return violation._replace(rule="documented-only-property", message=message, repair=removed)
    others = versions_having(kind.arm_type, path)
    if not others:
        return violation
    successor = next((one for one in kind.replaced if one.old == key), None)
    instead = f'use "{successor.new}" here' if successor else "comment it out"
    message = f"{_told(spec, kind, key, others)}; {instead}{_otherwise(spec, kind)}"
    repair = Repair("reshape", successor.new, False, successor.only) if successor else None
    return violation._replace(rule="property-not-in-version", message=message, repair=repair)


def _value(spec: Spec, kind: Kind, path: _Path, violation: Violation) -> Violation:
    """A value of another version is no misspelt one: there is nothing to write in its place."""
    name, others = _listing(kind, path, str(spec.document.resolve(violation.pointer)))
    if others:
        message = f"{_told(spec, kind, name, others)}; {_choice(spec, kind)}"
        return violation._replace(message=message, repair=None)
    is_ahead = is_newer(spec.arm_version(kind))
    return violation._replace(repair=None) if is_ahead else violation


def _listing(kind: Kind, path: _Path, value: str) -> tuple[str, tuple[str, ...]]:
    """How ``value`` is written at ``path``, and the versions that list it there."""
    listed = {
        version: _listed(kind.arm_type, version, path) for version in versions_with(kind.arm_type)
    }
    others = tuple(version for version, values in listed.items() if value.lower() in values)
    return (listed[others[0]][value.lower()] if others else value), others


def _choice(spec: Spec, kind: Kind) -> str:
    """What to do about a value that chooses a variant, which is required wherever there is one."""
    return "choose another value" if is_newer(spec.arm_version(kind)) else _CHOOSE


def _told(spec: Spec, kind: Kind, name: str, others: tuple[str, ...]) -> str:
    version = _described(kind, spec.arm_version(kind))
    return f'"{shorten(name)}" is not in API version {version}; it is there {when(others)}'


def _otherwise(spec: Spec, kind: Kind) -> str:
    # Nobody is sent back from a version that is too new for bikube.
    return "" if is_newer(spec.arm_version(kind)) else ", or choose such a version"


def _described(kind: Kind, version: str) -> str:
    """``version``, or the one that stands in for it where it has no types."""
    checked = types_version(kind.arm_type, version)
    return version if checked == version else f"{checked}, by which {version} is checked"


@cache
def versions_having(arm_type: str, path: tuple[str, ...]) -> tuple[str, ...]:
    """The versions whose ``arm_type`` has the property at ``path``, which leaves lists out."""
    return tuple(
        version
        for version in versions_with(arm_type)
        if any(True for _ in _below(_root(arm_type, version), _definitions(version), path))
    )


@cache
def _listed(arm_type: str, version: str, path: _Path) -> Mapping[str, str]:
    """The values that the types list at ``path``, by what they are in lower case."""
    found: dict[str, str] = {}
    for leaf in _below(_root(arm_type, version), _definitions(version), path):
        values = (*leaf.get("enum", ()), *leaf.get("x-known", ()))
        found.update((value.lower(), value) for value in values)
    return found


def _root(arm_type: str, version: str) -> _Schema:
    root: _Schema = schemas(version)["resources"][arm_type]
    return root


def _definitions(version: str) -> _Schema:
    definitions: _Schema = schemas(version)["$defs"]
    return definitions


def _below(schema: _Schema, definitions: _Schema, path: _Path) -> Iterator[_Schema]:
    """The schemas at ``path`` below ``schema``, in whichever of its variants they are."""
    schema = resolved(schema, definitions)
    if "items" in schema and path:
        yield from _below(schema["items"], definitions, path)
    elif not path:
        yield schema
    else:
        bodies = variants(schema, definitions).values() if "x-discriminator" in schema else ()
        for body in (schema, *bodies):
            member = body.get("properties", {}).get(path[0])
            if member is not None:
                yield from _below(member, definitions, path[1:])
