"""The findings of the schema: what is there that should not be, and what is not.

The schema of a spec depends on the API versions that the spec itself chooses.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from bikube.diagnostics import Fix, Pointer, Problem, Severity
from bikube.fixing import rewrite
from bikube.kinds import Kind, all_kinds
from bikube.kinds.versions import has_type, known_versions, schemas
from bikube.model import Project
from bikube.specschema import spec_schema
from bikube.validation import Check, Compiler
from bikube.violations import Violation

_OF_TYPES = frozenset({"unknown-key", "property-not-in-version"})
"""Rules that hold a spec to the properties that the types of a version list."""


def structural_problems(project: Project) -> Iterator[Problem]:
    """Every place where the spec is not of the form that its API versions have."""
    versions = {kind.section: project.arm_version(kind) for kind in all_kinds()}
    violations: list[Violation] = []
    _compiled(tuple(sorted(versions.items())))(project.document.data, None, violations)
    for violation in violations:
        yield _problem(project, violation)


@cache
def _compiled(versions: tuple[tuple[str, str], ...]) -> Check:
    schema = dict(spec_schema(per_section=dict(versions)))
    del schema["$schema"]
    return Compiler(schema.pop("$defs")).compile(schema)


def _problem(project: Project, violation: Violation) -> Problem:
    pointer = violation.pointer
    rule, message = violation.rule, violation.message
    kind = next((kind for kind in all_kinds() if pointer[:1] == (kind.section,)), None)
    if rule == "unknown-key" and len(pointer) == 1:
        rule, message = "unknown-section", message.replace("unknown key", "unknown section", 1)
    elif rule == "unknown-key" and kind is not None:
        rule, message = _explain(project, kind, pointer) or (rule, message)
    return Problem(
        rule=rule,
        message=message,
        span=project.document.span(pointer, violation.part),
        pointer=pointer,
        fix=_fix(project, violation),
        ceiling=_ceiling(project, kind, rule),
    )


def _fix(project: Project, violation: Violation) -> Fix | None:
    repair = violation.repair
    if repair is None or repair.action == "remove":
        return None
    document, pointer = project.document, violation.pointer
    return rewrite(document, pointer, repair.action, repair.text, safe=repair.safe)


def _ceiling(project: Project, kind: Kind | None, rule: str) -> Severity:
    """A version without types may have what others lack: there it is no worse than a warning."""
    if kind is None or rule not in _OF_TYPES:
        return Severity.ERROR
    typed = has_type(kind.arm_type, project.arm_version(kind))
    return Severity.ERROR if typed else Severity.WARNING


def _explain(project: Project, kind: Kind, pointer: Pointer) -> tuple[str, str] | None:
    """Why a key that the types lack may be there all the same: rule and message."""
    path = tuple(token for token in pointer[2:] if isinstance(token, str))
    key, version = path[-1], project.arm_version(kind)
    if path in kind.documented:
        message = (
            f"\"{key}\" is in Microsoft's how-to, but in none of Azure's types for {kind.singular};"
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
