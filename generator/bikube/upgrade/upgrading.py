"""Sets the API version of a spec, and edits what is mechanical; nothing is read or written.

A property that the new version lacks is written as what it became, where that is certain, and else
goes: the report names it with its place. What needs a person leaves the spec as it was.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from bikube.azure import (
    ARM,
    Kind,
    has_type,
    is_newer,
    kind_of,
    schemas,
    types_version,
    version_order,
    versions_with,
)
from bikube.azure.history import when
from bikube.diagnostics import Diagnostic, Fix, Pointer, Severity
from bikube.document import Document
from bikube.edits import apply, insert, removal, reshaping, rewriting
from bikube.lint import Linted
from bikube.lint.versioned import versions_having
from bikube.render import target_apis
from bikube.spec import Spec
from bikube.upgrade.differences import Difference, Side, differences, same_definitions
from bikube.upgrade.target import LATEST, target_version

_GONE = "property-not-in-version"


class Upgraded(NamedTuple):
    """A spec in API ``version``: its bytes, what was and is found, and what is different.

    If ``refusal`` says why it cannot be, all of it is as it was before; ``wanting`` are then the
    errors that a person has to see to first, found ``before`` or, if there were none, ``after``.
    """

    data: bytes
    before: Linted
    after: Linted
    version: str
    differences: tuple[Difference, ...] = ()
    refusal: str = ""
    wanting: tuple[Diagnostic, ...] = ()


def upgrade_spec(data: bytes, lint: Callable[[bytes], Linted], to: str) -> Upgraded:
    """``data`` with all its sections in the API version that ``to`` means (``target_version``)."""
    before = lint(data)
    errors = _errors(before)
    if before.spec is None or errors:
        return Upgraded(data, before, before, "", (), "it has errors; mend these first", errors)
    version, refusal = target_version(to, before.spec.instance.aio_version)
    refusal = refusal or _reason_to_stay(before.spec, to, version)
    if refusal:
        return Upgraded(data, before, before, version, (), refusal)
    found = tuple(_differences(before.spec, version))
    fixes = _versioned(before.spec, version)
    if None in fixes:
        refusal = "its versions are laid out in a way that an edit could spoil; write them by hand"
        return Upgraded(data, before, before, version, found, refusal)
    fixes += (_mending(before.spec.document, one.at) for one in found if one.is_going)
    text = apply(before.source.text, [one for one in fixes if one is not None])
    after = _without_gone(before.source.encode(text), lint)
    errors = _errors(after)
    if errors:
        refusal = f"in API version {version} it has errors that need a person"
        return Upgraded(data, before, after, version, found, refusal, errors)
    return Upgraded(after.source.encode(after.source.text), before, after, version, found)


def _reason_to_stay(spec: Spec, to: str, version: str) -> str:
    """Why all of ``spec`` cannot be in ``version``, or should not be, if so."""
    newer = [one for one in map(spec.arm_version, spec.kinds) if is_newer(one)]
    if newer and to == LATEST:
        return f'it is in API version "{newer[0]}", which is newer; name the one to go to'
    lacking = [
        f"{kind.section} ({when(versions_with(kind.arm_type))})"
        for kind in spec.kinds
        if not has_type(kind.arm_type, version)
    ]
    return f'API version "{version}" has no {", ".join(lacking)}' if lacking else ""


def _errors(linted: Linted) -> tuple[Diagnostic, ...]:
    return tuple(one for one in linted.diagnostics if one.severity is Severity.ERROR)


def _differences(spec: Spec, version: str) -> Iterator[Difference]:
    for kind in spec.kinds:
        chosen = spec.arm_version(kind)
        old, new = _sides(kind, chosen, version)
        for index, entry in enumerate(spec.tables[kind.section].entries):
            found = differences(entry, old, new, (kind.section, index))
            told = [_understood(one, kind, chosen) for one in found]
            became = {(*one.at[:-1], one.what) for one in told if one.sort == "renamed"}
            # What something became is told already.
            yield from (one for one in told if (*one.at[:-1], f'"{one.at[-1]}"') not in became)


def _understood(one: Difference, kind: Kind, old: str) -> Difference:
    """``one`` with what is known beyond two versions: what was there before, and what became."""
    path = tuple(token for token in one.at[2:] if isinstance(token, str))
    successor = next((each.new for each in kind.replaced if each.old == path[-1]), None)
    if one.sort == "removed" and not one.what and successor is not None:
        return one._replace(sort="renamed", what=f'"{successor}"')
    order = version_order(old)
    had = (version_order(each) < order for each in versions_having(kind.arm_type, path))
    return one._replace(sort="back") if one.sort == "added" and any(had) else one


def _sides(kind: Kind, *versions: str) -> list[Side]:
    """The schemas of ``kind`` in two versions."""
    old, new = (types_version(kind.arm_type, version) for version in versions)
    same, loaded = _same(old, new), (schemas(old), schemas(new))
    return [Side(one["resources"][kind.arm_type], one["$defs"], same) for one in loaded]


@cache
def _same(old: str, new: str) -> frozenset[str]:
    return same_definitions(schemas(old)["$defs"], schemas(new)["$defs"])


def _versioned(spec: Spec, version: str) -> list[Fix | None]:
    """What writes ``version`` for all sections; ``None`` in it where that cannot be edited."""
    document = spec.document
    target = next(name for name, api in target_apis().items() if api is ARM)
    default: Pointer = ("targets", target, "apiVersion")
    chosen = spec.versions(target)
    fixes = [
        rewriting(document, (*default[:-1], "apiVersions", section), version, safe=True)
        for section in chosen.per_section
    ]
    if chosen.default is not None:
        fixes.append(rewriting(document, default, version, safe=True))
    elif version != spec.arm_version():
        fixes.append(_inserted(spec, default, version))
    return fixes


def _inserted(spec: Spec, at: Pointer, version: str) -> Fix | None:
    """The fix that adds the member at ``at``, with the maps above it that are not there."""
    container, depth = spec.document.data, 0
    while isinstance(container, dict) and at[depth] in container:
        container, depth = container[at[depth]], depth + 1
    value: object = version
    for token in reversed(at[depth + 1 :]):
        value = {token: value}
    edits = insert(spec.document, at[:depth], str(at[depth]), value, after="instance")
    return Fix(edits, safe=True) if edits else None


def _mending(document: Document, gone: Pointer) -> Fix | None:
    """What writes the property at ``gone`` as what it became, or else takes it out."""
    section, *_, key = gone
    for one in kind_of(str(section)).replaced:
        if one.old == key and document.resolve(gone) is not None:
            return reshaping(document, gone, one.new, one.only)
    return removal(document, gone, safe=False)


def _without_gone(data: bytes, lint: Callable[[bytes], Linted]) -> Linted:
    """``data`` linted, without what is left in it that the version lacks.

    Of several members that would leave a map empty, all but one go at once.
    """
    linted = lint(data)
    document = linted.document
    gone = [one.pointer for one in linted.diagnostics if one.rule == _GONE]
    fixes = [_mending(document, pointer) for pointer in gone] if document is not None else []
    text = apply(linted.source.text, [one for one in fixes if one is not None])
    if text == linted.source.text:
        return linted
    return _without_gone(linted.source.encode(text), lint)
