"""Drift in reports: a finding for each generated file that is not as it should be, in its place."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Result, RunCli
from tests.support.distribution import git
from tests.support.trees import spec, write_tree

FOUND = "1 warning in 1 spec\n"
CONFIG = (
    "specs: [plants/*.bikube.yaml]\n"
    "rules: {kubernetes-preview: off, code-signing-absent: off, registry-role-missing: off}\n"
)
A = "plants/a.bikube.yaml"
BICEP = "deploy/aio-a/bicep/main.bicep"
MANIFEST = "deploy/aio-a/kubernetes/registryendpoint-a1b.yaml"
KUSTOMIZATION = "deploy/aio-a/kubernetes/kustomization.yaml"
EDITED = (
    f'from here on this is not what "{A}" generates; change the spec in place of its output, then'
    ' run "bikube generate"'
)
FORMATS = ("github", "gitlab", "json", "junit", "sarif", "text")


@pytest.fixture
def tree(run_cli: RunCli, tmp_path: Path) -> Path:
    """A spec with a warning, and its output."""
    write_tree(tmp_path, {"bikube.config.yaml": CONFIG, A: spec("aio-a", host="Plant7.azurecr.io")})
    assert run_cli("generate", cwd=tmp_path).code == 0
    return tmp_path


def check(run_cli: RunCli, tree: Path, *arguments: str) -> Result:
    """The check of all specs."""
    return run_cli("generate", "--check", *arguments, cwd=tree)


def found(result: Result) -> list[tuple[str, str, int, str]]:
    """Rule, file, line and text of each finding in a JSON report."""
    listed: list[dict[str, Any]] = json.loads(result.out)["diagnostics"]
    return [
        (one["rule"], one["file"], one["line"], f"{one['message']}; {one['help']}")
        for one in listed
    ]


def drift(result: Result) -> list[list[Any]]:
    """File, line and text of each generated file in a JSON report."""
    return [rest for rule, *rest in found(result) if rule == "drift"]


def test_clean_output_has_no_finding_and_findings_of_specs_are_there(
    run_cli: RunCli, tree: Path
) -> None:
    """A report has what is found in the specs; standard error does not repeat it, but counts it."""
    result = check(run_cli, tree, "--format", "json")
    assert (result.code, result.err) == (0, FOUND)
    assert [one[:3] for one in found(result)] == [("registry-host-case", A, 5)]


def test_whatever_is_not_as_it_should_be_is_found_in_its_place(run_cli: RunCli, tree: Path) -> None:
    """Edited, missing, no longer generated, of an instance that is gone: each says what to do."""
    bicep = (tree / BICEP).read_text("utf-8")
    write_tree(
        tree,
        {
            BICEP: bicep.replace("Plant7.azurecr.io", "other.azurecr.io"),
            "deploy/aio-a/kubernetes/registryendpoint-old.yaml": (tree / MANIFEST).read_text(),
            "deploy/aio-z/bicep/main.bicep": bicep,
        },
    )
    (tree / KUSTOMIZATION).unlink()
    result = check(run_cli, tree, "--format", "json")
    line = 1 + bicep.split("\n").index("    host: 'Plant7.azurecr.io'")
    assert result.code == 1
    assert drift(result) == [
        [BICEP, line, EDITED],
        [KUSTOMIZATION, 1, f'the file is missing; "{A}" generates it; run "bikube generate"'],
        [
            "deploy/aio-a/kubernetes/registryendpoint-old.yaml",
            1,
            f'"{A}" does not generate this file; run "bikube generate"',
        ],
        [
            "deploy/aio-z/bicep/main.bicep",
            1,
            'no spec describes this instance; run "bikube generate --prune"',
        ],
    ]
    assert json.loads(result.out)["summary"] == {
        "files": 1,
        "errors": 4,
        "warnings": 1,
        "infos": 0,
        "suppressed": 0,
    }
    assert result.err.endswith('4 files would change; run "bikube generate --prune"\n')


@pytest.mark.parametrize(
    ("edit", "line"),
    [
        (lambda text: text + "more\n", 13),
        (lambda text: text.rpartition("\n")[0].rpartition("\n")[0] + "\n", 11),
        (lambda text: text.replace("\n", "\r\n") + "more\r\n", 13),
        (lambda text: text.encode().replace(b"---", b"\xff"), 2),
    ],
    ids=["longer", "shorter", "CRLF", "no UTF-8"],
)
def test_the_place_is_the_first_line_that_differs(
    run_cli: RunCli, tree: Path, edit: Any, line: int
) -> None:
    """Also where one of both ends, and whatever the bytes are."""
    text = (tree / MANIFEST).read_text("utf-8")
    changed = edit(text)
    (tree / MANIFEST).write_bytes(changed if isinstance(changed, bytes) else changed.encode())
    result = check(run_cli, tree, "--format", "json")
    assert [one[:2] for one in drift(result)] == [[MANIFEST, line]], text


def test_a_target_that_is_off_leaves_findings(run_cli: RunCli, tree: Path) -> None:
    """They say that the spec is not rendered into it."""
    write_tree(tree, {"bikube.config.yaml": CONFIG + "targets: [kubernetes]\n"})
    said = "the spec is not rendered into this target;"
    assert drift(check(run_cli, tree, "--format", "json")) == [
        [BICEP, 1, f'{said} run "bikube generate --prune"']
    ]


def test_a_file_in_the_way_is_found(run_cli: RunCli, tree: Path) -> None:
    """It is somebody's own, and keeps output from being written."""
    write_tree(tree, {BICEP: "my own\n"})
    result = check(run_cli, tree, "--format", "json")
    reason = "it does not carry bikube's header, so somebody wrote it; move it away"
    assert result.code == 1
    assert drift(result) == [[BICEP, 1, f'in the way of what "{A}" generates: {reason}']]


