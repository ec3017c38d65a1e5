"""The findings of the schema: what is there that should not be, and what is not.

The schema of a spec depends on the API versions that the spec itself chooses.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from bikube.diagnostics import Pointer, Problem
from bikube.kinds import Kind, all_kinds
from bikube.kinds.versions import known_versions, schemas
from bikube.model import Project
from bikube.specschema import spec_schema
from bikube.validation import Check, Compiler
from bikube.violations import Violation


def structural_problems(project: Project) -> Iterator[Problem]:
    """Every place where the spec is not of the form that its API versions have."""
    versions = {kind.section: project.arm_version(kind) for kind in all_kinds()}
    violations: list[Violation] = []
    _compiled(tuple(sorted(versions.items())))(project.document.data, None, violations)
    for violation in violations:
        yield _problem(project, violation)


@cache
def _compiled(versions: tuple[tuple[str, str], ...]) -> Check:
    schema = dict(spec_schema(dict(versions)))
    del schema["$schema"]
    return Compiler(schema.pop("$defs")).compile(schema)


def _problem(project: Project, violation: Violation) -> Problem:
    pointer = violation.pointer
    rule, message = violation.rule, violation.message
    kind = next((kind for kind in all_kinds() if pointer[:1] == (kind.section,)), None)
    if rule == "unknown-key" and len(pointer) == 1:
        rule = "unknown-section"
    elif rule == "unknown-key" and kind is not None:
        rule, message = _explain(project, kind, pointer) or (rule, message)
    span = project.document.span(pointer, violation.part)
    return Problem(rule, message, span, pointer)


def _explain(project: Project, kind: Kind, pointer: Pointer) -> tuple[str, str] | None:
    """Why a key that the types lack may be there all the same: rule and message."""
    path = tuple(token for token in pointer[2:] if isinstance(token, str))
    key, version = path[-1], project.arm_version(kind)
    if path in kind.documented:
        message = (
            f'"{key}" is in Microsoft\'s how-to, but in none of Azure\'s types for {kind.singular};'
            " Azure may reject or ignore it; remove it"
        )
        return "documented-only-property", message
    others = _versions_with(kind.arm_type, path)
    if not others:
        return None
    successor = dict(kind.replaced).get(key)
    instead = f'use "{successor}" here' if successor else "remove it"
    message = (
        f'"{key}" is not in API version {version}; it is in {", ".join(others)};'
        f" {instead}, or choose such a version"
    )
    return "property-not-in-version", message


@cache
def _versions_with(arm_type: str, path: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        version
        for version in known_versions()
        if arm_type in schemas(version)["resources"]
        and _has(schemas(version), schemas(version)["resources"][arm_type], path)
    )


def _has(loaded: dict[str, Any], schema: dict[str, Any], path: tuple[str, ...]) -> bool:
    """Whether any variant of ``schema`` has the properties of ``path`` below each other."""
    if "$ref" in schema:
        return _has(loaded, loaded["$defs"][schema["$ref"].removeprefix("#/$defs/")], path)
    if not path:
        return True
    if "items" in schema:
        return _has(loaded, schema["items"], path)
    branches = [branch["then"] for branch in schema.get("allOf", ())]
    member = schema.get("properties", {}).get(path[0])
    found = member is not None and _has(loaded, member, path[1:])
    return found or any(_has(loaded, branch, path) for branch in branches)
