"""``bikube lint --add-ignores``."""

from pathlib import Path

import pytest
from tests.cli.test_fix_options import files, patched
from tests.conftest import Result, RunCli
from tests.support.trees import spec, write_tree

REASON = "moves next year"
CAPITALS = spec(host="Plant7.azurecr.io")
LINES = {
    "bikube: v1\n": "kubernetes-preview",
    "  - name: a1b\n": "code-signing-absent",
    "    host: Plant7.azurecr.io\n": "registry-host-case",
    "    authentication: {method: SystemAssignedManagedIdentity}\n": "registry-role-missing",
}


def silenced(text: str, *rules: str, reason: str = REASON) -> str:
    """``text`` with the comments for ``rules``, all if none is given."""
    for line, rule in LINES.items():
        if rule in rules or not rules:
            comment = f"  # bikube: ignore[{rule}] {reason}\n"
            text = text.replace(line, line.rstrip("\n") + comment)
    return text


def test_all_that_is_found_is_silenced(run_cli: RunCli, tmp_path: Path) -> None:
    """Each line gets its comment, nothing is left to report, and a second run changes nothing."""
    write_tree(tmp_path, {"bikube.yaml": CAPITALS})
    first = run_cli("lint", "--add-ignores", REASON, "--fail-level", "info", cwd=tmp_path)
    assert files(tmp_path) == {"bikube.yaml": silenced(CAPITALS).encode()}
    said = "no findings in 1 spec (4 suppressed)\n"
    assert first == Result(0, "", f"ignored 4 findings in 1 spec\n{said}")
    again = run_cli("lint", "--add-ignores", "another reason", cwd=tmp_path)
    assert files(tmp_path) == {"bikube.yaml": silenced(CAPITALS).encode()}
    assert again == Result(0, "", f"ignored 0 findings in 0 specs\n{said}")
    plain = run_cli("lint", "--fail-level", "info", cwd=tmp_path)
    assert plain == Result(0, "", said)


def test_a_day_is_written_too(run_cli: RunCli, tmp_path: Path) -> None:
    """``until=`` in front of the reason stands in front of the reason in the comment."""
    write_tree(tmp_path, {"bikube.yaml": CAPITALS})
    reason = f"until=2999-12-31 {REASON}"
    run_cli("lint", "--add-ignores", reason, cwd=tmp_path)
    assert files(tmp_path) == {"bikube.yaml": silenced(CAPITALS, reason=reason).encode()}


def test_what_comments_cannot_silence_is_reported(run_cli: RunCli, tmp_path: Path) -> None:
    """Structural findings of one spec and a broken spec stay; the exit code is by them."""
    tree = {
        "a.bikube.yaml": spec("aio-1", host="Plant7.azurecr.io"),
        "b.bikube.yaml": "bikube: [v1\n",
        "c.bikube.yaml": spec("aio-3", host="5"),
    }
    write_tree(tmp_path, tree)
    result = run_cli("lint", "--add-ignores", REASON, ".", cwd=tmp_path)
    assert result.code == 1
    found = [
        line.partition(": ")[0].split(":")[0]
        for line in result.out.splitlines()
        if "error[" in line
    ]
    assert found == ["b.bikube.yaml", "c.bikube.yaml"]
    assert (tmp_path / "a.bikube.yaml").read_text() == silenced(tree["a.bikube.yaml"])
    assert (tmp_path / "b.bikube.yaml").read_text() == tree["b.bikube.yaml"]


def test_only_selected_rules_are_silenced(run_cli: RunCli, tmp_path: Path) -> None:
    """With ``--select`` and ``--ignore`` the other rules get no comment."""
    write_tree(tmp_path, {"bikube.yaml": CAPITALS})
    run_cli("lint", "--add-ignores", REASON, "--select", "registry-host-case", cwd=tmp_path)
    one = silenced(CAPITALS, "registry-host-case")
    assert files(tmp_path) == {"bikube.yaml": one.encode()}
    run_cli("lint", "--add-ignores", REASON, "--ignore", "kubernetes-preview", cwd=tmp_path)
    two = silenced(CAPITALS, "registry-host-case", "code-signing-absent", "registry-role-missing")
    assert files(tmp_path) == {"bikube.yaml": two.encode()}


