"""Odd paths, patterns and streams: a clear word and exit code 2, never a fault in bikube."""

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import RunCli
from tests.support.runner import PROGRAM, open_to_all, run_program, without_privileges
from tests.support.trees import spec, write_tree

from bikube.document import MAX_BYTES

WRONG = spec(host="Plant7.azurecr.io")
MENDED = spec()
NASTY = "a\n\x1b[31mb.bikube.yaml"
SHOWN = "a\\n\\x1b[31mb.bikube.yaml"
BYTES = os.fsdecode(b"a\xff.bikube.yaml")
COMMANDS = [("lint",), ("lint", "--fix"), ("lint", "--diff"), ("generate",), ("generate", "--diff")]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["*.nope"], 'no file matches "*.nope"; a spec is expected; check the pattern'),
        (["["], 'no file matches "["; a spec is expected; check the pattern'),
        (["a\0b*"], 'no file matches "a\\x00b*"; a spec is expected; check the pattern'),
        (
            ["empty"],
            'no spec in folder "empty"; "bikube.yaml" or "*.bikube.yaml" is expected, ',
        ),
        (["a\0b"], "a\\x00b: this is no path; name a file"),
        ([""], ".: this is a folder; name a file in it"),
        (["a\nb"], "a\\nb: there is no such file; check the path"),
        ([BYTES], "a\\udcff.bikube.yaml: there is no such file; check the path"),
        (["bikube.yaml/x"], "bikube.yaml/x: a part of the path is a file, not a folder; "),
        (["--config", "empty"], "empty: this is a folder; name a file in it"),
        (
            ["--exclude", "!", "bikube.yaml"],
            '"!" is no pattern; one as in .gitignore is expected; correct it',
        ),
        (["bikube.yaml", "--exclude", "a\\"], '"a\\" is no pattern; '),
    ],
)
def test_what_leads_to_no_spec_is_told(
    run_cli: RunCli, tmp_path: Path, command: tuple[str, ...], arguments: list[str], said: str
) -> None:
    """Exit code is 2 with what was looked for, in characters that control no terminal."""
    (tmp_path / "empty").mkdir()
    write_tree(tmp_path, {"bikube.yaml": WRONG})
    result = run_cli(*command, *arguments, cwd=tmp_path)
    assert (result.code, result.out) == (2, "")
    assert f"bikube: {said}" in result.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bikube.yaml", "empty"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('specs: ["a\\0b"]\n', 'no file matches "a\\x00b"; '),
        ('baseline: "a\\0b"\n', "a\\x00b: this is no path; name a file"),
        ('customRules: ["a\\0b"]\n', 'bikube.config.yaml:1:15: no file matches "a\\x00b"; '),
        ('exclude: ["!"]\n', 'bikube.config.yaml:1:11: "!" is no pattern; '),
        (
            'overrides: [{paths: ["a\\\\"], rules: {}}]\n',
            'bikube.config.yaml:1:22: "a\\" is no pattern; ',
        ),
        ('"\\e[31m": 5\n', 'bikube.config.yaml:1:1: unknown key "\\x1b[31m"; '),
    ],
)
def test_what_a_configuration_cannot_mean_is_told(
    run_cli: RunCli, tmp_path: Path, text: str, said: str
) -> None:
    """A path or a pattern that none can be is exit code 2."""
    write_tree(tmp_path, {"bikube.yaml": MENDED, "bikube.config.yaml": text})
    result = run_cli("lint", cwd=tmp_path)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"bikube: {said}")


def test_lines_of_an_ignore_file_that_are_no_patterns_are_gone_past(
    run_cli: RunCli, tmp_path: Path
) -> None:
    """What git takes for no pattern, bikube does not stop at either."""
    files = {".gitignore": "!\na\\\ngone/\n", "gone/bikube.yaml": "", "b.bikube.yaml": MENDED}
    (tmp_path / ".git").mkdir()
    result = run_cli("lint", ".", cwd=write_tree(tmp_path, files))
    assert (result.code, result.err) == (
        0,
        "no errors or warnings in 1 spec\n3 hints; --show info lists them\n",
    )


@pytest.mark.parametrize("name", [NASTY, BYTES])
def test_a_file_of_any_name_is_looked_at_and_written(
    run_cli: RunCli, tmp_path: Path, name: str
) -> None:
    """Names with line ends, escape sequences or bytes that are no UTF-8 are names like others."""
    shown = SHOWN if name == NASTY else "a\\udcff.bikube.yaml"
    path = tmp_path / name
    path.write_text(WRONG, encoding="utf-8")
    linted = run_cli("lint", name, cwd=tmp_path)
    assert (linted.code, f"{shown}:5:11: warning[" in linted.out) == (0, True)
    assert run_cli("lint", "--diff", ".", cwd=tmp_path).out.startswith(
        f"--- {shown}\n+++ {shown}\n"
    )
    for format_ in ("json", "sarif", "junit", "gitlab", "github"):
        assert run_cli("lint", "--format", format_, ".", cwd=tmp_path).code == 0
    ignored = run_cli("lint", "--add-ignores", "later", "--write-baseline", "b", cwd=tmp_path)
    assert ignored.code == 2
    assert run_cli("lint", "--fix", name, cwd=tmp_path).code == 0
    assert path.read_text(encoding="utf-8") == MENDED
    assert run_cli("lint", "--add-ignores", "later", name, cwd=tmp_path).code == 0
    assert run_cli("generate", name, "--out", name + "-out", cwd=tmp_path).code == 0
    stale = run_cli("generate", name, "--out", name + "-other", "--check", cwd=tmp_path)
    assert stale.out.splitlines()[0] == f"would create {shown}-other/aio-plant-7/bicep/main.bicep"


