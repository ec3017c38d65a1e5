"""Comments that silence what is found: where they go, and that nothing else changes."""

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.emitter import Emitter
from tests.support.found import rule_files
from tests.support.trees import spec

from bikube.diagnostics import Diagnostic, Pointer, Severity
from bikube.document import parse
from bikube.fix.ignores import Reason, ignore
from bikube.fix.rounds import Fixed
from bikube.lint.directives import read_directives, read_tail
from bikube.lint.engine import Linted, lint
from bikube.lint.suppression import is_suppressible
from bikube.rules.builtin import builtin_rules
from bikube.rules.examples import as_spec
from bikube.rules.rule import Ruleset
from bikube.text.source import Source

RULES = builtin_rules()
WHY = Reason(None, "moves next year")
COMMENT = re.compile(r"(?:  )?# bikube: ignore\[[a-z, -]+\] moves next year(?=[\r\n]|\Z)")
LINES = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+\Z")
HEAD = "bikube: v1\ninstance: {name: aio-plant-7, customLocation: cl-plant-7}\n"
QUIET = (
    "# bikube: ignore-file[kubernetes-preview, code-signing-absent, registry-support] known\n"
    + HEAD
)


def looked_at(data: bytes, rules: Ruleset = RULES) -> Fixed:
    """What is found in ``data``, before anything is done."""
    linted = lint("bikube.yaml", data, rules)
    return Fixed(data, linted, linted)


def silenceable(linted: Linted, rules: Ruleset = RULES) -> list[Diagnostic]:
    """The findings that a comment can silence."""
    return [one for one in linted.diagnostics if is_suppressible(rules[one.rule])]


def is_error(diagnostic: Diagnostic) -> bool:
    """Whether it is an error."""
    return diagnostic.severity is Severity.ERROR


def ignored(data: bytes, excuse: Reason = WHY) -> Fixed:
    """``data`` with comments for all that can be silenced."""
    before = looked_at(data)
    after = ignore(
        before, silenceable(before.linted), excuse, partial(lint, "bikube.yaml", rules=RULES)
    )
    assert after.refusal == ""
    return after


def without_comments(text: str, original: str) -> str:
    """``text`` without its new comments; ``original`` tells a line's own blanks from theirs."""
    lines: list[str] = []
    old = iter(LINES.findall(original))
    for line in LINES.findall(text):
        bare = COMMENT.sub("", line)
        if bare == line or bare.strip():
            expected = next(old, "")
            lines.append(
                expected if line.startswith(expected.rstrip("\r\n")) and bare != line else bare
            )
    return "".join(lines)


PLACES = {
    "behind a value": ("  - name: a1\n    host: Lab77.azurecr.io{}\n", ""),
    "behind a comment": ("  - name: a1\n    host: Lab77.azurecr.io # new{}\n", ""),
    "behind blanks": ("  - name: a1\n    host: Lab77.azurecr.io  \t{}\n", ""),
    "behind an item": ("  - {{name: a1, host: Lab77.azurecr.io}}{}\n", ""),
    "behind a comma": ("  - {{name: a1,\n     host: Lab77.azurecr.io,{}\n    }}\n", ""),
    "behind a header": ("  - name: a1\n    host: >-{}\n      Lab77.azurecr.io\n", ""),
    "behind an anchor": ("  - name: a1\n    host: &x Lab77.azurecr.io{}\nx-note: *x\n", ""),
    "above a quoted scalar of two lines": (
        '  - name: a1\n{}    host: "Lab77.\\\n      azurecr.io"\n',
        "    ",
    ),
    "above what begins on its line": (
        '{}  - {{host: Lab77.azurecr.io, name: "a\\\n      1"}}\n',
        "  ",
    ),
}


