"""Writes what the documentation shows of the program itself: rule pages, index, picture, schema.

``make docs`` runs it; a test holds the committed files to what it would write.
"""

import inspect
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stderr
from html import escape
from io import StringIO
from pathlib import Path
from textwrap import wrap
from typing import Any

from bikube import assets, plugins
from bikube.app.requests import Changes
from bikube.app.schemas import report_schema_text
from bikube.azure import all_companions, all_kinds
from bikube.azure.releases import RELEASES, Release
from bikube.azure.versions import known_versions, record
from bikube.cli.summary import fixable, summarise, tell_unlisted
from bikube.diagnostics import Severity
from bikube.lint.engine import lint
from bikube.report.kindpage import Entry, KindPage, companion_page, kind_page
from bikube.report.kindtext import facts as kind_facts
from bikube.report.rulepage import facts, sections
from bikube.report.run import Context, Run, load_report
from bikube.rules.builtin import builtin_rules
from bikube.rules.check import ALWAYS, AT, CHECKS, PATH
from bikube.rules.file import RuleFile
from bikube.rules.loading import load_rule
from bikube.rules.rule import Ruleset
from bikube.schema.descriptions import ANY
from bikube.verify import ALLOWED

ROOT = Path(__file__).parents[1]
SPEC = ROOT / "docs" / "picture" / "bikube.yaml"

_NOTE = "<!-- Written by `make docs` from the rule's file. -->"
_NOTE_OF_CHECKS = "<!-- Written by `make docs` from the checks themselves. -->"
_CHECKS_INTRO = """\
What `require`, `where`, `when` and `unless` of a rule can name. A check of entries needs `sections`
in the rule and also serves as a condition; with `each` in the rule it looks at items of lists. A
check of a whole spec has none.

The message and the help of a rule can hold {always}, and what its check finds out."""
_NOTE_OF_KINDS = (
    "<!-- Written by `make docs` from Azure's types and the descriptions of the kind. -->"
)
_NOTE_OF_COMPANIONS = (
    "<!-- Written by `make docs` from the form of the section and its descriptions. -->"
)
_COMPANIONS_INTRO = """\
What these sections have is not of AIO, but its resources need it. They have no API version of AIO,
and only some outputs have them."""
_KINDS_INTRO = """\
Each section of a spec has the resources of one kind. They are listed in the order in which they
deploy: what is referred to comes first. `bikube explain SECTION` shows the same pages in the
terminal; [a whole plant](../../examples/plant/README.md) has some of each."""
_NOTE_OF_VERSIONS = "<!-- Written by `make docs` from the tables in `generator/bikube/azure`. -->"
_VERSIONS_INTRO = """\
These are the API versions of `Microsoft.IoTOperations` that bikube knows: those of the Bicep CLI
{bicep} (types {types}) since the first release. `bikube versions` shows them with the
releases that serve them, and the kinds that came with each."""
_RELEASES = """\
A release of AIO serves API versions up to its own; `aioVersion` in a spec says which release runs.

| AIO | serves up to | CLI `azure-iot-ops` | supported | sources |
|---|---|---|---|---|"""
_ANSI = re.compile("\x1b\\[([0-9;]*)m")
_COLOURS = {"31;1": "#ff7b72", "33;1": "#e3b341", "36;1": "#79c0ff", "1": "#ffffff"}
_CHARACTER = 8.43
_LINE = 19
_COLUMNS = 100


def documents() -> dict[str, str]:
    """The generated files by their path from the root of the repository."""
    rules = builtin_rules()
    files = [load_rule(path, path.read_bytes()) for path in _rule_paths()]
    pages = {f"docs/rules/{file.rule.id}.md": page(file, rules) for file in files}
    return {
        **pages,
        "docs/rules/README.md": index(files),
        **{
            f"docs/kinds/{kind.section}.md": section_document(kind_page(kind))
            for kind in all_kinds()
        },
        **{
            f"docs/companions/{one.section}.md": section_document(companion_page(one))
            for one in all_companions()
        },
        "docs/kinds/README.md": kind_index(),
        "docs/checks.md": checks(),
        "docs/versions.md": versions(),
        "docs/verify.md": verification(),
        "docs/picture/lint.svg": picture(rules),
        "docs/schemas/report.schema.json": report_schema_text(),
    }


def _rule_paths() -> list[Path]:
    return sorted(assets.folder("rules").glob("*.yaml"))


