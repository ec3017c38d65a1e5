"""A kind's page for a terminal, and as data for other programs."""

from collections.abc import Iterator
from textwrap import wrap
from typing import Any

from bikube.report.kindpage import Entry, KindPage
from bikube.schema.descriptions import ANY

_MARGIN = "    "
_WIDTH = 100
_LEAST = 40


def kind_text(page: KindPage) -> Iterator[str]:
    """The lines of the page."""
    if page.versions:
        yield f"{page.section}: API versions {page.versions[0]} to {page.versions[-1]}"
    else:
        yield f"{page.section}: {', '.join(page.types) or 'no resource of Azure'}"
    yield from ("", *wrap(page.summary, _WIDTH)) if page.summary else ()
    # Where only a part is shown, its first property stands at the margin.
    least = min(one.depth for one in page.entries)
    for entry in page.entries:
        yield ""
        yield from _entry_lines(entry, _MARGIN * (entry.depth - least))
    if page.example:
        yield from ("", "Example:")
        yield from (f"{_MARGIN}{line}" for line in page.example.splitlines())


def kind_data(page: KindPage) -> dict[str, Any]:
    """The page as JSON has it; what is not known is left out."""
    return {
        "kind": page.section,
        "versions": list(page.versions),
        **({"types": list(page.types)} if page.types else {}),
        "summary": page.summary,
        "properties": [_entry_data(entry) for entry in page.entries],
        "example": page.example,
    }


def facts(entry: Entry) -> str:
    """What an entry is in one line: its form, when it has to be there, and in which versions."""
    needed = [
        *(["required"] if entry.required else []),
        *([f"for {entry.only}"] if entry.only else []),
    ]
    return " · ".join(filter(None, (entry.form, " ".join(needed), entry.versions)))


def _entry_lines(entry: Entry, margin: str) -> Iterator[str]:
    key = "(any key)" if entry.key == ANY else entry.key if margin else entry.path
    yield f"{margin}{key} · {facts(entry)}"
    inner = margin + _MARGIN
    lines = [entry.said.text, entry.said.fact_line]
    for choice in entry.choices:
        versions = f" ({choice.versions})" if choice.versions else ""
        text = f": {choice.text}" if choice.text else ""
        lines.append(f"* {choice.value}{versions}{text}")
    for line in filter(None, lines):
        indent = inner + ("  " if line.startswith("* ") else "")
        width = max(_WIDTH, len(inner) + _LEAST)
        yield from wrap(
            line,
            width,
            initial_indent=inner,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )


def _entry_data(entry: Entry) -> dict[str, Any]:
    said = entry.said
    choices = [one._asdict() for one in entry.choices]
    facts = {
        "path": entry.path,
        "form": entry.form,
        "required": entry.required,
        "only": entry.only,
        "versions": entry.versions,
        "description": said.text,
        "default": said.default,
        "unit": said.unit,
        "example": said.example,
        "values": choices,
    }
    return {key: value for key, value in facts.items() if value not in (None, "", [])}
