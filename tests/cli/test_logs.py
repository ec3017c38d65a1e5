"""Whatever is said can stand in the log of a CI job: nothing in it is taken for a command."""

import json
import re
from pathlib import Path

import pytest
from tests.conftest import RunCli
from tests.support.trees import write_tree

# What runners read: Azure Pipelines' agent takes "##vso[" anywhere in a line, GitHub's "##[", too,
# and "::" where a line begins, when blanks are trimmed; TeamCity has a word of its own.
ANYWHERE = "##vso[task.setvariable variable=PATH]/evil ##[error]x ##teamcity[x] ###VSO[x]"
INVISIBLE = "\u202e\u2066\xad\u200b\U000e0041\u2028\x85"
START = "::error file=x::pwned "
NASTY = START + ANYWHERE.replace("/", "") + INVISIBLE

NAME = f"{NASTY}.bikube.yaml"


def quoted(text: str) -> str:
    """``text`` in double quotes as YAML reads them."""
    return '"' + "".join(f"\\U{ord(one):08x}" for one in text) + '"'


SPEC = f"""\
bikube: v1
#{ANYWHERE}
{START}: 5 # {NASTY}
"{NASTY}": {{a: 1}}
"{ANYWHERE}": {{a: 1}}
instance: {{name: "{NASTY}", customLocation: "\\n{START}"}}
registryEndpoints:
  - name: "{ANYWHERE}"
    host: "Plant7.azurecr.io"
    authentication: {{method: SystemAssignedManagedIdentity, "{NASTY}": 1}}
  - name: a1b # bikube: ignore[{START}, alias] until=2000-01-01 {NASTY}
    host: "{ANYWHERE}.azurecr.io"
 # bikube: ignore[credential]
  - {{what: "{NASTY}", "{ANYWHERE}": 1}}
"""
GOOD = f"""\
bikube: v1
instance: {{name: aio-plant-7, customLocation: cl-plant-7}}
registryEndpoints:
  - name: a1b
    # {NASTY}
    host: Plant7.azurecr.io
    # {NASTY}
    authentication: {{method: SystemAssignedManagedIdentity}}
"""
RULE = f"""\
id: own-rule
summary: {quoted(NASTY)}
severity: warning
since: 1.0.0
rationale: {quoted(f"a{chr(10)}{NASTY}")}
remediation: {quoted(f"a{chr(10)}  {NASTY}")}
references: [{quoted("https://example.org/" + NASTY)}]
sections: [registryEndpoints]
require: {{pattern: {{at: /host, matches: x}}}}
message: {quoted(NASTY + '"{value}"')}
examples:
  - wrong: {quoted(f"- host: y{chr(10)}{START}: 5{chr(10)}")}
"""
CONFIG = f"""\
customRules: [own-rule.yaml]
exclude: [{quoted(NASTY + "/**/x")}]
"""


def obeyed(log: str) -> list[str]:
    """The lines of ``log`` that a runner takes for commands, or that hold what nobody sees."""
    unseen = "[\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2066-\u2069\U000e0000-\U000e0fff]"
    command = re.compile(rf"^\s*::|##[a-z]*\[|{unseen}", re.IGNORECASE)
    return [line for line in re.split("[\r\n]+", log) if command.search(line)]