def page(file: RuleFile, rules: Ruleset) -> str:
    """One rule's page, as Markdown."""
    parts = [_NOTE, f"# {file.rule.id}", f"*{facts(file)}*"]
    for section in sections(file, rules):
        if section.title:
            parts.append(f"## {section.title}")
        fenced = f"```{section.language}\n{section.body}\n```"
        parts.append(fenced if section.language else section.body)
    return "\n\n".join(parts) + "\n"


def index(files: list[RuleFile]) -> str:
    """The list of all rules, as Markdown."""
    rows = (
        f"| [{file.rule.id}]({file.rule.id}.md) | {file.rule.severity.label} |"
        f" {_fix(file)} | {file.rule.since} | {file.rule.summary} |"
        for file in files
    )
    head = "| rule | severity | fix | since | what it asks |\n|---|---|---|---|---|\n"
    intro = "Every rule is on. `bikube explain RULE` shows the same pages in the terminal."
    return f"{_NOTE}\n\n# Rules\n\n{intro}\n\n{head}" + "\n".join(rows) + "\n"


def _fix(file: RuleFile) -> str:
    return "" if not file.rule.fix else "safe" if file.rule.fix["safe"] else "unsafe"


def checks() -> str:
    """The checks with their arguments, as Markdown."""
    intro = _CHECKS_INTRO.format(always=_placeholders(ALWAYS))
    parts = [_NOTE_OF_CHECKS, "# Checks", intro]
    for name in plugins.names("bikube.rules.checks"):
        kind = plugins.load("bikube.rules.checks", name, "CHECK")
        ways = {"find": "entries", "search": "a whole spec"}
        takes = " or ".join(ways[name] for name in ways if hasattr(kind, name))
        summary = inspect.getdoc(sys.modules[kind.__module__])
        required = kind.parameters.get("required", ())
        arguments = [
            f"* `{argument}`{'' if argument in required else ' (optional)'}: {_argument(schema)}"
            for argument, schema in kind.parameters["properties"].items()
        ]
        parts += [
            f"## {name}",
            f"{summary} Looks at {takes}.",
            (inspect.getdoc(kind) or "").replace("``", "`"),
        ]
        if arguments:
            parts += ["It takes:", "\n".join(arguments)]
        if kind.fills:
            parts.append(f"Texts can also hold {_placeholders(kind.fills)}.")
    return "\n\n".join(parts) + "\n"


def section_document(page: KindPage) -> str:
    """A kind's page, or a companion's, as Markdown."""
    if page.versions:
        there = f"API versions {page.versions[0]} to {page.versions[-1]} have them."
    else:
        there = f"Outputs have them as {', '.join(f'`{one}`' for one in page.types)}."
    parts = [
        _NOTE_OF_KINDS if page.versions else _NOTE_OF_COMPANIONS,
        f"# {page.section}",
        f"{page.summary} {there}",
        f"```yaml\n{page.example}```",
        "## Properties",
        "\n".join(line for entry in page.entries for line in _entry_lines(entry)),
    ]
    return "\n\n".join(parts) + "\n"


def kind_index() -> str:
    """The list of all kinds, as Markdown."""
    head = "| section | below | since | what it has |\n|---|---|---|---|\n"
    rows = []
    for kind in all_kinds():
        page = kind_page(kind)
        above = f"`{kind.parent.section}`, by `{kind.parent.ref}`" if kind.parent else ""
        link = f"[{page.section}]({page.section}.md)"
        rows.append(f"| {link} | {above} | {page.versions[0]} | {page.summary} |")
    parts = [_NOTE_OF_KINDS, "# Kinds", _KINDS_INTRO, head + "\n".join(rows)]
    beside = [companion_page(companion) for companion in all_companions()]
    if beside:
        head = "| section | what it has |\n|---|---|\n"
        rows = [
            f"| [{one.section}](../companions/{one.section}.md) | {one.summary} |" for one in beside
        ]
        parts += ["## Companions", _COMPANIONS_INTRO, head + "\n".join(rows)]
    return "\n\n".join(parts) + "\n"


def _entry_lines(entry: Entry) -> Iterator[str]:
    margin = "  " * entry.depth
    known = (f"{name}: `{fact}`." for name, fact in entry.said.facts.items())
    key = "any key" if entry.key == ANY else f"`{entry.key}`"
    yield f"{margin}* {key} ({kind_facts(entry)}): {' '.join((entry.said.text, *known))}"
    for choice in entry.choices:
        versions = f" ({choice.versions})" if choice.versions else ""
        text = f": {choice.text}" if choice.text else ""
        yield f"{margin}  * `{choice.value}`{versions}{text}"


