"""The findings of the schema: what is there that should not be, and what is not.

The schema of a spec depends on the API versions that the spec itself chooses.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache

from bikube.azure import Api, Kind, has_type
from bikube.diagnostics import MAX_FINDINGS, Diagnostic, Fix, Pointer, Severity, diagnose
from bikube.schema import Check, Compiler, Repair, Violation, as_wrong_case
from bikube.spec import Spec, spec_schema

_OF_VERSION = frozenset({"unknown-key", "unknown-value", "enum-value"})
"""Rules whose findings may be the fault of the API version."""

_OF_TYPES = frozenset({"unknown-key", "property-not-in-version", "unknown-value"})
"""Rules that hold a spec to the properties and variants that the types of a version list."""


_OF_WORDS = frozenset({"wrong-pattern", "required-property"})
"""Rules whose findings may be said better by who knows Azure's types."""


class _Enough(Exception):
    """There are so many violations that no others are looked for."""


class _Violations(list[Violation]):
    """Those that are found, until there are more than ``most``."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def append(self, one: Violation) -> None:
        super().append(one)
        self._stop()

    def extend(self, more: Iterable[Violation]) -> None:
        super().extend(more)
        self._stop()

    def _stop(self) -> None:
        if len(self) > self._most:
            raise _Enough


def structural_diagnostics(spec: Spec, most: int = MAX_FINDINGS) -> Iterator[Diagnostic]:
    """The places where the spec is not of the form that its API versions have.

    No others are looked for where there are more than ``most``.
    """
    versions = {kind.section: spec.arm_version(kind) for kind in spec.kinds}
    violations: list[Violation] = _Violations(most)
    apis = tuple(sorted(spec.apis.items()))
    chosen = tuple(sorted(versions.items()))
    beside = tuple(one.section for one in spec.companions)
    existing = (*spec.existing, *spec.existing_beside)
    compiled = _compiled(apis, chosen, beside, existing)
    with suppress(_Enough):
        compiled(spec.document.data, None, violations)
    if violations:
        violations = _understood(spec, violations, chosen, beside)
    names = Counter(map(_new_name, violations))
    for violation in _drained(violations):
        # Of two keys that may be meant for one, only the author knows which it is.
        name = _new_name(violation)
        is_doubtful = name is not None and names[name] > 1
        yield _diagnostic(spec, violation._replace(repair=None) if is_doubtful else violation)


def _drained(violations: list[Violation]) -> Iterator[Violation]:
    """Those of ``violations``, which goes without each from then on: there may be very many."""
    violations.reverse()
    while violations:
        yield violations.pop()


def _new_name(violation: Violation) -> Pointer | None:
    """The pointer that a member gets by being renamed."""
    match violation.repair:
        case Repair("key", key):
            return (*violation.pointer[:-1], key)
        case _:
            return None


_Apis = tuple[tuple[str, Api], ...]
_Versions = tuple[tuple[str, str], ...]
_Names = tuple[str, ...]


@cache
def _compiled(apis: _Apis, versions: _Versions, beside: _Names, existing: _Names) -> Check:
    used = dict(versions)
    # A spec does not pay for sections that it has not.
    there = {*used, *beside}
    schema = dict(spec_schema(dict(apis), per_section=used, described=there, existing=existing))
    del schema["$schema"]
    return Compiler(schema.pop("$defs")).compile(schema)


@cache
def _places(versions: _Versions, beside: _Names) -> dict[str, list[Pointer]]:
    # Imported here because a valid spec should not wait for what explains others.
    from bikube.render import target_apis
    from bikube.schema.places import places

    used = dict(versions)
    there = {*used, *beside}
    schema = spec_schema(target_apis(), per_section=used, described=there or None)
    return places(schema, schema["$defs"])


def _understood(
    spec: Spec, found: list[Violation], versions: _Versions, beside: _Names
) -> list[Violation]:
    """``found``, in which one cause is one finding, whatever has come of it."""
    # Imported here because a valid spec should not wait for what explains others.
    from bikube.lint.begun import complete
    from bikube.lint.former import name_images
    from bikube.lint.misplaced import relocate
    from bikube.lint.pasted import name_diff, name_pasted
    from bikube.lint.scattered import compare_settings, gather, renamed, without_credentials

    if not spec.source.text.isascii():
        from bikube.lint.oddities import odd_keys

        found = odd_keys(found)
    found = name_images(spec.document, name_pasted(spec.document, name_diff(found)))
    if any(one.rule == "enum-value" for one in found):
        from bikube.lint.versioned import join_variants

        found = join_variants(spec, found)
    found = without_credentials(spec.document, compare_settings(gather(spec.document, found)))
    known = _places(versions, beside)
    return complete(renamed(spec.document, relocate(spec.document, found, known), known), known)


def _diagnostic(spec: Spec, violation: Violation) -> Diagnostic:
    pointer = violation.pointer
    kind = next((kind for kind in spec.kinds if pointer[:1] == (kind.section,)), None)
    if violation.rule == "unknown-key":
        # Imported here because a valid spec should not wait for what explains others.
        from bikube.lint.unwritten import explain_unwritten

        violation = explain_unwritten(violation)
    if violation.rule == "variant-case" and kind is not None and kind.exact_variants:
        violation = as_wrong_case(spec.document.resolve(pointer), violation)
    if violation.rule in _OF_VERSION and kind is not None:
        # Imported here for the same reason.
        from bikube.lint.versioned import explain_version

        violation = explain_version(spec, kind, violation)
    if violation.rule in _OF_WORDS:
        # Imported here for the same reason.
        from bikube.lint.expected import in_words

        violation = in_words(violation, spec.document)
    span = spec.document.span(pointer, violation.part)
    fix = _fix(spec, violation)
    found = diagnose(violation.rule, violation.message, span, pointer, fix)
    severity = _severity(spec, kind, violation.rule)
    return found if severity is found.severity else found._replace(severity=severity)


def _fix(spec: Spec, violation: Violation) -> Fix | None:
    repair, document, pointer = violation.repair, spec.document, violation.pointer
    # Imported here because a spec with nothing to mend should not wait for it.
    from bikube import edits

    match repair:
        case Repair("remove"):
            return edits.removal(document, pointer, safe=repair.safe)
        case Repair("key", key):
            return edits.renaming(document, pointer, key, safe=repair.safe)
        case Repair("value", value):
            return edits.rewriting(document, pointer, value, safe=repair.safe)
        case Repair("reshape", new, _, only):
            return edits.reshaping(document, pointer, new, only)
        case Repair("split", members=(one, other)):
            return edits.splitting(document, pointer, one, other)
        case Repair("quote"):
            return edits.quoting(document, pointer, safe=repair.safe)
        case _:
            return None


def _severity(spec: Spec, kind: Kind | None, rule: str) -> Severity:
    """A version without types may have what others lack: there it is no worse than a warning."""
    if kind is None or rule not in _OF_TYPES:
        return Severity.ERROR
    typed = has_type(kind.arm_type, spec.arm_version(kind))
    return Severity.ERROR if typed else Severity.WARNING
