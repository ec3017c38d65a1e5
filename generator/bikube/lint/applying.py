"""Applies one rule to one spec: its conditions choose entries, its check looks at them.

Each hit becomes a diagnostic with the rule's message filled in and, where the rule has one, its
fix.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from bikube import plugins
from bikube.diagnostics import Diagnostic, Fix, Related, split_pointer
from bikube.document import Document
from bikube.rules import EVERY_SECTION, EntryCheck, Hit, Rule, SpecCheck
from bikube.spec import Rows, Spec, Table
from bikube.text import shorten


def apply_rule(rule: Rule, spec: Spec) -> Iterator[Diagnostic]:
    """What ``rule`` finds in ``spec``; whatever goes wrong in the rule is raised as it is."""
    for hit in _hits(rule, spec):
        yield _diagnostic(rule, spec, hit)
        if rule.once:
            return


def _hits(rule: Rule, spec: Spec) -> Iterator[Hit]:
    (name, arguments), *_ = rule.require.items()
    if _is_in_vain(_check_type(name), arguments, spec):
        return
    if not rule.sections:
        check: SpecCheck = _check_type(name)(**arguments)
        yield from check.search(spec)
        return
    for section in spec.tables if rule.sections == EVERY_SECTION else rule.sections:
        table = spec.tables.get(section)
        if table is None:
            continue
        rows = _chosen(rule, spec, table)
        if rows:
            entry_check: EntryCheck = _check_type(name)(**arguments)
            yield from _unspared(rule, spec, table, entry_check.find(spec, table, rows))


def _chosen(rule: Rule, spec: Spec, table: Table) -> Rows:
    rows: Rows = table.rows
    for name, arguments in rule.when.items():
        rows = _check_type(name)(**arguments).select(spec, table, rows)
        if not rows:
            return rows
    return rows


def _unspared(rule: Rule, spec: Spec, table: Table, hits: Iterable[Hit]) -> Iterator[Hit]:
    """The hits in entries that no check of ``unless`` selects; asked of these entries only."""
    checks = [_check_type(name)(**arguments) for name, arguments in rule.unless.items()]
    if not checks:
        yield from hits
        return
    for hit in hits:
        # One outside of the section, such as at the instance, is spared by none of its entries.
        rows = (int(hit.pointer[1]),) if hit.pointer[0] == table.section else ()
        if not any(check.select(spec, table, rows) for check in checks):
            yield hit


def _is_in_vain(check: Any, arguments: Mapping[str, Any], spec: Spec) -> bool:
    """Whether ``check`` is about values of a property that the spec nowhere has."""
    if not getattr(check, "about_values", False):
        return False
    return split_pointer(arguments["at"])[-1] not in spec.document.keys


@cache
def _check_type(name: str) -> Any:
    return plugins.load("bikube.rules.checks", name, "CHECK")


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
        help=rule.help.format_map(values),
    )


def _mending(rule: Rule, document: Document, hit: Hit) -> tuple[Fix | None, str | None]:
    """The fix for a hit, and what it writes."""
    if not (rule.fix and hit.mendable):
        return None, None
    # Imported here because a spec with nothing to mend should not wait for it.
    from bikube.edits import plan_fix

    return plan_fix(rule.fix, document, hit.pointer, hit.values)
