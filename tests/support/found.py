"""Runs with findings that a test makes up, for tests of what reports do with them."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from hypothesis import strategies as st

from bikube.diagnostics import Diagnostic, Edit, Fix, Pointer, Related, Severity
from bikube.document import parse
from bikube.lint.engine import Linted, lint, once_a_run
from bikube.lint.searching import Fault
from bikube.report.run import Context, Run, load_report
from bikube.rules.builtin import builtin_rules
from bikube.rules.examples import as_spec
from bikube.rules.file import RuleFile, read_rule_file
from bikube.rules.rule import Rule, Ruleset
from bikube.text.source import Source, Span

RULES = Ruleset(
    [
        Rule("some-error", "Some things are wrong.", Severity.ERROR, "0.1.0", structural=True),
        Rule("some-warning", "Some are odd.", Severity.WARNING, "0.1.0", sections=("things",)),
        Rule("some-info", "Some are notable.", Severity.INFO, "0.1.0", status="preview"),
        Rule("once", "Said once a spec.", Severity.INFO, "0.1.0", once=True),
        Rule("run", "Said once a run.", Severity.INFO, "0.1.0", scope="run"),
    ]
)
TEXT = "things:\n  - name: one\n    host: 'A\U0001f600b'\n  - name: two\n    host: x\n"
NAME = "plants/a.bikube.yaml"


class Found(NamedTuple):
    """A finding to be: ``at`` is the piece of the text that it underlines, ``twin`` a second."""

    rule: str
    at: str
    message: str = "one; two; three"
    pointer: Pointer = ()
    twin: str | None = None
    fix: Fix | None = None
    help: str = ""


def span_of(text: str, piece: str) -> Span:
    """Where ``piece`` first stands in ``text``."""
    start = text.index(piece)
    return Span(start, start + len(piece))


def linted(found: Iterable[Found], *, text: str = TEXT, name: str = NAME) -> Linted:
    """The spec ``text`` with exactly the findings ``found``."""
    source = Source(name, text)
    document, _ = parse(source)
    diagnostics = tuple(
        Diagnostic(
            rule=one.rule,
            message=one.message,
            span=span_of(text, one.at),
            pointer=one.pointer,
            related=(Related(span_of(text, one.twin), "the other"),) if one.twin else (),
            fix=one.fix,
            severity=RULES[one.rule].severity,
            help=one.help,
        )
        for one in found
    )
    return Linted(source, document, None, diagnostics)


def run_of(*specs: Linted, context: Context | None = None) -> Run:
    """A run over ``specs``."""
    return Run(specs, RULES, context=context or Context())


def cut(text: str, region: dict[str, int]) -> str:
    """The part of ``text`` (with LF) that a region of SARIF means, in code points."""
    first, last = region["startLine"], region["endLine"]
    lines = text.split("\n")[first - 1 : last]
    lines[-1] = lines[-1][: region["endColumn"] - 1]
    lines[0] = lines[0][region["startColumn"] - 1 :]
    return "\n".join(lines)


def real(text: str, name: str = NAME) -> Linted:
    """What the built-in rules find in ``text``."""
    return lint(name, text.encode(), builtin_rules())


def written(format_: str, run: Run, *, colour: bool = False) -> str:
    """The report ``format_`` of ``run``."""
    return "".join(load_report(format_)(run, colour=colour))


def rule_files() -> list[RuleFile]:
    """The file of every built-in rule."""
    folder = Path(__file__).parents[2] / "rules"
    return [read_rule_file(path, path.read_bytes()) for path in sorted(folder.glob("*.yaml"))]


def examples() -> Run:
    """A run over the wrong examples of every built-in rule."""
    specs = [
        real(as_spec(example.spec), f"specs/{file.rule.id}-{number}.bikube.yaml")
        for file in rule_files()
        for number, example in enumerate(file.invalid)
    ]
    return Run(list(once_a_run(specs, builtin_rules())), builtin_rules())


def troubled() -> Run:
    """A run in which a spec could not be read and a rule failed."""
    spec = linted(())._replace(faults=(Fault("some-info", NAME, KeyError("hidden")),))
    return run_of(spec, context=Context(unreadable=("gone.yaml: there is no such file",)))


HOST = "'A\U0001f600b'"

FIX = Fix((Edit(span_of(TEXT, HOST), "ab"),), safe=True)

FOUND = (
    Found("some-error", "one", 'is "one"', ("things", 0, "name")),
    Found("some-warning", HOST, "is\ttwice", ("things", 0, "host"), twin="x", fix=FIX),
    Found("some-info", "name: two\n    host", "50% of it: a, b", ("things", 1)),
)

SMALL = run_of(linted(FOUND), linted((), name="clean.yaml"))
"""Three findings of three severities in one spec, none in another."""

CLEAN = run_of(linted((), name="clean.yaml"))

EXAMPLES = examples()

_NASTY = (
    "\n::error::gone",
    "100%0A",
    "a::b,c=d",
    "]]>&<\"'",
    "\x1b[31m\x07\x00\x85\u2028\u202e",
    "\ufffe\uffff\ufffd",
    "\U0001f600\u0301é",
    "[a](1) {0}",
)

texts = st.one_of(st.sampled_from(_NASTY), st.text(min_size=1))
"""What a message or a name may hold, and formats may stumble over."""

names = texts.map(lambda text: text.replace("\0", "?"))
"""What a file may be called."""