@pytest.mark.parametrize(("form", "margin"), PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_a_comment_goes_to_its_line_or_above_its_node(
    form: str, margin: str, line_break: str
) -> None:
    """It stands behind the value; where that would be inside a text, above the innermost node."""
    comment = "# bikube: ignore[registry-host-case] moves next year"
    gap = "" if form.format("").endswith("\t\n") else "  "
    written = f"{margin}{comment}\n" if margin else gap + comment
    before, after = (
        f"{QUIET}registryEndpoints:\n{form.format(one)}".replace("\n", line_break)
        for one in ("", written)
    )
    mended = ignored(before.encode())
    assert mended.data.decode() == after
    assert mended.ignored == 1


def test_findings_of_a_line_share_a_comment() -> None:
    """Several rules stand in one bracket, sorted."""
    mended = ignored(f"{HEAD}registryEndpoints: []\n".encode())
    assert mended.ignored == len(silenceable(mended.before))
    lines = mended.data.decode().splitlines()
    assert sum("ignore[" in line for line in lines) == len(
        {mended.before.source.position(one.span.start).line for one in silenceable(mended.before)}
    )


def test_a_comment_for_the_same_reason_grows() -> None:
    """Where a line has a comment with this reason already, the rule joins its bracket."""
    head = QUIET + "registryEndpoints:\n  - name: a1\n    host: "
    other = "# bikube: ignore[placeholder] moves next year"
    text = f"{head}Lab77.azurecr.io {other}\n"
    mended = ignored(text.encode())
    joined = "# bikube: ignore[placeholder, registry-host-case] moves next year"
    assert mended.data.decode() == f"{head}Lab77.azurecr.io {joined}\n"


def test_another_reason_or_day_gets_its_own_comment() -> None:
    """A comment with another reason stays as it is; the new one stands behind it."""
    head = QUIET + "registryEndpoints:\n  - name: a1\n    host: "
    there = "# bikube: ignore[placeholder] the printer"
    until = Reason(date(2027, 3, 31), "the printer")
    mended = ignored(f"{head}Lab77.azurecr.io {there}\n".encode(), until)
    new = "# bikube: ignore[registry-host-case] until=2027-03-31 the printer"
    assert mended.data.decode() == f"{head}Lab77.azurecr.io {there}  {new}\n"


def test_what_cannot_be_silenced_stays() -> None:
    """Structural findings, and those about suppressions, get no comment."""
    text = spec(host="5") + "    healthState: null # bikube: ignore[no-such-rule] why\n"
    mended = ignored(text.encode())
    left = [one.rule for one in mended.linted.diagnostics]
    assert left == ["wrong-type", "unknown-suppression"]


@pytest.mark.parametrize("text", ["", "bikube: [v1\n", "[]\n", "\x00"])
def test_what_is_no_spec_stays_as_it_is(text: str) -> None:
    """Nothing is written where nothing can be silenced."""
    mended = ignored(text.encode())
    assert (mended.data, mended.ignored) == (text.encode(), 0)


def test_a_finding_without_a_place_for_a_comment_stays() -> None:
    """Where nothing but the whole document begins on its line, it is still reported."""
    text = '--- {"bikube": "v1\\\n  ", "instance": {"name": "aio-x", "customLocation": "cl"}}\n'
    mended = ignored(text.encode())
    assert mended.data == text.encode()
    assert [one.rule for one in silenceable(mended.linted)] == [
        one.rule for one in silenceable(mended.before)
    ]
    assert silenceable(mended.linted) != []


@pytest.mark.parametrize(
    "text",
    [
        spec(host="Lab77.azurecr.io", name="A 1b"),
        spec(host="lab77.azurecr.io"),
        "bikube: [v1\n",
    ],
    ids=["more findings", "other data", "no YAML"],
)
def test_comments_that_do_not_silence_are_refused(text: str) -> None:
    """If linting again finds more than before, or other data, the spec stays as it was."""
    before = looked_at(spec(host="Lab77.azurecr.io").encode())
    worse = looked_at(text.encode()).linted
    after = ignore(before, silenceable(before.linted), WHY, lambda _data: worse)
    refusal = "comments would not silence just what is found"
    assert after == before._replace(refusal=refusal)


def test_what_hides_an_error_that_nothing_silences_stays() -> None:
    """A placeholder is told in place of the form of a name; all else is silenced."""
    text = spec(host="contoso.azurecr.io", name="<name>")
    mended = ignored(text.encode())
    assert [one.rule for one in mended.before.yielded] == ["wrong-pattern"]
    assert [one.rule for one in mended.linted.diagnostics] == ["placeholder"]


def _entries() -> Iterator[Any]:
    """Entries of the rules' wrong examples, as data."""
    for file in rule_files():
        for example in file.invalid:
            document, _ = parse(Source("bikube.yaml", as_spec(example.spec)))
            data = document.data if document is not None else None
            section = data.get("registryEndpoints") if isinstance(data, dict) else None
            yield from (one for one in section or () if isinstance(one, dict))


ENTRIES = sorted(_entries(), key=json.dumps)
SIMPLE = re.compile(r"[A-Za-z][A-Za-z0-9./-]*")


class Writer(Emitter):
    """Also writes scalars on two lines, anchors and aliases, and comments that tools left."""

    def __init__(self, draw: Any) -> None:
        super().__init__(draw)
        self._pick = draw
        self._anchors: dict[str, str] = {}

    def _comment(self, owner: Pointer) -> str:
        comment = super()._comment(owner)
        return comment + (" # yamllint disable-line" if comment and self._pick(3) == 0 else "")

    def _scalar(self, value: Any) -> str:
        if not isinstance(value, str) or self._pick(3) or not value:
            is_plain = not isinstance(value, str) or SIMPLE.fullmatch(value)
            return super()._scalar(value) if is_plain else json.dumps(value)
        if value in self._anchors and self._pick(2):
            return f"*{self._anchors[value]} "
        quoted = json.dumps(value)
        middle = len(value) // 2 + 1
        if "\\" not in quoted and self._pick(2):
            gap = " " * 30
            quoted = f"{quoted[:middle]}\\\n{gap}{quoted[middle:]}"
            if value[middle - 1 : middle] == " ":
                return json.dumps(value)
            return quoted
        name = f"a{len(self._anchors)}"
        self._anchors[value] = name
        return f"&{name} {quoted}"


@given(
    st.lists(st.sampled_from(ENTRIES), min_size=1, max_size=4),
    st.booleans(),
    st.data(),
)
@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=150)
def test_any_text_keeps_all_but_its_findings(
    entries: list[Any], has_mark: bool, choices: st.DataObject
) -> None:
    """In any layout all is silenced that can be, nothing is new, and only comments are added."""
    data = {
        "bikube": "v1",
        "instance": {"name": "aio-plant-7", "customLocation": "cl-plant-7"},
        "registryEndpoints": entries,
        "x-end": "some words",
    }
    writer = Writer(lambda ways: choices.draw(st.integers(0, ways - 1)))
    text = writer.document(data)
    raw = (b"\xef\xbb\xbf" if has_mark else b"") + text.encode()
    mended = ignored(raw)
    before, after = mended.before, mended.linted
    assert before.document is not None
    assert after.document is not None
    assert after.document.data == before.document.data
    # Behind these is what nothing silences.
    behind = {one.span for one in before.yielded}
    silenced = [one for one in silenceable(before) if not (is_error(one) and one.span in behind)]
    assert mended.ignored == len(silenced)
    assert len(silenceable(after)) == len(silenceable(before)) - len(silenced)
    assert [one.rule for one in after.diagnostics] == [
        one.rule for one in before.diagnostics if one not in silenced
    ]
    assert without_comments(mended.data.removeprefix(b"\xef\xbb\xbf").decode(), text) == text
    assert mended.data.startswith(b"\xef\xbb\xbf") is has_mark
    again = ignored(mended.data)
    assert (again.data, again.ignored) == (mended.data, 0)


@given(st.text() | st.text("abc #[]:=\n\t1289-until ignorebk,", max_size=20))
@settings(max_examples=300)
def test_a_reason_is_refused_or_reads_back(text: str) -> None:
    """What is accepted as a reason is what the comment in the spec says."""
    try:
        excuse = Reason(*read_tail(text))
    except ValueError:
        return
    mended = ignored(
        f"{QUIET}registryEndpoints:\n  - name: a1\n    host: Lab77.azurecr.io\n".encode(), excuse
    )
    assert mended.linted.document is not None
    directives, problems = read_directives(mended.linted.document)
    assert problems == []
    assert [(one.until, one.reason) for one in directives] == [(None, "known"), excuse]
