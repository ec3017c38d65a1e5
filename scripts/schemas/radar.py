"""What other types mean for this repository: which kinds, rules and golden cases they touch.

What a check reads in its code, and not where its rule names it, is not seen here: such rules are
listed as those of the section.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from bikube.azure import Kind, all_kinds, version_order
from bikube.document import decode, parse
from bikube.rules import Rule, builtin_rules
from bikube.schema import referred, resolved, variants

ROOT = Path(__file__).parents[2]

Place: TypeAlias = tuple[str, ...]
Schema: TypeAlias = Mapping[str, Any]
Facts: TypeAlias = dict[Place, set[str]]

_SINGLE = ("type", "pattern", "minLength", "maxLength", "minimum", "maximum", "minItems")
_LISTS = ("enum", "x-known", "x-described", "x-implied")


class Change(NamedTuple):
    """What is different at one path below an entry; ``*`` is an item of a list, or any key."""

    sort: str
    path: Place
    what: str = ""


def radar(before: Mapping[str, Schema], after: Mapping[str, Schema]) -> Iterator[str]:
    """Lines about each version whose schemas, by version, are new or are not those of ``before``.

    One that is there already is compared with what it was, a new one with the version before it.
    """
    versions = sorted(after, key=version_order)
    earlier = {new: old for old, new in pairwise(versions)}
    for version in versions if before else ():
        if version in before and before[version] != after[version]:
            yield f"{version}, compared with what it was:"
            yield from _about(before[version], after[version])
        elif version not in before and version in earlier:
            yield f"{version}, compared with {earlier[version]}:"
            yield from _about(after[earlier[version]], after[version])


def changes(arm_type: str, old: Schema, new: Schema) -> list[Change]:
    """What is different for one type, in the order of its paths; of what is new only the top."""
    was, now = (facts(one["resources"].get(arm_type, {}), one["$defs"]) for one in (old, new))
    found = []
    for path in sorted(was.keys() | now.keys()):
        if path not in was:
            found += [Change("added", path)] if path[:-1] in was else []
        elif path not in now:
            found += [Change("removed", path)] if path[:-1] in now else []
        elif was[path] != now[path]:
            gone, come = sorted(was[path] - now[path]), sorted(now[path] - was[path])
            told = [f"without {', '.join(gone)}"] if gone else []
            told += [f"with {', '.join(come)}"] if come else []
            found.append(Change("changed", path, "; ".join(told)))
    return found


def facts(schema: Schema, definitions: Schema) -> Facts:
    """What a schema says of each path that can be written, in whichever variant it is."""
    found: Facts = {}
    _add(found, schema, definitions, (), ())
    return found


def _add(found: Facts, schema: Schema, definitions: Schema, path: Place, above: Place) -> None:
    said = found.setdefault(path, set())
    if "$ref" in schema:
        name = referred(schema)
        if name in above:
            return
        above = (*above, name)
    plain = resolved(schema, definitions)
    said.update(_own(plain))
    bodies = list(variants(plain, definitions).values()) if "x-discriminator" in plain else []
    for body in (plain, *bodies):
        for key, child in _members(body):
            _add(found, child, definitions, (*path, key), above)
            if key in body.get("required", ()):
                found[*path, key].add("required")


def _members(body: Schema) -> Iterator[tuple[str, Schema]]:
    """What may be written below a value, by its key; ``*`` stands for any."""
    for key, child in body.get("properties", {}).items():
        if not child.get("readOnly"):
            yield key, child
    for others in ("items", "additionalProperties"):
        if isinstance(body.get(others), Mapping):
            yield "*", body[others]


def _own(plain: Schema) -> Iterator[str]:
    yield from (f"{key} {plain[key]}" for key in _SINGLE if key in plain)
    yield from (f"{key} {value}" for key in _LISTS for value in plain.get(key, ()))


def _about(old: Schema, new: Schema) -> Iterator[str]:
    known = {kind.arm_type for kind in all_kinds()}
    lines = [line for kind in all_kinds() for line in _of_kind(kind, old, new)]
    for sort, one, other in (("added", new, old), ("removed", old, new)):
        types = sorted(one["resources"].keys() - other["resources"].keys())
        lines += [f"  {sort} {name}{'' if name in known else ', no kind'}" for name in types]
    yield from lines or ["  no kind is touched"]


def _of_kind(kind: Kind, old: Schema, new: Schema) -> Iterator[str]:
    if not all(kind.arm_type in one["resources"] for one in (old, new)):
        return
    found = changes(kind.arm_type, old, new)
    if not found:
        return
    yield f"  {kind.section}"
    for one in found:
        yield f"    {one.sort:8} {'/'.join(one.path)}{one.what and f': {one.what}'}"
    paths = [one.path for one in found]
    known = [*(one.at for one in kind.references), *(one.at for one in kind.part_references)]
    yield from _listed("kind", ["/".join(one) for one in known if _touches(one, paths)])
    yield from _listed("rules", [one.id for one in builtin_rules() if reads(one, kind, paths)])
    yield from _listed("section", [one.id for one in builtin_rules() if _is_blind(one, kind)])
    yield from _listed("goldens", goldens(kind.section, paths))


def _listed(what: str, names: list[str]) -> Iterator[str]:
    if names:
        yield f"    {what:8} {', '.join(names)}"


def reads(rule: Rule, kind: Kind, paths: list[Place]) -> bool:
    """Whether ``rule`` names one of ``paths``, something in it, or what it is in."""
    named = [(path, is_other) for path, is_other in _named(rule)]
    is_own = kind.section in rule.sections
    return any(_touches(path, paths) for path, is_other in named if is_own or is_other)


def _is_blind(rule: Rule, kind: Kind) -> bool:
    """Whether a rule of the section names no path at all."""
    return kind.section in rule.sections and not list(_named(rule))


def _named(rule: Rule) -> Iterator[tuple[Place, bool]]:
    """The paths that ``rule`` names, each with whether it is one of what an entry refers to."""
    each = _split(rule.each) if rule.each else ()
    is_bare = True
    for part in (rule.where, rule.when, rule.unless, rule.require):
        for check, arguments in part.items():
            is_led = isinstance(arguments, Mapping) and "through" in arguments
            for key, text in _pointers(arguments, check):
                is_bare, is_other = False, is_led and key != "through"
                yield _split(text) if is_other else (*each, *_split(text)), is_other
    if each and is_bare:
        yield each, False


def _pointers(value: Any, key: str) -> Iterator[tuple[str, str]]:
    """Every string in ``value`` that is a path, with the key below which it stands."""
    if isinstance(value, str):
        if value.startswith("/"):
            yield key, value
    elif isinstance(value, Mapping):
        for name, child in value.items():
            yield from _pointers(name, key)
            yield from _pointers(child, name)
    elif isinstance(value, list | tuple):
        for child in value:
            yield from _pointers(child, key)


def _split(text: str) -> Place:
    return tuple(text.strip("/").split("/"))


def _touches(one: Place, paths: list[Place]) -> bool:
    """Whether ``one`` is one of ``paths``, or is in one, or has one in it."""
    shorter = ((min(len(one), len(path)), path) for path in paths)
    return any(one[:length] == path[:length] for length, path in shorter)


def goldens(section: str, paths: list[Place]) -> list[str]:
    """The specs that have an entry with one of ``paths``, by the names of their cases."""
    specs = [*ROOT.glob("golden/*/spec.yaml"), *ROOT.glob("examples/**/*bikube.yaml")]
    named = {path.parent.name if path.parts[-3] == "golden" else path.name: path for path in specs}
    return sorted(name for name, path in named.items() if _uses(path, section, paths))


def _uses(path: Path, section: str, paths: list[Place]) -> bool:
    document, _ = parse(decode(path.name, path.read_bytes())[0])
    entries = document.data.get(section) if document is not None else None
    return any(_has(entry, one) for entry in entries or () for one in paths)


def _has(value: Any, path: Place) -> bool:
    if not path:
        return True
    if path[0] == "*":
        inner = value.values() if isinstance(value, dict) else value
        return isinstance(value, dict | list) and any(_has(one, path[1:]) for one in inner)
    return isinstance(value, dict) and path[0] in value and _has(value[path[0]], path[1:])
