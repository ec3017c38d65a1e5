"""Applies one rule to one spec: its conditions choose entries, its check looks at them.

Each hit becomes a diagnostic with the rule's message filled in and, where the rule has one, its
fix.
"""

import sys
from collections.abc import Iterable, Iterator

from bikube.diagnostics import Diagnostic, Fix, Related, split_pointer
from bikube.document import Document
from bikube.rules import EVERY_SECTION, EntryCheck, Hit, Rule, SpecCheck, check_type, passing
from bikube.spec import EVERY, Rows, Spec, Table
from bikube.text import shorten


def apply_rule(rule: Rule, spec: Spec) -> Iterator[Diagnostic]:
    """What ``rule`` finds in ``spec``; whatever goes wrong in the rule is raised as it is."""
    for hit in _hits(rule, spec):
        yield _diagnostic(rule, spec, hit)
        if rule.once:
            return


def _hits(rule: Rule, spec: Spec) -> Iterator[Hit]:
    (name, arguments), *_ = rule.require.items()
    if _is_in_vain(rule, spec):
        return
    if not rule.sections:
        check: SpecCheck = check_type(name)(**arguments)
        yield from check.search(spec)
        return
    for section in spec.tables if rule.sections == EVERY_SECTION else rule.sections:
        entries = spec.tables.get(section)
        if entries is None:
            continue
        table, rows = _chosen(rule, spec, entries)
        if rows:
            entry_check: EntryCheck = check_type(name)(**arguments)
            yield from _unspared(rule, spec, table, entry_check.find(spec, table, rows))


def _chosen(rule: Rule, spec: Spec, entries: Table) -> tuple[Table, Rows]:
    """The rows to look at: of the entries, or of the items in their lists."""
    if not rule.each:
        return entries, passing(rule.when, spec, entries, entries.rows)
    holders = passing(rule.where, spec, entries, entries.rows)
    if not holders:
        return entries, holders
    items = entries.items(split_pointer(rule.each))
    rows = items.rows if holders is entries.rows else items.within(holders)
    return items, passing(rule.when, spec, items, rows)


def _unspared(rule: Rule, spec: Spec, table: Table, hits: Iterable[Hit]) -> Iterator[Hit]:
    """The hits in rows that no check of ``unless`` selects, which are asked once there is one."""
    if not rule.unless:
        yield from hits
        return
    spared = bytearray()
    for hit in hits:
        spared = spared or _spared(rule, spec, table)
        # One outside of the section, such as at the instance, is spared by none of its entries.
        row = table.row_of(hit.pointer)
        if row is None or not spared[row]:
            yield hit


def _spared(rule: Rule, spec: Spec, table: Table) -> bytearray:
    """By row, whether a check of ``unless`` selects it: a byte each, as there may be very many."""
    spared = bytearray(len(table.rows))
    for name, arguments in rule.unless.items():
        check: EntryCheck = check_type(name)(**arguments)
        for row in check.select(spec, table, table.rows):
            spared[row] = 1
    return spared


def _is_in_vain(rule: Rule, spec: Spec) -> bool:
    """Whether the spec lacks the sections of ``rule``, its lists, or what its check looks at."""
    if (
        rule.sections
        and rule.sections != EVERY_SECTION
        and spec.tables.keys().isdisjoint(rule.sections)
    ):
        return True
    ((name, arguments),) = rule.require.items()
    path = split_pointer(rule.each)
    # Imports the check, so that it comes after the look at the sections.
    if getattr(check_type(name), "about_values", False) and not arguments.get("needed"):
        path += split_pointer(arguments["at"])
    keys = spec.document.keys
    return any(token != EVERY and token not in keys for token in path)


def _diagnostic(rule: Rule, spec: Spec, hit: Hit) -> Diagnostic:
    document = spec.document
    value = document.resolve(hit.pointer)
    shown = str(hit.pointer[-1] if hit.part == "key" and hit.pointer else value)
    fix, fixed = _mending(rule, document, hit)
    values = {
        "value": shorten(shown),
        "fixed": shorten(shown if fixed is None else fixed),
        "name": spec.entry_name(hit.pointer),
        **hit.values,
    }
    related = tuple(
        Related(document.span(one.pointer, one.part), one.message) for one in hit.mentions
    )
    return Diagnostic(
        rule=rule.id,
        message=rule.message.format_map(values),
        span=document.span(hit.pointer, hit.part),
        pointer=hit.pointer,
        related=related,
        fix=fix,
        help=sys.intern(rule.help.format_map(values)),
    )


def _mending(rule: Rule, document: Document, hit: Hit) -> tuple[Fix | None, str | None]:
    """The fix for a hit, and what it writes."""
    if not (rule.fix and hit.mendable):
        return None, None
    # Imported here because a spec with nothing to mend should not wait for it.
    from bikube.edits import plan_fix

    return plan_fix(rule.fix, document, hit.pointer, hit.values)
