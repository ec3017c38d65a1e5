"""``bikube lint`` with ``--fix``, ``--unsafe-fixes`` and ``--diff``."""

import json
import os
import re
import stat
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import Result, RunCli
from tests.support.trees import identity, spec, write_tree

WRONG = spec(host="Plant7.azurecr.io")
RIGHT = spec(host="plant7.azurecr.io")
DOUBTFUL = spec(name="A 1b")
CERTAIN = spec(name="a-1b")
BROKEN = "bikube: [v1\n"
HEADER = re.compile(r"@@ -(\d+),(\d+) \+\d+,\d+ @@")

HINTS = "3 hints; --show info lists them\n"
FIXED = "fixed 1 finding in 1 spec\n  bikube.yaml: 1 registry-host-case\n"


def files(folder: Path) -> dict[str, bytes]:
    """The content of every file below ``folder``."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def patched(text: str, diff: str) -> str:
    """``text`` after ``diff``, as ``patch`` would have it."""
    lines = text.splitlines(keepends=True)
    result: list[str] = []
    at = 0
    for row in diff.replace("\n\\ No newline at end of file", "\0").splitlines(keepends=True)[2:]:
        header = HEADER.match(row)
        line = row[1:].replace("\0\n", "")
        if header is not None:
            start = int(header[1]) - (header[2] != "0")
            result += lines[at:start]
            at = start
        elif row[0] == "+":
            result.append(line)
        else:
            assert lines[at] == line
            result += [line] if row[0] == " " else []
            at += 1
    return "".join((*result, *lines[at:]))


def test_fix_writes_the_file_and_reports_what_is_left(run_cli: RunCli, tmp_path: Path) -> None:
    """The file has the fixes, the report only the rest, and the exit code is by the rest."""
    write_tree(tmp_path, {"bikube.yaml": WRONG})
    before = run_cli("lint", "--fail-level", "warning", cwd=tmp_path)
    after = run_cli("lint", "--fix", "--fail-level", "warning", cwd=tmp_path)
    assert files(tmp_path) == {"bikube.yaml": RIGHT.encode()}
    assert ("registry-host-case" in before.out, "registry-host-case" in after.out) == (True, False)
    assert (before.code, after.code) == (1, 0)
    assert before.err == f"1 warning in 1 spec; 1 fixable with --fix\n{HINTS}"
    assert after.err == f"{FIXED}no errors or warnings in 1 spec\n{HINTS}"


def test_fixing_twice_changes_nothing(run_cli: RunCli, tmp_path: Path) -> None:
    """The second run has nothing to write, and does not touch the file."""
    write_tree(tmp_path, {"bikube.yaml": WRONG})
    run_cli("lint", "--fix", cwd=tmp_path)
    before = identity(tmp_path / "bikube.yaml")
    result = run_cli("lint", "--fix", cwd=tmp_path)
    assert identity(tmp_path / "bikube.yaml") == before
    assert result.err == f"fixed 0 findings in 0 specs\nno errors or warnings in 1 spec\n{HINTS}"


def test_unsafe_fixes_are_asked_for(run_cli: RunCli, tmp_path: Path) -> None:
    """What may change the meaning is left alone, and said to be left, unless it is asked for."""
    write_tree(tmp_path, {"bikube.yaml": DOUBTFUL})
    plain = run_cli("lint", cwd=tmp_path)
    safe = run_cli("lint", "--fix", cwd=tmp_path)
    assert files(tmp_path) == {"bikube.yaml": DOUBTFUL.encode()}
    unsafe = run_cli("lint", "--fix", "--unsafe-fixes", cwd=tmp_path)
    assert files(tmp_path) == {"bikube.yaml": CERTAIN.encode()}
    assert (plain.code, safe.code, unsafe.code) == (1, 1, 0)
    found = f"1 error in 1 spec; 1 fixable with --fix --unsafe-fixes\n{HINTS}"
    assert plain.err == found
    assert safe.err == f"fixed 0 findings in 0 specs\n{found}"
    assert unsafe.err == (
        "fixed 1 finding in 1 spec\n  bikube.yaml: 1 wrong-pattern\n"
        f"no errors or warnings in 1 spec\n{HINTS}"
    )


def test_the_hint_counts_safe_and_unsafe_fixes(run_cli: RunCli, tmp_path: Path) -> None:
    """Whoever only lints is told how much could be mended in which way."""
    write_tree(tmp_path, {"bikube.yaml": spec(host="X.azurecr.io", name="A 1b")})
    result = run_cli("lint", cwd=tmp_path)
    assert result.err.splitlines()[0] == (
        "1 error, 2 warnings in 1 spec; 1 fixable with --fix, 1 more with --unsafe-fixes"
    )


def test_unsafe_fixes_alone_are_wrong_usage(run_cli: RunCli, tmp_path: Path) -> None:
    """An option that would do nothing says what it goes with."""
    write_tree(tmp_path, {"bikube.yaml": DOUBTFUL})
    assert run_cli("lint", "--unsafe-fixes", cwd=tmp_path) == Result(
        2, "", 'bikube: "--unsafe-fixes" alone changes nothing; add "--fix" or "--diff"\n'
    )


def test_fix_treats_every_spec_by_itself(run_cli: RunCli, tmp_path: Path) -> None:
    """A broken and a clean spec stay as they are, the others are fixed, all are reported."""
    tree = {
        "a.bikube.yaml": spec("aio-plant-1", host="Alpha1.azurecr.io"),
        "b.bikube.yaml": BROKEN,
        "c.bikube.yaml": spec("aio-plant-3"),
        "d.bikube.yaml": spec("aio-plant-4", host="Delta4.azurecr.io"),
    }
    write_tree(tmp_path, tree)
    result = run_cli("lint", "--fix", ".", cwd=tmp_path)
    assert files(tmp_path) == {
        **{name: text.encode() for name, text in tree.items()},
        "a.bikube.yaml": spec("aio-plant-1", host="alpha1.azurecr.io").encode(),
        "d.bikube.yaml": spec("aio-plant-4", host="delta4.azurecr.io").encode(),
    }
    assert result.code == 1
    assert "b.bikube.yaml:1:9: error[" in result.out
    assert result.err.splitlines()[:3] == [
        "fixed 2 findings in 2 specs",
        "  a.bikube.yaml: 1 registry-host-case",
        "  d.bikube.yaml: 1 registry-host-case",
    ]


def test_other_formats_report_what_is_left(run_cli: RunCli, tmp_path: Path) -> None:
    """With ``--fix`` a report for programs is about the fixed files."""
    write_tree(tmp_path, {"bikube.yaml": WRONG})
    result = run_cli("lint", "--fix", "--format", "json", cwd=tmp_path)
    found = json.loads(result.out)["diagnostics"]
    assert [one["rule"] for one in found] == [
        "kubernetes-preview",
        "code-signing-absent",
        "registry-role-missing",
    ]


def test_diff_shows_and_writes_nothing(run_cli: RunCli, tmp_path: Path) -> None:
    """Standard output is the diff alone, and it gives what a fix would write."""
    write_tree(tmp_path, {"bikube.yaml": WRONG})
    result = run_cli("lint", "--diff", cwd=tmp_path)
    assert files(tmp_path) == {"bikube.yaml": WRONG.encode()}
    assert result.code == 1
    assert result.out == (
        "--- bikube.yaml\n"
        "+++ bikube.yaml\n"
        "@@ -2,5 +2,5 @@\n"
        " instance: {name: aio-plant-7, customLocation: cl-plant-7}\n"
        " registryEndpoints:\n"
        "   - name: a1b\n"
        "-    host: Plant7.azurecr.io\n"
        "+    host: plant7.azurecr.io\n"
        "     authentication: {method: SystemAssignedManagedIdentity}\n"
    )
    assert patched(WRONG, result.out) == RIGHT
    assert result.err == f"would {FIXED.replace('fixed', 'fix')}no errors or warnings in 1 spec\n"


def test_diff_goes_before_fix(run_cli: RunCli, tmp_path: Path) -> None:
    """With both options nothing is written."""
    write_tree(tmp_path, {"bikube.yaml": WRONG})
    both = run_cli("lint", "--fix", "--diff", cwd=tmp_path)
    assert files(tmp_path) == {"bikube.yaml": WRONG.encode()}
    assert both == run_cli("lint", "--diff", cwd=tmp_path)


@pytest.mark.parametrize(("text", "code"), [(RIGHT, 0), (DOUBTFUL, 1), (BROKEN, 1)])
def test_an_empty_diff_leaves_the_exit_code_to_the_findings(
    run_cli: RunCli, tmp_path: Path, text: str, code: int
) -> None:
    """Where nothing would change, errors count as without a diff."""
    write_tree(tmp_path, {"bikube.yaml": text})
    result = run_cli("lint", "--diff", cwd=tmp_path)
    assert (result.code, result.out) == (code, "")


def test_diff_keeps_line_ends_tabs_and_a_missing_last_one(run_cli: RunCli, tmp_path: Path) -> None:
    """What the diff says of bytes is exact, so that ``patch`` takes it."""
    text = ("\ufeff# tab\there\n" + WRONG.removesuffix("}\n") + ", x: null}").replace("\n", "\r\n")
    write_tree(tmp_path, {"bikube.yaml": text})
    result = run_cli("lint", "--diff", cwd=tmp_path)
    assert "\n\\ No newline at end of file\n" in result.out
    fixed = run_cli("lint", "--fix", cwd=tmp_path)
    assert fixed.err.splitlines()[0] == "fixed 1 finding in 1 spec"
    assert patched(text, result.out).encode() == (tmp_path / "bikube.yaml").read_bytes()


def test_diff_is_coloured_where_it_is_wanted(run_cli: RunCli, tmp_path: Path) -> None:
    """Removed lines are red and added ones green."""
    write_tree(tmp_path, {"bikube.yaml": WRONG})
    result = run_cli("lint", "--diff", "--color", cwd=tmp_path)
    assert "\x1b[31m-    host: Plant7.azurecr.io\x1b[0m\n" in result.out
    assert "\x1b[32m+    host: plant7.azurecr.io\x1b[0m\n" in result.out


def test_a_diff_cannot_control_a_terminal(run_cli: RunCli, tmp_path: Path) -> None:
    """Characters that turn text around are written as escapes."""
    write_tree(tmp_path, {"bikube.yaml": WRONG.replace("a1b\n", "a1b  # \u202e\n")})
    result = run_cli("lint", "--diff", cwd=tmp_path)
    assert "a1b  # \\u202e\n" in result.out


def test_no_credential_is_in_a_diff(run_cli: RunCli, tmp_path: Path) -> None:
    """Lines around a change, and changed lines, are shown as reports show them."""
    secret = "ghp_" + "a1B2" * 9
    settings_ = f"artifactPullSecretSettings: {{secretRef: {secret}}}"
    text = WRONG.replace("a1b\n", f"a1b  # {secret}\n").replace(
        "authentication: {method: SystemAssignedManagedIdentity}",
        f"authentication: {{method: artifactpullsecret, {settings_}}}",
    )
    write_tree(tmp_path, {"bikube.yaml": text})
    result = run_cli("lint", "--diff", "--unsafe-fixes", cwd=tmp_path)
    assert "+    host: plant7.azurecr.io\n" in result.out
    assert "+    authentication: {method: ArtifactPullSecret" in result.out
    assert secret not in result.out + result.err
    assert secret[:12] not in result.out + result.err
    run_cli("lint", "--fix", cwd=tmp_path)
    assert (tmp_path / "bikube.yaml").read_text().count(secret) == 2


CRLF_WITH_MARK = "\ufeff" + WRONG.replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (CRLF_WITH_MARK, CRLF_WITH_MARK.replace("Plant7", "plant7")),
        (RIGHT, RIGHT),
        (BROKEN, BROKEN),
        ("", ""),
    ],
)
def test_a_spec_from_standard_input_goes_to_standard_output(
    run_cli: RunCli, tmp_path: Path, before: str, after: str
) -> None:
    """What comes out is the spec, fixed or not, byte for byte; the report is beside it."""
    result = run_cli("lint", "--fix", "--show=info", "-", cwd=tmp_path, stdin=before.encode())
    assert result.out == after
    assert "<stdin>:" in result.err
    assert files(tmp_path) == {}


def test_a_diff_of_standard_input_names_it(run_cli: RunCli, tmp_path: Path) -> None:
    """With ``--diff`` standard output is a diff, whatever the spec came from."""
    arguments = ("lint", "--diff", "-", "--stdin-filename", "plants/7.yaml")
    result = run_cli(*arguments, cwd=tmp_path, stdin=WRONG.encode())
    assert result.out.startswith("--- plants/7.yaml\n+++ plants/7.yaml\n@@ ")
    assert patched(WRONG, result.out) == RIGHT


def test_a_link_stays_one(run_cli: RunCli, tmp_path: Path) -> None:
    """The fixes go to the file that a link leads to."""
    write_tree(tmp_path, {"shared/spec.yaml": WRONG})
    link = tmp_path / "bikube.yaml"
    link.symlink_to("shared/spec.yaml")
    result = run_cli("lint", "--fix", cwd=tmp_path)
    assert link.is_symlink()
    assert files(tmp_path / "shared") == {"spec.yaml": RIGHT.encode()}
    assert result.err.startswith("fixed 1 finding in 1 spec\n")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_rights_stay(run_cli: RunCli, tmp_path: Path) -> None:
    """A file that others may not read is not opened to them by being fixed."""
    write_tree(tmp_path, {"bikube.yaml": WRONG})
    path = tmp_path / "bikube.yaml"
    path.chmod(0o640)
    run_cli("lint", "--fix", cwd=tmp_path)
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == (RIGHT, 0o640)


def test_a_read_only_file_is_said_to_be_one_and_the_others_are_fixed(
    run_cli: RunCli, tmp_path: Path
) -> None:
    """Its findings are reported as they are, and the exit code is 2."""
    tree = {
        "a.bikube.yaml": spec("aio-plant-1", host="Alpha1.azurecr.io"),
        "b.bikube.yaml": spec("aio-plant-2", host="Bravo2.azurecr.io"),
    }
    write_tree(tmp_path, tree)
    (tmp_path / "a.bikube.yaml").chmod(0o444)
    result = run_cli("lint", "--fix", ".", cwd=tmp_path)
    assert files(tmp_path) == {
        "a.bikube.yaml": tree["a.bikube.yaml"].encode(),
        "b.bikube.yaml": spec("aio-plant-2", host="bravo2.azurecr.io").encode(),
    }
    assert result.code == 2
    assert (
        'a.bikube.yaml:5:11: warning[registry-host-case]: [*] host "Alpha1.azurecr.io"'
        in result.out
    )
    assert result.err.splitlines() == [
        "fixed 1 finding in 1 spec",
        "  b.bikube.yaml: 1 registry-host-case",
        "bikube: a.bikube.yaml: the file is read-only; its fixes are not written; make it writable",
        "1 warning in 2 specs",
        "5 hints; --show info lists them",
    ]


def test_a_file_of_the_longest_name_is_fixed(run_cli: RunCli, tmp_path: Path) -> None:
    """What is written beside it has a shorter name of its own."""
    name = "x" * 243 + ".bikube.yaml"
    write_tree(tmp_path, {name: WRONG})
    assert run_cli("lint", "--fix", name, cwd=tmp_path).code == 0
    assert files(tmp_path) == {name: RIGHT.encode()}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_read_and_not_replaced(run_cli: RunCli, tmp_path: Path) -> None:
    """What comes through a pipe is reported, and the pipe stays one."""
    pipe = tmp_path / "bikube.yaml"
    os.mkfifo(pipe)
    writer = Thread(target=pipe.write_text, args=(WRONG,))
    writer.start()
    result = run_cli("lint", "--fix", cwd=tmp_path)
    writer.join()
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert result.code == 2
    said = "bikube: bikube.yaml: no regular file; its fixes are not written; name a file\n"
    assert said in result.err


def test_a_fix_that_does_harm_is_refused(run_cli: RunCli, tmp_path: Path) -> None:
    """A user's own rule that breaks specs is named, nothing is written, and the rest goes on."""
    rule = (
        "id: no-such-host\nsummary: A host is a number.\nseverity: warning\nsince: 1.0.0\n"
        "rationale: It is not.\nremediation: Leave it.\nreferences: [https://example.org/]\n"
        "sections: [registryEndpoints]\nrequire:\n  pattern: {at: /host, matches: 'plant8.*'}\n"
        "message: one; two; three\nfix: {safe: true, write: 5}\n"
    )
    tree = {
        "bikube.config.yaml": "customRules: [rules/*.yaml]\n",
        "rules/no-such-host.yaml": rule,
        "a.bikube.yaml": spec("aio-plant-1", host="Plant7.azurecr.io"),
        "b.bikube.yaml": spec("aio-plant-2", host="plant8.azurecr.io") + "    healthState: null\n",
    }
    write_tree(tmp_path, tree)
    result = run_cli("lint", "--fix", ".", cwd=tmp_path)
    why = 'its fixes would bring a new error of rule "wrong-type"'
    fixed = spec("aio-plant-2", host="plant8.azurecr.io")
    expected = {**tree, "b.bikube.yaml": fixed}
    assert files(tmp_path) == {name: text.encode() for name, text in expected.items()}
    assert result.err.splitlines()[:2] == [
        f"bikube: a.bikube.yaml: {why}; it stays as it is; fix it by hand",
        "fixed 1 finding in 1 spec",
    ]


