"""Comments in a spec silence findings, and are findings where they do not."""

from datetime import date
from pathlib import Path

import pytest
from tests.conftest import RunCli
from tests.support.trees import write_tree

from bikube.document import decode, parse
from bikube.lint.directives import read_directives, read_tail
from bikube.lint.engine import Linted, lint
from bikube.rules.builtin import builtin_rules
from bikube.rules.policy import Policy

HEAD = "bikube: v1\ninstance: {name: aio-plant-7, customLocation: cl-plant-7}\n"
ANONYMOUS_TOO = "# bikube: ignore-file[kubernetes-preview,code-signing-absent] known to all\n"
QUIET = ANONYMOUS_TOO.replace("]", ",registry-role-missing]")
ENTRY = (
    "  - name: lab\n"
    "    host: Lab77.azurecr.io{trailing}\n"
    "    authentication: {{method: SystemAssignedManagedIdentity}}\n"
)


def _lint(text: str, today: date = date(2026, 6, 1)) -> Linted:
    return lint("bikube.yaml", text.encode(), builtin_rules(), Policy(today=today))


def _found(text: str, today: date = date(2026, 6, 1)) -> list[tuple[str, str]]:
    """Rule and underlined text of every finding."""
    linted = _lint(text, today)
    return [(one.rule, linted.source.cut(one.span)) for one in linted.diagnostics]


def _spec(*, above: str = "", trailing: str = "", top: str = QUIET) -> str:
    return f"{top}{HEAD}registryEndpoints:\n{above}{ENTRY.format(trailing=trailing)}"


SYSTEM = "authentication: {method: SystemAssignedManagedIdentity}"
CAPITALS = ("registry-host-case", "Lab77.azurecr.io")


def test_spec_without_directives_has_its_finding() -> None:
    """The spec of these tests breaks one rule, beside those that the file's head silences."""
    assert _found(_spec()) == [CAPITALS]
    assert len(_found(_spec(top=""))) == 4


@pytest.mark.parametrize(
    ("above", "trailing"),
    [
        ("", " # bikube: ignore[registry-host-case] the label printer"),
        ("  # bikube: ignore[registry-host-case] the label printer\n", ""),
        ("  # bikube: ignore[registry-host-case] until=2026-06-01 the label printer\n", ""),
        ("  # bikube: ignore[registry-host-case] the printer\n\n  # a lab\n", ""),
    ],
)
def test_directive_silences_its_line_or_its_node(above: str, trailing: str) -> None:
    """After a value it covers the line, above a node all of it, on its last day too."""
    linted = _lint(_spec(above=above, trailing=trailing))
    assert linted.diagnostics == ()
    assert [one.diagnostic.rule for one in linted.suppressed] == [
        "kubernetes-preview",
        "code-signing-absent",
        "registry-host-case",
        "registry-role-missing",
    ]


@pytest.mark.parametrize(
    ("trailing", "rule", "text"),
    [
        ("ignore[registry-host-csae] why", "unknown-suppression", "registry-host-csae"),
        ("ignore[registry-host-path] why", "unused-suppression", "registry-host-path"),
        (
            "ignore[registry-host-case] until=2026-05-31 why",
            "expired-suppression",
            "until=2026-05-31",
        ),
        ("ignored[registry-host-case] why", "malformed-suppression", None),
        (
            "silence[registry-host-case] why",
            "malformed-suppression",
            "bikube: silence[registry-host-case]",
        ),
        (
            "ignore [registry-host-case] why",
            "malformed-suppression",
            "bikube: ignore [registry-host-case]",
        ),
        ("ignore[registry-host-case", "malformed-suppression", None),
        ("ignore[] why", "malformed-suppression", None),
        ("ignore[*] why", "malformed-suppression", None),
    ],
)
def test_directives_that_do_nothing_are_findings(
    trailing: str, rule: str, text: str | None
) -> None:
    """Unknown, unused, expired and malformed directives are found, and what they are about too."""
    found = _found(_spec(trailing=f" # bikube: {trailing}"))
    assert CAPITALS in found
    assert [one for one, _ in found if one.endswith("-suppression")] == [rule]
    assert text is None or (rule, text) in found


TWO = f"{ENTRY.format(trailing='')}  - name: lab-2\n    host: Lab78.azurecr.io\n    {SYSTEM}\n"
SECOND = ("registry-host-case", "Lab78.azurecr.io")


