"""Lints one spec: text in, diagnostics out; nothing is read or written.

A mistake in the spec is a value. Reading, validating and the rules go on as far as they can, and
everything that was found is reported.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from bikube import checks, plugins
from bikube.checking import EntryCheck, Hit, SpecCheck
from bikube.diagnostics import Diagnostic, Problem, Related, Severity
from bikube.document import Document, decode, parse
from bikube.fixing import plan_fix
from bikube.model import Project
from bikube.rule import Rule, Ruleset
from bikube.source import Source, Span
from bikube.structure import structural_problems
from bikube.table import Rows, Table


class Linted(NamedTuple):
    """What is known of one spec; no project if its text is no spec at all."""

    source: Source
    document: Document | None
    project: Project | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def worst(self) -> Severity | None:
        """The greatest severity among the findings."""
        return max((one.severity for one in self.diagnostics), default=None)


def lint(name: str, data: bytes, rules: Ruleset) -> Linted:
    """Everything that ``rules`` find in the spec ``data``, in the order of its text."""
    source, problem = decode(name, data)
    if problem is not None:
        return _linted(source, None, [problem], rules)
    document, problems = parse(source)
    if document is None:
        return _linted(source, None, problems, rules)
    stranger = _not_a_spec(document)
    if stranger is not None:
        return _linted(source, document, [*problems, stranger], rules)
    project = Project(document)
    problems += structural_problems(project)
    for rule in rules:
        if not rule.builtin:
            problems += _apply(rule, project)
    linted = _linted(source, document, problems, rules)
    return linted._replace(project=project)


def _linted(
    source: Source, document: Document | None, problems: Iterable[Problem], rules: Ruleset
) -> Linted:
    hidden = _credential_spans(problems)
    diagnostics = [
        Diagnostic(rules[problem.rule].severity, problem, source)
        for problem in problems
        if not hidden or _shows(problem, hidden)
    ]
    diagnostics.sort(key=lambda one: one.order)
    return Linted(source, document, None, tuple(diagnostics))


def _credential_spans(problems: Iterable[Problem]) -> list[Span]:
    return [problem.span for problem in problems if problem.rule == "credential"]


def _shows(problem: Problem, hidden: list[Span]) -> bool:
    """Whether a finding says more than that a credential is one: that has to go anyway."""
    return problem.rule == "credential" or problem.span not in hidden


def _not_a_spec(document: Document) -> Problem | None:
    data = document.data
    if isinstance(data, dict) and "bikube" in data:
        return None
    found = 'no "bikube" key' if isinstance(data, dict) else "no map at the top"
    message = f'{found}; a spec begins with "bikube: v1"; run "bikube init" for an example'
    return Problem("not-a-spec", message, document.span((), "key"))


def _apply(rule: Rule, project: Project) -> Iterator[Problem]:
    for hit in _hits(rule, project):
        yield _problem(rule, project, hit)
        if rule.once:
            return


def _hits(rule: Rule, project: Project) -> Iterator[Hit]:
    (name, arguments), *_ = rule.require.items()
    if not rule.sections:
        check: SpecCheck = _check_type(name)(**arguments)
        yield from check.search(project)
        return
    for section in rule.sections:
        table = project.tables.get(section)
        if table is None:
            continue
        rows = _chosen(rule, project, table)
        if rows:
            entry_check: EntryCheck = _check_type(name)(**arguments)
            yield from entry_check.find(project, table, rows)


def _chosen(rule: Rule, project: Project, table: Table) -> Rows:
    rows: Rows = table.rows
    for name, arguments in rule.when.items():
        rows = _check_type(name)(**arguments).select(project, table, rows)
        if not rows:
            return rows
    for name, arguments in rule.unless.items():
        spared = set(_check_type(name)(**arguments).select(project, table, rows))
        rows = [row for row in rows if row not in spared] if spared else rows
    return rows


@cache
def _check_type(name: str) -> Any:
    return plugins.load(checks, name, "CHECK")


def _problem(rule: Rule, project: Project, hit: Hit) -> Problem:
    document = project.document
    value = document.resolve(hit.pointer)
    shown = hit.pointer[-1] if hit.part == "key" and hit.pointer else value
    values = {"value": str(shown), "name": _entry_name(project, hit), **hit.values}
    fix, fixed = plan_fix(rule.fix, document, hit.pointer)
    if fixed is not None:
        values["fixed"] = fixed
    related = tuple(
        Related(document.span(one.pointer, one.part), one.message) for one in hit.mentions
    )
    return Problem(
        rule=rule.id,
        message=rule.message.format_map(values),
        span=document.span(hit.pointer, hit.part),
        pointer=hit.pointer,
        related=related,
        fix=fix,
    )


def _entry_name(project: Project, hit: Hit) -> str:
    table = project.tables.get(str(hit.pointer[0])) if hit.pointer else None
    return table.name(int(hit.pointer[1])) if table and len(hit.pointer) > 1 else ""


def across(linted: Iterable[Linted], rules: Ruleset) -> Iterator[Linted]:
    """``linted`` with the findings that only show when specs are seen together."""
    seen: dict[str, Linted] = {}
    for one in linted:
        name = one.project.instance.name if one.project is not None else ""
        first = seen.setdefault(name, one) if name else one
        if first is one:
            yield one
            continue
        message = (
            f'instance "{name}" is described in "{first.source.name}" too; one spec describes an'
            " instance; merge the two, or rename one"
        )
        assert one.document is not None
        pointer = ("instance", "name")
        problem = Problem("duplicate-instance", message, one.document.span(pointer), pointer)
        found = Diagnostic(rules[problem.rule].severity, problem, one.source)
        ordered = sorted((*one.diagnostics, found), key=lambda diagnostic: diagnostic.order)
        yield one._replace(diagnostics=tuple(ordered))
