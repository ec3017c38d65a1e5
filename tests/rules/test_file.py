"""How a rule file declares its fix, and where it is refused."""

from pathlib import Path

import pytest

from bikube.errors import FaultyFile
from bikube.rules.file import read_rule_file

PATH = Path("rules/some-rule.yaml")
BODY = """\
id: some-rule
summary: A host is short.
severity: warning
since: 1.0.0
rationale: Long ones are hard to read.
remediation: Shorten it.
references: [https://example.org/]
sections: [registryEndpoints]
require:
  pattern: {at: /host, matches: '.{1,9}'}
message: host "{value}" is long; short ones are read; shorten it
"""
BUILTIN = BODY.partition("sections:")[0] + "check: builtin\n"


def fault(fix: str, body: str = BODY) -> str:
    """What is said of a rule file with ``fix``; nothing if it is read."""
    try:
        read_rule_file(PATH, f"{body}fix: {fix}\n".encode())
    except FaultyFile as error:
        return str(error).removeprefix(f"{PATH}:")
    return ""


@pytest.mark.parametrize(
    "fix",
    [
        "{safe: true, lower: true}",
        "{safe: false, remove: true}",
        "{safe: true, write: '{nearest}'}",
        "{safe: true, write: 5}",
        "{safe: true, write: {}}",
        "{safe: true, write: []}",
        r"{safe: true, replace: {pattern: '(?P<a>x)(y)', by: '\2\g<a>'}}",
        "{safe: true, lower: true, remove: false}",
    ],
)
def test_a_fix_names_one_way(fix: str) -> None:
    """Each way that is documented is read."""
    assert fault(fix) == ""


@pytest.mark.parametrize(
    "body",
    [
        BODY.partition("message:")[0],
        BODY.replace("message:", "  present: {at: /host}\nmessage:"),
    ],
    ids=["no message", "two checks"],
)
def test_a_requirement_is_one_check_with_a_message(body: str) -> None:
    """Anything else is refused where the requirement begins."""
    assert fault("{safe: true, lower: true}", body) == (
        '9:1: "require" names one check, and "message" says what it found; write both'
    )


@pytest.mark.parametrize(
    "each",
    ["/ports/*", "/*", "/rules/*/topics/*", "/a/b/*/*", "/a~1b/*"],
)
def test_a_rule_may_look_into_lists(each: str) -> None:
    """A path ends in every item of a list or a map, and may pass others."""
    more = f"each: {each}\nwhere: {{present: {{at: /host}}}}\n"
    assert fault("{safe: true, lower: true}", BODY + more) == ""


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            BODY + "where: {present: {at: /host}}\n",
            '12:1: "where" goes with "each"; entries alone are chosen by "when"; rename it',
        ),
        (
            BODY.replace("sections: [registryEndpoints]\n", "") + "each: /ports/*\n",
            '11:1: "each" leads into entries; it goes with "sections" and "require"; write both',
        ),
        (
            BUILTIN + "sections: [registryEndpoints]\neach: /ports/*\n",
            '10:1: "each" leads into entries; it goes with "sections" and "require"; write both',
        ),
        (
            BODY + "each: /ports\n",
            '12:7: "each" is "/ports"; it must match ^(/[^/*]+|/\\*)*/\\*$; write one that does',
        ),
        *(
            (BODY + f"each: {each}\n", f'12:7: "each" is "{each}"; it must match')
            for each in ("ports/*", "/a*/*", "/ports/*/", "//*")
        ),
    ],
)
def test_a_path_into_lists_is_held_to_its_form(body: str, said: str) -> None:
    """What leads nowhere, or chooses nothing, is refused where it stands."""
    assert fault("{safe: true, lower: true}", body).startswith(said)


def test_a_built_in_rule_says_only_whether_its_fix_is_safe() -> None:
    """The engine knows how it mends what it reports itself."""
    assert fault("{safe: true}", BUILTIN) == ""
    assert fault("{safe: true, lower: true}", BUILTIN) == (
        '9:19: "lower" in a built-in rule; the engine knows its fix; write "safe" only'
    )


@pytest.mark.parametrize(
    ("fix", "said"),
    [
        ("{lower: true}", '12:1: "fix" has no "safe"; it is required; add "safe:"'),
        (
            "{safe: true}",
            '12:1: "fix" names no way to fix; one is expected;',
        ),
        (
            "{safe: true, lower: true, remove: true}",
            '12:1: "fix" names 2 ways to fix; one is expected;',
        ),
        (
            "{safe: true, upper: true}",
            '12:19: unknown key "upper"; known are "lower", "remove", "write", "replace";',
        ),
        (
            "{safe: yes, lower: true}",
            '12:13: "safe" is the string "yes"; true or false is expected',
        ),
        ("{safe: true, replace: x}", '12:28: "replace" is the string "x"; a map is expected'),
        (
            "{safe: true, replace: {pattern: x}}",
            '12:19: "replace" has no "by"; it is required; add "by:"',
        ),
        (
            "{safe: true, write: {a: 1}}",
            "12:26: what is written has members; a scalar, {} or [] is expected;",
        ),
        (
            "{safe: true, replace: {pattern: (, by: ''}}",
            "12:38: not a regular expression (missing ), unterminated subpattern at position 0);",
        ),
        (
            r"{safe: true, replace: {pattern: x, by: \1}}",
            "12:45: cannot fill this in (invalid group reference 1 at position 1);",
        ),
        (
            r"{safe: true, replace: {pattern: x, by: \g<y>}}",
            "12:45: cannot fill this in (unknown group name 'y');",
        ),
    ],
)
def test_a_fix_that_cannot_work_is_refused_with_its_place(fix: str, said: str) -> None:
    """Whoever writes a rule learns what is wrong with its fix before anything is linted."""
    assert fault(fix).startswith(said)