def test_standard_input_is_read_once(run_cli: RunCli, tmp_path: Path) -> None:
    """Named twice it is one spec; mended it is on standard output, and its report is not."""
    data = WRONG.encode()
    twice = run_cli("lint", "-", "-", cwd=tmp_path, stdin=data)
    assert (twice.code, twice.err.splitlines()[0]) == (
        0,
        "1 warning in 1 spec; 1 fixable with --fix",
    )
    mended = run_program("lint", "--fix", "-", "-", cwd=tmp_path, stdin=data)
    assert (mended.returncode, mended.stdout) == (0, MENDED.encode())
    assert b"fixed 1 finding in 1 spec\n" in mended.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xfe", b"a: [", b"\0", b"#" * (MAX_BYTES + 9)],
    ids=["empty", "UTF-16", "open", "NUL", "too large"],
)
def test_what_cannot_be_mended_leaves_standard_output_as_it_came(
    tmp_path: Path, data: bytes
) -> None:
    """A filter that finds no spec gives back every byte."""
    result = run_program("lint", "--fix", "-", cwd=tmp_path, stdin=data)
    assert (result.returncode, result.stdout) == (1, data)


@pytest.mark.parametrize(
    "name", ["--write-baseline=x.bikube.yaml", "--fix.bikube.yaml", "-q.bikube.yaml"]
)
def test_a_spec_is_never_an_option(run_cli: RunCli, tmp_path: Path, name: str) -> None:
    """What a shell makes of an asterisk may begin with a hyphen; it is looked at like any other."""
    write_tree(tmp_path, {"a.bikube.yaml": MENDED, name: "bikube: v1\n"})
    result = run_cli("lint", name, "a.bikube.yaml", cwd=tmp_path)
    assert result.code == 1
    assert f"{name}:1:1: error" in result.out
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted([name, "a.bikube.yaml"])


def test_an_option_that_names_a_spec_is_an_option(run_cli: RunCli, tmp_path: Path) -> None:
    """Only where there is a file that is called just so, it is meant."""
    write_tree(tmp_path, {"a.bikube.yaml": MENDED})
    result = run_cli("lint", "a.bikube.yaml", "--write-baseline=x.bikube.yaml", cwd=tmp_path)
    assert result.code == 0
    assert (tmp_path / "x.bikube.yaml").is_file()


def test_a_folder_that_may_not_be_listed_is_told(run_cli: RunCli, tmp_path: Path) -> None:
    """Exit code is 2, with the folder; what is beside it is looked at."""
    write_tree(tmp_path, {"plants/north/bikube.yaml": MENDED, "plants/south/bikube.yaml": MENDED})
    open_to_all(tmp_path)
    (tmp_path / "plants/north").chmod(0)
    with without_privileges():
        result = run_cli("lint", "plants", cwd=tmp_path)
    open_to_all(tmp_path)
    assert result.code == 2
    assert result.err == (
        "bikube: plants/north: permission denied; check the rights on it\n"
        "no errors or warnings in 1 spec\n3 hints; --show info lists them\n"
    )


def _run_in_shell(
    command: str, folder: Path, *, before: str = ":", **options: Any
) -> "subprocess.CompletedProcess[str]":
    program = " ".join(f"'{part}'" for part in PROGRAM)
    return subprocess.run(
        ["bash", "-c", f"{before}; {program} {command}"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        **options,
    )


@pytest.mark.parametrize("command", ["lint", "lint --format json", "generate --diff", "schema"])
def test_output_that_nobody_takes_is_told(tmp_path: Path, command: str) -> None:
    """Where standard output is full or closed, exit code is 2."""
    write_tree(tmp_path, {"bikube.yaml": WRONG})
    full = _run_in_shell(f"{command} >out", tmp_path, before="ulimit -f 0")
    assert (full.returncode, full.stderr.splitlines()[-1]) == (
        2,
        (
            "bikube: standard output: file too large; raise the limit on the size of files, and"
            " run it again"
        ),
    )
    closed = _run_in_shell(f"{command} >&-", tmp_path)
    said = "bikube: standard output: it is closed; send it to a file, or to /dev/null"
    assert (closed.returncode, closed.stderr.splitlines()[-1]) == (2, said)


def test_a_closed_standard_input_is_an_empty_one(tmp_path: Path) -> None:
    """There is nothing to read, and that is told as such."""
    result = _run_in_shell("lint - <&-", tmp_path)
    assert (result.returncode, result.stderr) == (1, "1 error in 1 spec\n")
    assert result.stdout.startswith("<stdin>:1:1: error[empty-file]: the file is empty; ")


def test_every_character_can_be_written_to_any_output(tmp_path: Path) -> None:
    """What the encoding of standard output lacks is escaped."""
    write_tree(tmp_path, {"bikube.yaml": f"{WRONG}# größe\n"})
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    result = _run_in_shell("lint --diff", tmp_path, env=environment)
    assert (result.returncode, result.stdout.splitlines()[-1]) == (1, " # gr\\xf6\\xdfe")