def test_directive_above_the_first_entry_is_about_that_entry() -> None:
    """It does not silence the section, whose place in the text is that of its first entry."""
    above = "  # bikube: ignore[registry-host-case] the label printer\n"
    head = f"{QUIET}{HEAD}registryEndpoints:\n"
    assert _found(head + TWO) == [CAPITALS, SECOND]
    assert _found(f"{head}{above}{TWO}") == [SECOND]
    assert _found(f"{head}{TWO}".replace("  - name: lab-2", f"{above}  - name: lab-2")) == [
        CAPITALS
    ]


def test_directive_above_the_section_is_about_all_its_entries() -> None:
    """What stands above a key is about all that is below the key."""
    above = "# bikube: ignore[registry-host-case] the label printer\n"
    assert _found(f"{QUIET}{HEAD}{above}registryEndpoints:\n{TWO}") == []


def test_directive_above_an_entry_in_braces_is_about_all_of_it() -> None:
    """It is about the map that opens below it, not only about the first of its members."""
    text = (
        f"{QUIET}{HEAD}registryEndpoints: [\n"
        "  # bikube: ignore[registry-host-case] the label printer\n"
        f"  {{name: lab, host: Lab77.azurecr.io, {SYSTEM}}},\n"
        f"  {{name: lab-2, host: Lab78.azurecr.io, {SYSTEM}}}\n]\n"
    )
    assert _found(text) == [SECOND]


@pytest.mark.parametrize("place", ["x-identity", "  - name: two", "    authentication: *id"])
def test_what_an_alias_repeats_is_silenced_where_it_is_written_and_where_it_is_repeated(
    place: str,
) -> None:
    """Above the anchor a directive is about every repetition, above an alias about that one."""
    text = (
        f"{QUIET}{HEAD}x-identity: &id\n"
        "  method: UserAssignedManagedIdentity\n"
        "  userAssignedManagedIdentitySettings:\n"
        "    clientId: abc\n"
        "    tenantId: 2f6e1b52-3a0c-4b8e-9f57-d2c1a0b3e4f5\n"
        "registryEndpoints:\n"
        "  - name: one\n    host: lab77.azurecr.io\n    authentication: {method: Anonymous}\n"
        "  - name: two\n    host: lab78.azurecr.io\n    authentication: *id\n"
    )
    indent = " " * (len(place) - len(place.lstrip()))
    comment = f"{indent}# bikube: ignore[registry-client-id] the old plant\n"
    found = [("registry-client-id", "abc"), ("registry-acr-anonymous", "Anonymous")]
    assert _found(text) == found
    assert _found(text.replace(place, comment + place)) == found[1:]


def test_directive_without_a_reason_silences_and_is_found() -> None:
    """A reason is asked for; without one the directive works and a warning stays."""
    found = _found(_spec(trailing=" # bikube: ignore[registry-host-case]"))
    assert [rule for rule, _ in found] == ["unexplained-suppression"]


def test_structural_rules_cannot_be_silenced() -> None:
    """A directive for a structural rule is a finding, and the rule's finding stays."""
    spec = _spec(trailing=" # bikube: ignore[wrong-type] why", top=ANONYMOUS_TOO)
    text = spec.replace("Lab77.azurecr.io", "5")
    rules = [rule for rule, _ in _found(text)]
    assert "wrong-type" in rules
    assert len([rule for rule in rules if rule.endswith("-suppression")]) == 1


@pytest.mark.parametrize(
    "value",
    [
        '"a # bikube: ignore[registry-host-case] b"',
        "'# bikube: ignore[registry-host-case] b'",
        "|\n  # bikube: ignore[registry-host-case] b\n",
    ],
)
def test_text_that_looks_like_a_directive_is_text(value: str) -> None:
    """Inside a scalar there is no directive."""
    assert _found(f"{_spec()}x-note: {value}\n") == [CAPITALS]


def test_a_directive_behind_text_that_looks_like_one_counts() -> None:
    """It is about its line, wherever on that line text has the same words."""
    directive = " # bikube: ignore[unknown-key] why"
    host = "Lab77.azurecr.io # bikube: ignore[registry-host-case] why"
    for member in ("size# bikube: ignore[a]", "'# bikube: ignore[a] # bikube: ignore[b]': 5"):
        text = _spec().replace("Lab77.azurecr.io", f"{host}\n    {member}{directive}")
        assert _found(text) == []