def test_what_git_does_not_have_is_found(run_cli: RunCli, tree: Path) -> None:
    """A file may be edited and not in git either: these are two findings."""
    git(tree, "init", "--quiet")
    git(tree, "add", BICEP, KUSTOMIZATION)
    with (tree / MANIFEST).open("a", encoding="utf-8") as file:
        file.write("more: 1\n")
    result = check(run_cli, tree, "--tracked", "--format", "json")
    assert result.code == 1
    assert [one[::2] for one in drift(result)] == [
        [MANIFEST, EDITED],
        [MANIFEST, f'"{A}" generates this file, and git does not have it; run "git add"'],
    ]


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_has_drift_on_standard_output_or_in_a_file(
    run_cli: RunCli, tree: Path, format_: str
) -> None:
    """Standard output is the report alone; with a report in a file it is the list."""
    (tree / KUSTOMIZATION).unlink()
    shown = check(run_cli, tree, "--format", format_)
    filed = check(run_cli, tree, f"--format={format_}=out/report")
    assert (shown.code, filed.code) == (1, 1)
    assert (tree / "out/report").read_text("utf-8") == shown.out
    assert KUSTOMIZATION in shown.out
    assert "registry-host-case" in shown.out
    assert filed.out == f"would create {KUSTOMIZATION}\n"
    assert shown.err == FOUND + '1 file would change; run "bikube generate"\n'
    assert filed.err.endswith(shown.err)
    assert "[registry-host-case]" in filed.err


def test_the_fingerprint_of_drift_is_that_of_the_file(run_cli: RunCli, tree: Path) -> None:
    """Wherever in the file it begins; another file has another one."""

    def prints(*files: str) -> list[str]:
        for name in files:
            with (tree / name).open("a", encoding="utf-8") as file:
                file.write("more\n")
        listed = json.loads(check(run_cli, tree, "--format", "json").out)["diagnostics"]
        return [one["fingerprint"] for one in listed if one["rule"] == "drift"]

    first = prints(MANIFEST)
    again = prints(MANIFEST, BICEP)
    assert (len(first), len(again), set(first) < set(again)) == (1, 2, True)


def test_errors_of_a_spec_are_in_the_report_though_nothing_is_rendered(
    run_cli: RunCli, tree: Path
) -> None:
    """The exit code is that of errors; standard error counts them."""
    write_tree(tree, {A: spec("aio-a").replace("host:", "hots:")})
    result = check(run_cli, tree, "--format", "json")
    assert result.code == 1
    assert {one[0] for one in found(result)} == {"required-property"}
    assert result.err == "1 error in 1 spec\nnothing was written\n"


def test_a_folder_that_cannot_be_used_is_told_in_the_report(run_cli: RunCli, tree: Path) -> None:
    """SARIF says that the run did not succeed, and why."""
    write_tree(tree, {"bikube.config.yaml": CONFIG + "out: file\n", "file": ""})
    result = check(run_cli, tree, "--format", "sarif")
    (invocation,) = json.loads(result.out)["runs"][0]["invocations"]
    assert result.code == 2
    assert invocation["executionSuccessful"] is False
    (told,) = invocation["toolExecutionNotifications"]
    assert f"{FOUND}bikube: {told['message']['text']}\n" == result.err