KEYS = {
    "host: plant7.azurecr.io": [
        "host: Plant7.azurecr.io",
        "host: https://plant7.azurecr.io/  # new",
        "host: >-\n      PLANT7.azurecr.io",
    ],
    "name: a1b": ["name: a1b\n    healthState: null", "provisioningState: Ok # x\n    name: a1b"],
    "method: SystemAssigned": ["method: systemAssigned", "method:   'systemassigned"],
}


@given(choices=st.data())
@settings(
    suppress_health_check=list(HealthCheck),
    deadline=None,
    max_examples=40,
)
def test_a_diff_is_what_a_fix_writes(
    choices: st.DataObject, tmp_path: Path, run_cli: RunCli
) -> None:
    """For any mistakes, the diff turns the old file into the very bytes that a fix leaves there."""
    text = spec()
    for right, ways in KEYS.items():
        text = text.replace(right, choices.draw(st.sampled_from([right, *ways])), 1)
    text = text.replace("\n", choices.draw(st.sampled_from(["\n", "\r\n"])))
    text = text.rstrip() if choices.draw(st.booleans()) else text
    path = write_tree(tmp_path, {"bikube.yaml": text}) / "bikube.yaml"
    diff = run_cli("lint", "--diff", cwd=tmp_path).out
    run_cli("lint", "--fix", cwd=tmp_path)
    assert path.read_bytes() == patched(text, diff).encode()