NAME, HOST, ANONYMOUS = "  - name: lab", "    host: lab77.azurecr.io", "{method: Anonymous}"
METHOD = f"    authentication: {ANONYMOUS}"
IDLE, BUSY = (
    "# bikube: ignore[registry-host-path] why",
    "# bikube: ignore[registry-acr-anonymous] so",
)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([f"  {IDLE}", NAME, HOST, METHOD, ""], [NAME, HOST, METHOD, ""]),
        (["", f"     {IDLE} \t", "", NAME, HOST, METHOD], ["", "", NAME, HOST, METHOD]),
        ([f"  {IDLE}  {BUSY}", NAME, HOST, METHOD], [f"  {BUSY}", NAME, HOST, METHOD]),
        ([f"  {BUSY}  {IDLE}  ", NAME, HOST, METHOD], [f"  {BUSY}", NAME, HOST, METHOD]),
        ([f"{NAME}  {IDLE}", HOST, METHOD], [NAME, HOST, METHOD]),
        ([NAME, f"{HOST} # mine {IDLE} ", METHOD], [NAME, f"{HOST} # mine", METHOD]),
        ([NAME, HOST, f"{METHOD} {IDLE}"], [NAME, HOST, METHOD]),
        ([NAME, HOST, f"{METHOD}  {IDLE}  {BUSY}", ""], [NAME, HOST, f"{METHOD}  {BUSY}", ""]),
        ([NAME, HOST, f"{METHOD}  {BUSY}  {IDLE}"], [NAME, HOST, f"{METHOD}  {BUSY}"]),
        (
            [NAME, HOST, f"{METHOD} {BUSY}".replace("[", "[registry-host-path,  ")],
            [NAME, HOST, f"{METHOD} {BUSY}"],
        ),
    ],
)
def test_fix_takes_away_what_silences_nothing(
    run_cli: RunCli, tmp_path: Path, line_end: str, before: list[str], after: list[str]
) -> None:
    """A directive's own line goes whole; beside something its gap goes too; all else stays."""
    head = f"{ANONYMOUS_TOO}{HEAD}registryEndpoints:\n".replace("\n", line_end)
    write_tree(tmp_path, {"bikube.yaml": head + line_end.join(before)})
    result = run_cli("lint", "--fix", cwd=tmp_path)
    assert result.err.startswith("fixed 1 finding in 1 spec\n")
    found = (tmp_path / "bikube.yaml").read_bytes().decode()
    assert found == head + line_end.join(after)


def test_fix_takes_away_an_idle_directive_for_the_file(run_cli: RunCli, tmp_path: Path) -> None:
    """It stands above all else, and its line goes as any other does."""
    text = _spec().replace("Lab77", "lab77")
    idle = "# bikube: ignore-file[registry-host-path] why\n"
    write_tree(tmp_path, {"bikube.yaml": idle + text})
    assert run_cli("lint", "--fix", cwd=tmp_path).code == 0
    assert (tmp_path / "bikube.yaml").read_text() == text


def test_a_rule_that_is_off_for_a_resource_makes_no_directive_idle(
    run_cli: RunCli, tmp_path: Path
) -> None:
    """Where the configuration switches a rule off, a directive for it there is right as it is."""
    comment = " # bikube: ignore[registry-host-case] the label printer"
    text = _spec(trailing=comment).replace("Lab77", "lab77")
    off = "overrides:\n  - {resources: [registryEndpoints/%s], rules: {registry-host-case: off}}\n"
    write_tree(tmp_path, {"bikube.yaml": text, "bikube.config.yaml": off % "lab"})
    assert run_cli("lint", cwd=tmp_path).out == ""
    write_tree(tmp_path, {"bikube.config.yaml": off % "other"})
    assert "[unused-suppression]" in run_cli("lint", cwd=tmp_path).out


def test_command_line_counts_what_is_silenced(run_cli: RunCli, tmp_path: Path) -> None:
    """A silenced spec ends with exit code 0 even at the lowest fail level."""
    text = _spec(trailing=" # bikube: ignore[registry-host-case] the label printer")
    write_tree(tmp_path, {"bikube.yaml": text})
    result = run_cli("lint", "--fail-level", "info", cwd=tmp_path)
    assert (result.code, result.out) == (0, "")