@pytest.mark.parametrize("arguments", [(), ("--diff",), ("--check", "--diff")])
def test_reports_are_about_a_check(run_cli: RunCli, tree: Path, arguments: tuple[str, ...]) -> None:
    """What writes or shows diffs has none."""
    result = run_cli("generate", *arguments, "--format", "json", cwd=tree)
    assert (result.code, result.out) == (2, "")
    assert result.err == (
        'bikube: "--format" is for what a check finds; add "--check", without "--diff"\n'
    )


@pytest.mark.parametrize(
    ("file", "what"),
    [
        (A, "a spec of this run"),
        ("known.json", "the baseline of this run"),
        (BICEP, "a file that bikube has generated"),
    ],
)
def test_a_report_overwrites_no_file_of_the_run(
    run_cli: RunCli, tree: Path, file: str, what: str
) -> None:
    """Such a run is refused before it begins."""
    write_tree(
        tree,
        {
            "bikube.config.yaml": CONFIG + "baseline: known.json\n",
            "known.json": '{"version": 1, "findings": []}\n',
        },
    )
    before = (tree / file).read_bytes()
    result = check(run_cli, tree, f"--format=sarif={file}")
    assert (result.code, (tree / file).read_bytes()) == (2, before)
    assert f'"{file}" is {what}; a report would overwrite it' in result.err


def test_a_report_that_cannot_be_written_is_told(run_cli: RunCli, tree: Path) -> None:
    """The exit code is 2 though there is no drift."""
    result = check(run_cli, tree, "--format=json=bikube.config.yaml/report.json")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("bikube: bikube.config.yaml/report.json: ")


REWRITTEN = (
    f'only the layout is not what "{A}" generates; a formatter has rewritten it; exclude output'
    ' from formatters, then run "bikube generate"'
)


@pytest.fixture
def rewritten(tree: Path) -> Path:
    """The tree after a formatter; and a manifest that is of another meaning, too."""
    bicep, manifest = ((tree / name).read_text("utf-8") for name in (BICEP, MANIFEST))
    write_tree(
        tree,
        {
            BICEP: bicep.replace("  ", "    "),
            MANIFEST: manifest.replace("  name: a1b", '  name: "a1b"'),
            KUSTOMIZATION: (tree / KUSTOMIZATION).read_text("utf-8") + "namespace: other\n",
        },
    )
    return tree


def test_what_a_formatter_rewrote_is_named(run_cli: RunCli, rewritten: Path) -> None:
    """In the list, and in the count what to do about it."""
    result = check(run_cli, rewritten)
    assert (result.code, result.out.splitlines()) == (
        1,
        [
            f"would update {BICEP} (only the layout differs)",
            f"would update {MANIFEST} (only the layout differs)",
            f"would update {KUSTOMIZATION}",
        ],
    )
    assert result.err.endswith(
        '3 files would change; run "bikube generate"\n'
        "2 of these differ in layout only, as a formatter leaves them; exclude the output folder"
        " from it, as the README shows\n"
    )


def test_a_diff_of_layout_is_named_beside_the_diff(run_cli: RunCli, rewritten: Path) -> None:
    """Standard output stays a patch; nothing is said of what differs in more."""
    result = run_cli("generate", "--diff", cwd=rewritten)
    assert (result.code, "layout" in result.out) == (1, False)
    assert [
        line for line in result.err.splitlines() if line.endswith(": only the layout differs")
    ] == [
        f"{BICEP}: only the layout differs",
        f"{MANIFEST}: only the layout differs",
    ]


def test_a_finding_says_that_a_formatter_rewrote_the_file(run_cli: RunCli, rewritten: Path) -> None:
    """At the first line that differs."""
    result = check(run_cli, rewritten, "--format", "json")
    assert [one[::2] for one in drift(result)] == [
        [BICEP, REWRITTEN],
        [MANIFEST, REWRITTEN],
        [KUSTOMIZATION, EDITED],
    ]


def test_another_header_is_no_layout(run_cli: RunCli, tree: Path) -> None:
    """It says from which spec a file is."""
    (tree / A).rename(tree / "plants/b.bikube.yaml")
    result = check(run_cli, tree)
    assert (result.code, len(result.out.splitlines()), "layout" in result.out) == (1, 3, False)
