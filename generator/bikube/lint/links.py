"""Where resources lead: to what is not there, and not to what is."""

from collections.abc import Iterable, Iterator
from typing import Any

from bikube.azure import PartReference, kind_of
from bikube.diagnostics import Diagnostic, EngineRule, Pointer, diagnose
from bikube.lint.existing import strangely_existing
from bikube.lint.lost import Suggester, Surroundings, lost, way_out
from bikube.spec import Identity, Spec, Table
from bikube.spec.references import Known, Link, known, led_to, links, names_below, strange_parts
from bikube.text import shorten


def strange_links(
    spec: Spec, *, everywhere: bool = False, parents: bool = True
) -> Iterator[Diagnostic]:
    """Names that lead nowhere, what strangely exists, and what nothing leads to.

    A name is said once, unless it is to be said ``everywhere``, in each resource that has it. What
    is named among what is below a parent waits until that is there, unless nobody wants to hear of
    ``parents``.
    """
    named = led_to(spec)
    there = {section: known(spec, section) for section in named}
    if any(not _all_there(identities, there[section]) for section, identities in named.items()):
        yield from _to_nowhere(spec, _lost_links(spec, parents=parents), everywhere=everywhere)
    for table in spec.resource_tables:
        for reference in kind_of(table.section).part_references:
            yield from _to_no_part(spec, table, reference)
    yield from strangely_existing(spec)
    for section, identities in named.items():
        yield from _unused(spec, section, there[section], identities)


def _all_there(identities: set[Identity], there: Known) -> bool:
    return identities <= there.described.keys() | there.undescribed


def _lost_links(spec: Spec, *, parents: bool) -> Iterator[Link]:
    """The links to what is not there; of a resource whose parent is lost, that is one mistake."""
    orphans: set[Pointer] = set()
    for link in links(spec):
        resource = link.pointer[:2]
        if link.is_resolved:
            continue
        if link.reference is None:
            orphans.add(resource)
        elif parents and link.reference.same_parent and resource in orphans:
            continue
        yield link


def _to_nowhere(spec: Spec, found: Iterable[Link], *, everywhere: bool) -> Iterator[Diagnostic]:
    alike: dict[tuple[Any, ...], list[Link]] = {}
    for link in found:
        source = link.pointer[:2] if everywhere else ()
        key = (link.reference is None, link.section, link.identity, source)
        alike.setdefault(key, []).append(link)
    around = {section: Surroundings(spec, section) for section in {key[1] for key in alike}}
    suggest = Suggester()
    for same in alike.values():
        link, here = same[0], around[same[0].section]
        message, namesake = here.instead(link.identity)
        siblings = here.siblings(link.identity)
        advice, near = suggest(link.identity[-1], siblings, way_out(link))
        rule: EngineRule = "unknown-parent" if link.reference is None else "unknown-reference"
        said = (rule, message, advice)
        yield lost(spec.document, [one.pointer for one in same], said, near or namesake)


def _to_no_part(spec: Spec, table: Table, reference: PartReference) -> Iterator[Diagnostic]:
    alike: dict[tuple[int, str], list[Pointer]] = {}
    for path, name in strange_parts(table, reference):
        alike.setdefault((int(path[0]), name), []).append((table.section, *path))
    suggest = Suggester()
    parts: dict[int, dict[str, Pointer | None]] = {}
    for (row, name), pointers in alike.items():
        if row not in parts:
            named = names_below(table.entries[row], reference.parts)
            parts[row] = {one: (table.section, row, *path) for path, one in named}
        noun = reference.noun
        message = f'no {noun} of "{shorten(table.name(row))}" is called "{shorten(name)}"'
        advice, near = suggest(name, parts[row], f"name a {noun} that is there")
        yield lost(spec.document, pointers, ("unknown-node", message, advice), near)


def _unused(spec: Spec, section: str, there: Known, named: set[Identity]) -> Iterator[Diagnostic]:
    """What nothing leads to in ``section``, to which something in the spec could.

    What AIO brings is left out: it is in use before anything is described.
    """
    for identity, row in there.described.items():
        if identity not in named and identity not in there.brought:
            pointer = (section, row, "name")
            message = f'nothing in this spec refers to "{shorten(identity[-1])}"'
            advice = "keep it if something outside of this spec does"
            span = spec.document.span(pointer)
            yield diagnose("unused-resource", message, span, pointer, help=advice)