@pytest.mark.parametrize(
    ("tail", "text"),
    [
        ("until: 2020-01-01 printer", "until: 2020-01-01"),
        ("expires=2020-01-01 printer", "expires=2020-01-01"),
        ("expires: 2020-1-1 printer", "expires: 2020-1-1"),
        ("till=tomorrow printer", "till=tomorrow"),
        ("UNTIL:2020-01-01", "UNTIL:2020-01-01"),
        ("until 2020-01-01 printer", "until 2020-01-01"),
        ("printer, end-date = 2020-01-01.", "end-date = 2020-01-01."),
    ],
)
def test_a_last_day_that_is_none_is_a_finding(tail: str, text: str) -> None:
    """Whatever else it is called or however it is written, it would never end."""
    found = _found(_spec(trailing=f" # bikube: ignore[registry-host-case] {tail}"))
    assert found == [CAPITALS, ("malformed-suppression", text)]


@pytest.mark.parametrize("written", ["until = 2020-01-01", "Until=2020-01-01"])
def test_a_last_day_that_is_in_its_place_is_not_to_be_moved(written: str) -> None:
    """What is wrong with it is how it is written."""
    text = _spec(trailing=f" # bikube: ignore[registry-host-case] {written} printer")
    *_, malformed = _lint(text).diagnostics
    assert (malformed.message, malformed.help) == (
        f'"{written}" sets no last day; "until=2026-12-31" does, right behind the bracket',
        "write it so",
    )


@pytest.mark.parametrize(
    "reason",
    ["known until spring", "the deadline is 2027", "expires with the printer", "see #5 and a#b"],
)
def test_a_reason_may_speak_of_time_and_of_issues(reason: str) -> None:
    """Words without a date are words, and a number is no comment of another program."""
    linted = _lint(_spec(trailing=f" # bikube: ignore[registry-host-case] {reason}"))
    assert linted.diagnostics == ()
    reasons = {one.diagnostic.rule: one.reason for one in linted.suppressed}
    assert reasons["registry-host-case"] == reason


@pytest.mark.parametrize(
    "other", ["# prettier-ignore", "# yamllint disable-line rule:line-length", "#nosec", "# noqa"]
)
def test_a_fix_keeps_the_comments_of_other_programs(other: str) -> None:
    """An unused suppression goes without what follows it for others, on any line."""
    unused = "# bikube: ignore[registry-host-path] printer"
    for before, after in (
        (_spec(trailing=f" {unused} {other}"), _spec(trailing=f" {other}")),
        (_spec(above=f"  {unused} {other}\n"), _spec(above=f"  {other}\n")),
        (_spec(trailing=f" {other} {unused}"), _spec(trailing=f" {other}")),
    ):
        fixes = [one.fix for one in _lint(before).diagnostics if one.rule == "unused-suppression"]
        (fix,) = fixes
        assert fix is not None
        assert fix.safe
        (edit,) = fix.edits
        assert before[: edit.span.start] + edit.text + before[edit.span.end :] == after


def test_the_comment_of_another_program_is_no_reason() -> None:
    """A suppression says why in words of its own."""
    trailing = " # bikube: ignore[registry-host-case] # prettier-ignore"
    assert [one for one, _ in _found(_spec(trailing=trailing))] == ["unexplained-suppression"]


@pytest.mark.parametrize("reason", ["printer # noqa", "# printer", "expires=2020-01-01 printer"])
def test_a_reason_that_would_not_be_read_back_is_refused(reason: str) -> None:
    """What follows " #" is not ours, and a last day is written as one."""
    with pytest.raises(ValueError, match='"'):
        read_tail(reason)


def test_so_many_suppressions_are_read() -> None:
    """What names more rules, or is malformed more often, is told once and not read further."""
    many = "x-a: 1  # bikube: ignore[a,b] x\n# bikube: ignore [a]\n" * 2
    document = parse(decode("a", many.replace("x-a", "x-b", 1).encode())[0]).document
    assert document is not None
    directives, faults = read_directives(document, 3)
    assert [one.names.text for one in directives] == ["a,b"]
    assert [one.message.partition("; ")[0] for one in faults] == [
        '"bikube: ignore [a]" silences nothing',
        "more than 3 rules are named in suppressions",
    ]
    assert [len(one) for one in read_directives(document)] == [2, 2]