def test_what_a_baseline_hides_needs_no_comment(run_cli: RunCli, tmp_path: Path) -> None:
    """Only what shows is silenced; the baseline stays as it is, and nothing in it is stale."""
    write_tree(tmp_path, {"bikube.yaml": CAPITALS})
    baseline = ("--baseline", "known.json")
    run_cli(
        "lint", *("--select", "registry-host-case"), "--write-baseline", "known.json", cwd=tmp_path
    )
    known = (tmp_path / "known.json").read_bytes()
    result = run_cli("lint", "--add-ignores", REASON, *baseline, cwd=tmp_path)
    text = silenced(CAPITALS, "kubernetes-preview", "code-signing-absent", "registry-role-missing")
    assert files(tmp_path) == {"bikube.yaml": text.encode(), "known.json": known}
    said = "ignored 3 findings in 1 spec\nno findings in 1 spec (4 suppressed)\n"
    assert result == Result(0, "", said)


def test_a_baseline_hides_from_everywhere_what_needs_no_comment(
    run_cli: RunCli, tmp_path: Path
) -> None:
    """The paths in a baseline count from its own folder, not from the working directory."""
    write_tree(tmp_path, {"specs/bikube.yaml": CAPITALS, "elsewhere/notes": ""})
    run_cli("lint", "specs/bikube.yaml", "--write-baseline", "specs/known.json", cwd=tmp_path)
    arguments = ("lint", "../specs/bikube.yaml", "--baseline", "../specs/known.json")
    result = run_cli(*arguments, "--add-ignores", REASON, cwd=tmp_path / "elsewhere")
    assert (tmp_path / "specs/bikube.yaml").read_text() == CAPITALS
    assert result.err.endswith("no findings in 1 spec (4 suppressed)\n")


def test_fixes_go_first(run_cli: RunCli, tmp_path: Path) -> None:
    """With ``--fix`` what can be mended is mended, and the rest gets comments."""
    write_tree(tmp_path, {"bikube.yaml": CAPITALS})
    result = run_cli("lint", "--fix", "--add-ignores", REASON, cwd=tmp_path)
    text = silenced(spec(), "kubernetes-preview", "code-signing-absent", "registry-role-missing")
    assert files(tmp_path) == {"bikube.yaml": text.encode()}
    assert result == Result(
        0,
        "",
        "fixed 1 finding in 1 spec\n  bikube.yaml: 1 registry-host-case\n"
        "ignored 3 findings in 1 spec\n"
        "no findings in 1 spec (3 suppressed)\n",
    )


@pytest.mark.parametrize("fix", [(), ("--fix",)], ids=["alone", "with fixes"])
def test_a_diff_shows_what_would_be_written(
    run_cli: RunCli, tmp_path: Path, fix: tuple[str, ...]
) -> None:
    """``--diff`` writes nothing, and gives the very bytes that are written without it."""
    write_tree(tmp_path, {"bikube.yaml": CAPITALS})
    arguments = ("lint", "--add-ignores", REASON, *fix)
    diff = run_cli(*arguments, "--diff", cwd=tmp_path)
    assert files(tmp_path) == {"bikube.yaml": CAPITALS.encode()}
    assert diff.code == 1
    number = 3 if fix else 4
    assert f"would ignore {number} findings in 1 spec\n" in diff.err
    run_cli(*arguments, cwd=tmp_path)
    assert files(tmp_path) == {"bikube.yaml": patched(CAPITALS, diff.out).encode()}
    assert run_cli(*arguments, "--diff", cwd=tmp_path).code == 0