@pytest.fixture(params=[SPEC, GOOD], ids=["bad", "good"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder where all that can say something says commands."""
    files = {"a.bikube.yaml": request.param, "own-rule.yaml": RULE, "bikube.config.yaml": CONFIG}
    return write_tree(tmp_path, {**files, NAME: request.param})


@pytest.mark.parametrize(
    "command",
    [
        *(("lint", "--show", "info", "--format", name) for name in ("text", "concise")),
        *(("lint", "--format", name) for name in ("statistics", "junit")),
        *(("lint", "--format", name) for name in ("json", "sarif", "gitlab")),
        ("lint", "--diff", "--unsafe-fixes"),
        ("lint", "--diff", "--add-ignores", "later"),
        ("lint", "--fix", "--unsafe-fixes"),
        ("lint", "--write-baseline", NASTY),
        ("lint", "--show-files"),
        ("generate", "--check"),
        ("generate", "--diff"),
        ("config",),
        ("config", NAME, "--format", "json"),
        ("rules",),
        ("rules", "--format", "json"),
        ("rules", "test"),
        ("explain", "own-rule"),
        ("explain", "own-rule", "--format", "json"),
        ("init", f"new/{NASTY}", "--name", NASTY),
        ("init", f"{NASTY}-new"),
    ],
    ids=" ".join,
)
def test_no_line_is_a_command(run_cli: RunCli, folder: Path, command: tuple[str, ...]) -> None:
    """What specs, file names, rules and configurations hold is said, and obeyed by no runner."""
    paths = (".",) if command[0] in {"lint", "generate"} else ()
    result = run_cli(*command, *paths, cwd=folder)
    assert result.code in {0, 1, 2}
    assert "Traceback" not in result.err
    # The context of a diff may be indented by tabs.
    assert obeyed(result.out.replace("\t", " ")) == []
    assert obeyed(result.err) == []


@pytest.mark.parametrize(
    "arguments",
    [
        (f"--{NASTY}",),
        (NASTY,),
        ("lint", f"--{NASTY}"),
        ("lint", "--format", NASTY),
        ("lint", "--format", f"text=a{NASTY}", "--format", f"json=a{NASTY}"),
        ("lint", "--select", NASTY),
        ("lint", "--fail-level", NASTY),
        ("lint", "--config", NASTY),
        ("lint", "--stdin-filename", f"a\n{NASTY}", "-"),
        ("lint", f"a\n{NASTY}"),
        ("lint", "[" + NASTY),
        ("generate", "--target", f"a\n{NASTY}"),
        ("generate", "--out", NASTY, "a.bikube.yaml"),
        ("explain", NASTY),
        ("schema", f"\n{NASTY}"),
        ("rules", "test", NASTY),
        ("init", "a", NASTY),
    ],
    ids=lambda arguments: arguments[0][:8] + str(len(arguments)),
)
def test_no_refusal_is_a_command(
    run_cli: RunCli, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    """A command line that is quoted in what is wrong with it is obeyed by no runner either."""
    write_tree(tmp_path, {"a.bikube.yaml": GOOD})
    result = run_cli(*arguments, cwd=tmp_path, stdin=SPEC.encode())
    assert (obeyed(result.out), obeyed(result.err)) == ([], [])
    assert result.code in {0, 1, 2}


def test_what_a_generated_file_says_of_its_origin_is_no_command(
    run_cli: RunCli, tmp_path: Path
) -> None:
    """The first line of output names the spec in characters that are seen, and commands nobody."""
    write_tree(tmp_path, {NAME: GOOD})
    assert run_cli("generate", ".", cwd=tmp_path).code == 0
    written = [path for path in tmp_path.joinpath("deploy").rglob("*") if path.is_file()]
    heads = [path.read_text(encoding="utf-8").partition("\n")[0] for path in written]
    assert [one for one in heads if "DO NOT EDIT" not in one or obeyed(one)] == []
    for path in written:
        path.write_text(f"# DO NOT EDIT. Generated by bikube from {NASTY}.\nx\n", "utf-8")
    for option in ("--check", "--diff", "--prune"):
        result = run_cli("generate", option, ".", cwd=tmp_path)
        assert (obeyed(result.out), obeyed(result.err)) == ([], [])


def test_the_commands_of_github_are_its_own(run_cli: RunCli, tmp_path: Path) -> None:
    """A report of annotations has one command a finding, and nothing in these is another."""
    write_tree(tmp_path, {NAME: SPEC})
    result = run_cli("lint", ".", "--format", "github", "--show", "info", cwd=tmp_path)
    own = re.compile(r"::(error|warning|notice) file=[^:,]*,line=\d+,[^:]*,title=[a-z-]+::")
    found = json.loads(run_cli("lint", ".", "--format", "json", cwd=tmp_path).out)["diagnostics"]
    lines = result.out.splitlines()
    assert (len(lines), [one for one in lines if not own.match(one)]) == (len(found), [])
    assert obeyed("\n".join(own.sub("", line) for line in lines)) == []


def test_all_of_this_is_looked_at(run_cli: RunCli, folder: Path) -> None:
    """What these tests write is read to the end, and quoted in what is found."""
    result = run_cli("lint", ".", "--format", "json", cwd=folder)
    found = json.loads(result.out)["diagnostics"]
    quoting = {one["rule"] for one in found if r"#\x23" in one["message"]}
    assert "own-rule" in quoting
    if "unknown-section" in {one["rule"] for one in found}:
        assert quoting > {"odd-character", "unknown-section", "unknown-key"}


def test_data_says_what_it_is(run_cli: RunCli, tmp_path: Path) -> None:
    """In JSON the name of a file is the whole name: an escape there is read back."""
    write_tree(tmp_path, {NAME: SPEC})
    found = json.loads(run_cli("lint", ".", "--format", "json", cwd=tmp_path).out)["diagnostics"]
    assert {one["file"] for one in found} == {NAME}


def test_this_reader_obeys() -> None:
    """The runner of these tests takes for a command what it should."""
    assert obeyed(f"a\n {START}\nb ##[x]\n##VSO[a\nc\rd\u202e\n") == [
        f" {START}",
        "b ##[x]",
        "##VSO[a",
        "d\u202e",
    ]
