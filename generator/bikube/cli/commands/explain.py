"""``bikube explain``."""

import sys
from collections.abc import Iterable, Iterator
from textwrap import wrap

import click

from bikube.app.kinds import Reason, find_kind, no_section
from bikube.app.rules import find_rule
from bikube.cli.completion import a_subject
from bikube.cli.options import outside_option, page_format
from bikube.report.kindtext import kind_data, kind_text
from bikube.report.rulepage import PageSection, facts, sections
from bikube.text.data import as_json

_WIDTH = 100


@click.command("explain", short_help="Show why a rule exists, or what a kind has.")
@click.argument("subject", metavar="RULE|KIND[/PROPERTY]", shell_complete=a_subject)
@outside_option
@page_format("the page is")
def explain(*, subject: str, outside: bool, format_: str) -> int:
    """Show why a rule exists and how to satisfy it, or what entries of a section can have.

    The page of a rule has examples with their findings, and sources. That of a kind, named as its
    section is, has every property: what it does, its values, and the API versions that have it.
    For what Azure has and a spec does not write, it says why there is no section.

    \b
    Examples:
      bikube explain registry-host-case
      bikube explain registryEndpoints
      bikube explain registryEndpoints/authentication
    """
    data, text = _page(subject, outside)
    if format_ == "json":
        text = [as_json(data, indent=2)]
    for line in text:
        sys.stdout.write(f"{line}\n")
    return 0


def _page(subject: str, outside: bool) -> tuple[dict[str, object], Iterable[str]]:
    """The page of what ``subject`` is, as data and in lines."""
    # No rule is named like a section, which has no hyphen.
    reason = no_section(subject)
    if reason is not None:
        return _no_section(subject, reason)
    page = find_kind(subject)
    return (kind_data(page), kind_text(page)) if page is not None else _rule(subject, outside)


def _no_section(name: str, reason: Reason) -> tuple[dict[str, object], Iterator[str]]:
    """Why a spec does not write what Azure has, as data and in lines."""
    data: dict[str, object]
    data = {
        "kind": name,
        "versions": list(reason.versions),
        "types": [reason.type],
        "summary": reason.text,
        "rule": reason.rule,
    }
    versions = f"API versions {reason.versions[0]} to {reason.versions[-1]}"
    head = f"{name}: {reason.type}, {versions}"
    more = f'"bikube explain {reason.rule}" has the rule that finds such a section.'
    return data, iter((head, "", *wrap(f"{reason.text}.", _WIDTH), "", more))


def _rule(name: str, outside: bool) -> tuple[dict[str, object], Iterator[str]]:
    """The page of a rule, as data and in lines."""
    file, known = find_rule(name, outside=outside)
    parts = list(sections(file, known))
    data: dict[str, object]
    data = {"rule": name, "facts": facts(file), "sections": [one._asdict() for one in parts]}
    return data, _lines(f"{name}: {facts(file)}", parts)


def _lines(head: str, parts: list[PageSection]) -> Iterator[str]:
    yield head
    for section in parts:
        yield ""
        if section.title:
            yield f"{section.title}:"
        margin = "    " if section.language else ""
        yield from (f"{margin}{line}".rstrip() for line in section.body.splitlines())


COMMAND = explain