def test_a_spec_from_standard_input_goes_to_standard_output(
    run_cli: RunCli, tmp_path: Path
) -> None:
    """What comes out is the spec with its comments; the report is beside it."""
    text = "\ufeff" + CAPITALS.replace("\n", "\r\n")
    result = run_cli("lint", "--add-ignores", REASON, "-", cwd=tmp_path, stdin=text.encode())
    assert result.out == "\ufeff" + silenced(CAPITALS).replace("\n", "\r\n")
    assert result.err.startswith("ignored 4 findings in 1 spec\n")
    assert files(tmp_path) == {}


def test_a_read_only_spec_keeps_its_findings(run_cli: RunCli, tmp_path: Path) -> None:
    """It is said to be one, its findings are reported, the others get comments, exit code 2."""
    tree = {name: spec(f"aio-{name[0]}", host="Plant7.azurecr.io") for name in ("a.yaml", "b.yaml")}
    write_tree(tmp_path, tree)
    (tmp_path / "a.yaml").chmod(0o444)
    result = run_cli("lint", "--add-ignores", REASON, "a.yaml", "b.yaml", cwd=tmp_path)
    assert files(tmp_path) == {
        "a.yaml": tree["a.yaml"].encode(),
        "b.yaml": silenced(tree["b.yaml"]).encode(),
    }
    assert result.code == 2
    assert "a.yaml:5:11: warning[" in result.out
    assert result.err.splitlines() == [
        "ignored 4 findings in 1 spec",
        "bikube: a.yaml: the file is read-only; its comments are not written; make it writable",
        "1 warning in 2 specs (4 suppressed); 1 fixable with --fix",
        "3 hints; --show info lists them",
    ]


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("", 'the reason is ""; a reason is words on one line; write why it is ignored'),
        (" \t ", "a reason is words on one line"),
        ("...", "a reason is words on one line"),
        ("two\nlines", "a reason is words on one line"),
        ("a\u2028b", "a reason is words on one line"),
        ("until=2999-12-31", "a reason is words on one line"),
        ("until=2999-02-30 why", '"until=2999-02-30" is no day'),
        ("why until=2999-12-31", '"until=2999-12-31" is out of place'),
        ("# bikube: ignore[x] y", "a reason is words on one line"),
    ],
)
def test_a_reason_that_would_not_read_back_is_refused(
    run_cli: RunCli, tmp_path: Path, reason: str, said: str
) -> None:
    """Exit code 2 says what a reason is, and nothing is written."""
    write_tree(tmp_path, {"bikube.yaml": CAPITALS})
    result = run_cli("lint", "--add-ignores", reason, cwd=tmp_path)
    assert (result.code, result.out) == (2, "")
    assert "Error: Invalid value for '--add-ignores': " in result.err
    assert said in result.err
    assert files(tmp_path) == {"bikube.yaml": CAPITALS.encode()}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("--add-ignores", "until=2025-12-31 why"),
            '"until=2025-12-31" has passed; nothing would be silenced; name a later day',
        ),
        (
            ("--add-ignores", "why", "--write-baseline", "known.json"),
            '"--add-ignores" silences what "--write-baseline" would note; leave out one of the two',
        ),
        (
            ("--diff", "--write-baseline", "known.json"),
            '"--diff" writes no file; leave it out to write or prune a baseline',
        ),
        (
            ("--diff", "--prune-baseline"),
            '"--diff" writes no file; leave it out to write or prune a baseline',
        ),
        (
            ("--add-ignores", "why", "--unsafe-fixes"),
            '"--unsafe-fixes" alone changes nothing; add "--fix" or "--diff"',
        ),
        (
            ("--add-ignores", "why", "--baseline", "gone"),
            "gone: there is no such file; check the path",
        ),
    ],
)
def test_what_contradicts_itself_is_wrong_usage(
    run_cli: RunCli, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    """Exit code 2 says what to leave out, before anything is written."""
    write_tree(tmp_path, {"bikube.yaml": CAPITALS})
    assert run_cli("lint", *arguments, cwd=tmp_path) == Result(2, "", f"bikube: {said}\n")
    assert files(tmp_path) == {"bikube.yaml": CAPITALS.encode()}