def versions() -> str:
    """API versions and releases of AIO, as Markdown."""
    source = _VERSIONS_INTRO.format(bicep=record().bicep, types=record().types)
    known = "\n".join(f"* {version}" for version in known_versions())
    table = "\n".join((_RELEASES, *map(_release_row, RELEASES)))
    return "\n\n".join((_NOTE_OF_VERSIONS, "# Versions", source, known, table)) + "\n"


def verification() -> str:
    """The page about proofs with the table of what may differ."""
    text = (ROOT / "docs" / "verify.md").read_text(encoding="utf-8")
    begin, end = "<!-- allowed: written by `make docs` -->\n", "<!-- end of allowed -->\n"
    before, rest = text.split(begin)
    rows = [
        "| says it | what | why the others do not | what the spec asks for |",
        "|---|---|---|---|",
    ]
    rows += [
        f"| {one.side.value} | `{'.'.join(map(str, one.path))}` | {one.why} | {one.spec} |"
        for one in ALLOWED
    ]
    table = "".join(f"{row}\n" for row in rows)
    return f"{before}{begin}{table}{end}{rest.split(end)[1]}"


def _release_row(one: Release) -> str:
    links = (f"[{number}]({url})" for number, url in enumerate(one.sources, start=1))
    supported = "yes" if one.supported else "no"
    cells = (one.minor, one.serves, one.cli or "not known", supported, ", ".join(links))
    return f"| {' | '.join(cells)} |"


def _placeholders(names: Sequence[str]) -> str:
    *rest, last = (f"`{{{name}}}`" for name in names)
    return " and ".join(filter(None, (", ".join(rest), last)))


def _argument(schema: Mapping[str, Any]) -> str:
    if "items" in schema:
        return f"a list; each is {_argument(schema['items'])}"
    if "enum" in schema:
        return "one of " + ", ".join(f"`{value}`" for value in schema["enum"])
    if schema.get("format") == "regex":
        return "a regular expression"
    if schema == AT:
        return "a pointer below the entry or the item, like `/host`"
    if schema == PATH:
        return "a path into lists, like `/ports/*`"
    if schema == CHECKS:
        return "checks with their arguments"
    return _WORDS.get(schema["type"], f"a {schema['type']}")


_WORDS = {"object": "a map", "integer": "a whole number"}


def picture(rules: Ruleset) -> str:
    """What ``bikube lint`` prints for the spec beside the picture, as an SVG."""
    context = Context(least=Severity.WARNING)
    run = Run((lint(SPEC.name, SPEC.read_bytes(), rules),), rules, context=context)
    report = "".join(load_report("text")(run, colour=True))
    shown = [*report.splitlines(), "", *_summary(run)]
    lines = ["$ bikube lint", *(part for line in shown for part in _wrapped(line))]
    wide = max(len(_ANSI.sub("", line)) for line in lines)
    width, height = round(wide * _CHARACTER + 32), len(lines) * _LINE + 32
    text = '<text x="16" y="{}" xml:space="preserve">{}</text>'
    texts = "\n".join(
        text.format(number * _LINE + 28, "".join(_spans(line))) for number, line in enumerate(lines)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" role="img" aria-label="bikube lint at work">\n'
        f'<rect width="100%" height="100%" rx="8" fill="#0d1117"/>\n'
        '<g font-family="ui-monospace, Menlo, Consolas, monospace" font-size="14"'
        f' fill="#e6edf3">\n{texts}\n</g>\n</svg>\n'
    )


def _summary(run: Run) -> list[str]:
    with redirect_stderr(StringIO()) as told:
        summarise(run, fixable(run, Changes()))
        tell_unlisted(run)
    return told.getvalue().splitlines()


def _wrapped(line: str) -> list[str]:
    """``line`` as a terminal that is as wide as a page shows it; source lines fit."""
    if not line or line.startswith(" "):
        return [line]
    return wrap(line, _COLUMNS, subsequent_indent="    ")


def _spans(line: str) -> Iterator[str]:
    colour = ""
    for number, part in enumerate(_ANSI.split(line)):
        if number % 2:
            colour = _COLOURS.get(part, "")
        elif part:
            text = escape(part)
            yield f'<tspan fill="{colour}">{text}</tspan>' if colour else text


def main() -> int:
    """Writes the files, and removes pages of rules that are gone."""
    wanted = documents()
    for stale in (ROOT / "docs" / "rules").glob("*.md"):
        if f"docs/rules/{stale.name}" not in wanted:
            stale.unlink()
    (ROOT / "docs" / "kinds").mkdir(exist_ok=True)
    for path, text in wanted.items():
        (ROOT / path).write_text(text, encoding="utf-8", newline="\n")
    sys.stdout.write(f"{len(wanted)} files written\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
