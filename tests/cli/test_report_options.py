"""``lint --format``: several reports at once, each to its place, whole or not at all."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import RunCli
from tests.support.trees import spec, write_tree

from bikube.app.reports import write_report
from bikube.errors import AccessError

CUSTOM = """\
id: no-quay
summary: Quay is not used here.
severity: warning
since: 1.0.0
sections: [registryEndpoints]
rationale: The company has a mirror.
remediation: Use the mirror.
references: [https://example.com/mirror]
require: {pattern: {at: /host, matches: '(?!quay).*'}}
message: 'host "{value}" is Quay; the mirror is used here; change it'
"""


@pytest.fixture
def plant(tmp_path: Path) -> Path:
    """A folder with one spec that has a warning, and no error."""
    return write_tree(tmp_path, {"bikube.yaml": spec(host="Plant7.azurecr.io")})


def test_text_is_the_default(run_cli: RunCli, plant: Path) -> None:
    """Without an option the findings go to standard output, for people."""
    result = run_cli("lint", cwd=plant)
    assert (result.code, result.out) == (0, run_cli("lint", "--format", "text", cwd=plant).out)
    assert "bikube.yaml:5:11: warning[" in result.out


def test_several_reports_go_each_to_its_file(run_cli: RunCli, plant: Path) -> None:
    """One run writes any number of reports; each is what standard output would show."""
    formats = ("github", "gitlab", "json", "junit", "sarif", "text")
    wishes = [f"--format={name}={'out/' * (name > 'json')}report.{name}" for name in formats]
    result = run_cli("lint", *wishes, "--format", "json", cwd=plant)
    assert result.code == 0
    for name in formats:
        path = plant / ("out/" * (name > "json") + f"report.{name}")
        alone = run_cli("lint", "--format", name, "--no-colour", cwd=plant)
        assert path.read_text(encoding="utf-8") == alone.out
    assert json.loads(result.out)["summary"]["warnings"] == 1
    assert [path for path in plant.rglob("*") if "tmp" in path.name] == []


def test_a_report_in_a_file_leaves_standard_output_alone(run_cli: RunCli, plant: Path) -> None:
    """What was asked for is all that is written; colours are for terminals."""
    result = run_cli("lint", "--format", "text=a.txt", "--colour", cwd=plant)
    assert (result.code, result.out) == (0, "")
    assert "\x1b" not in (plant / "a.txt").read_text(encoding="utf-8")


def test_an_unwritable_report_does_not_keep_the_others(run_cli: RunCli, plant: Path) -> None:
    """The exit code is 2, the reason is said, and the other reports are there."""
    (plant / "taken").mkdir()
    result = run_cli(
        "lint", "--format=sarif=taken", "--format=json=a.json", "--format=github", cwd=plant
    )
    assert result.code == 2
    assert result.err.startswith("bikube: taken: this is a folder; name a file in it\n")
    assert result.out.startswith("::")
    assert json.loads((plant / "a.json").read_bytes())["summary"]["warnings"] == 1


@pytest.mark.parametrize(
    ("wishes", "complaint"),
    [
        (["sarfi"], 'unknown format "sarfi"; did you mean "sarif"?'),
        (["xyz=a"], 'unknown format "xyz"; known are concise, github, gitlab, json, '),
        (["json", "statistics"], "one report goes to standard output; name a file, FORMAT=FILE"),
        (["json="], '"json=" names no file; write json=FILE, or json alone'),
        (["json", "text"], "one report goes to standard output; name a file, FORMAT=FILE"),
        (["json=a", "text=./a"], 'two reports go to "a"; name another file'),
    ],
)
def test_wrong_formats_are_refused(
    run_cli: RunCli, plant: Path, wishes: list[str], complaint: str
) -> None:
    """A wish that cannot be met is wrong usage, and says how to put it."""
    result = run_cli("lint", *(f"--format={wish}" for wish in wishes), cwd=plant)
    assert (result.code, result.out) == (2, "")
    assert complaint in result.err


def test_a_hyphen_is_standard_output(run_cli: RunCli, plant: Path) -> None:
    """``-`` means standard output, as it means standard input for specs."""
    result = run_cli("lint", "--format=json=-", cwd=plant)
    assert json.loads(result.out)["summary"]["files"] == 1
    assert not (plant / "-").exists()


def test_reports_know_the_run(run_cli: RunCli, plant: Path) -> None:
    """The fail level and what could not be read reach the reports that have a place for them."""
    result = run_cli(
        *("lint", "bikube.yaml", "gone.yaml", "--fail-level=warning"),
        *("--format=junit", "--format=sarif=a.sarif"),
        cwd=plant,
    )
    assert result.code == 2
    assert '<testsuites name="bikube" tests="5" failures="1" errors="1">' in result.out
    (log,) = json.loads((plant / "a.sarif").read_bytes())["runs"]
    (invocation,) = log["invocations"]
    assert not invocation["executionSuccessful"]
    assert "gone.yaml" in invocation["toolExecutionNotifications"][0]["message"]["text"]


def test_fingerprints_count_from_the_configuration(run_cli: RunCli, plant: Path) -> None:
    """The working directory and the way to name a spec are in no fingerprint."""
    write_tree(plant, {"bikube.config.yaml": "specs: [a/*.yaml]\n", "a/x.yaml": spec(host="A.b.c")})

    def prints(*arguments: str, cwd: Path) -> list[str]:
        report = json.loads(run_cli("lint", "--format=json", *arguments, cwd=cwd).out)
        return [one["fingerprint"] for one in report["diagnostics"]]

    expected = prints(cwd=plant)
    assert len(expected) > 1
    assert prints("./a/x.yaml", cwd=plant) == expected
    assert prints("x.yaml", cwd=plant / "a") == expected
    assert prints(str(plant / "a/x.yaml"), cwd=plant) == expected


def test_sarif_quotes_rules_of_ones_own(run_cli: RunCli, tmp_path: Path) -> None:
    """A custom rule's file is its help on GitHub."""
    write_tree(
        tmp_path,
        {
            "bikube.config.yaml": "customRules: [rules/*.yaml]\n",
            "rules/no-quay.yaml": CUSTOM,
            "bikube.yaml": spec(host="quay.io"),
        },
    )
    result = run_cli("lint", "--select=no-quay", "--format=sarif", cwd=tmp_path)
    (log,) = json.loads(result.out)["runs"]
    (rule,) = [one for one in log["tool"]["driver"]["rules"] if one["id"] == "no-quay"]
    assert rule["fullDescription"] == {"text": "The company has a mirror."}
    assert "Use the mirror." in rule["help"]["markdown"]


def test_a_report_replaces_the_old_one_through_a_link(tmp_path: Path) -> None:
    """A link stays a link: the file that it leads to is replaced."""
    (tmp_path / "real.txt").write_text("old", encoding="utf-8")
    link = tmp_path / "link.txt"
    link.symlink_to("real.txt")
    write_report(str(link), ["new", "er\n"])
    assert link.is_symlink()
    assert (tmp_path / "real.txt").read_bytes() == b"newer\n"


def test_a_broken_report_leaves_the_old_one(tmp_path: Path) -> None:
    """If a report ends in the middle, what was there stays, and no half file is left."""
    path = tmp_path / "a.txt"
    path.write_text("old", encoding="utf-8")

    def pieces() -> list[str]:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(AccessError, match=r"a\.txt: no space left on device"):
        write_report(str(path), (piece for _ in (1,) for piece in pieces()))
    assert [(one.name, one.read_text(encoding="utf-8")) for one in tmp_path.iterdir()] == [
        ("a.txt", "old")
    ]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
def test_a_device_is_written_to_as_it_is() -> None:
    """A device is never replaced by a file, and a full one is an error with its reason."""
    write_report(os.devnull, ["nothing"])
    assert not os.path.isfile(os.devnull)
    with pytest.raises(AccessError, match="/dev/full: no space left on device"):
        write_report("/dev/full", ["x"])


@pytest.mark.parametrize("format_", ["github", "json", "text"])
def test_standard_output_takes_every_character(tmp_path: Path, format_: str) -> None:
    """Where standard output has a small encoding, programs get UTF-8 and people get escapes."""
    write_tree(tmp_path, {"bikube.yaml": spec(host="Ä\u4e2d.azurecr.io")})
    done = subprocess.run(
        [sys.executable, "-m", "bikube", "lint", "--format", format_],
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
        capture_output=True,
        check=False,
    )
    shown = {
        "github": "Ä\u4e2d".encode(),
        "json": rb"\u00c4\u4e2d",
        "text": b"\xc4\\u4e2d",
    }
    assert done.returncode in (0, 1)
    assert shown[format_] in done.stdout


def test_formats_are_completed() -> None:
    """A shell offers the formats that begin with what was typed."""
    typed = {"COMP_WORDS": "bikube lint --format j", "COMP_CWORD": "3"}
    done = subprocess.run(
        [sys.executable, "-m", "bikube"],
        env={**os.environ, **typed, "_BIKUBE_COMPLETE": "bash_complete"},
        capture_output=True,
        check=True,
    )
    assert done.stdout.split() == [b"plain,json", b"plain,junit"]


@pytest.mark.parametrize(
    ("file", "what"),
    [
        ("bikube.yaml", "a spec of this run"),
        ("./deploy/../bikube.yaml", "a spec of this run"),
        ("twin.sarif", "a spec of this run"),
        ("other.bikube.yaml", "a spec by its name"),
        ("bikube.config.yaml", "a configuration of this run"),
        ("elsewhere/bikube.config.yaml", "a configuration"),
        ("no-quay.yaml", "a rule file of this run"),
        ("known.json", "the baseline of this run"),
        ("deploy/aio-plant-7/README.md", None),
    ],
)
def test_a_report_overwrites_nothing_that_a_run_reads(
    run_cli: RunCli, plant: Path, file: str, what: str | None
) -> None:
    """Exit code is 2 with what the file is, and nothing is written or fixed."""
    files = {
        "bikube.config.yaml": "specs: [bikube.yaml]\ncustomRules: [no-quay.yaml]\n",
        "elsewhere/bikube.config.yaml": "out: a\n",
        "other.bikube.yaml": spec(),
        "no-quay.yaml": CUSTOM,
        "deploy/aio-plant-7/README.md": "mine\n",
    }
    write_tree(plant, files)
    os.link(plant / "bikube.yaml", plant / "twin.sarif")
    assert run_cli("lint", "--write-baseline", "known.json", cwd=plant).code == 0
    before = {path: path.read_bytes() for path in plant.rglob("*") if path.is_file()}
    arguments = ("lint", "--fix", "--baseline", "known.json", "--format", f"sarif={file}")
    result = run_cli(*arguments, cwd=plant)
    after = {path: path.read_bytes() for path in plant.rglob("*") if path.is_file()}
    if what is None:
        assert result.code == 0
        assert json.loads((plant / file).read_bytes())["version"] == "2.1.0"
    else:
        message = f'"{file}" is {what}; a report would overwrite it; name another file for it'
        assert (result.code, result.out, after) == (2, "", before)
        assert message in result.err


def test_a_report_overwrites_no_output(run_cli: RunCli, plant: Path) -> None:
    """A generated file is known by its first line; without that line, a report may replace it."""
    assert run_cli("generate", cwd=plant).code == 0
    outputs = [path for path in plant.rglob("deploy/**/*") if path.is_file()]
    before = [path.read_bytes() for path in outputs]
    for path in outputs:
        result = run_cli("lint", "--format", f"text={path}", cwd=plant)
        assert result.code == 2
        assert "is a file that bikube has generated; a report would overwrite it" in result.err
    assert [path.read_bytes() for path in outputs] == before
    outputs[0].write_text("mine\n")
    assert run_cli("lint", "--format", f"json={outputs[0]}", cwd=plant).code == 0


def test_hints_are_no_annotations(run_cli: RunCli, plant: Path) -> None:
    """A pull request has those that a terminal shows; who asks for hints gets them."""
    shown = [
        run_cli("lint", "--format", "github", *asked, cwd=plant)
        for asked in ((), ("--show", "info"), ("--fail-level", "info"))
    ]
    kinds = [[line.split(" ")[0] for line in one.out.splitlines()] for one in shown]
    every = ["::notice", "::notice", "::warning", "::notice"]
    assert kinds == [["::warning"], every, every]
    assert shown[0].err.splitlines()[1] == "3 hints; --show info lists them"


@pytest.mark.parametrize("git", [".git/HEAD", ".git"])
def test_reports_for_hosts_name_files_from_the_root_of_the_repository(
    run_cli: RunCli, tmp_path: Path, git: str
) -> None:
    """In a subfolder annotations show on the changed lines; a work tree's ``.git`` is a file."""
    write_tree(tmp_path, {git: "", "infra/plants/bikube.yaml": spec(), "outside.yaml": spec()})
    asked = ("--show", "info")
    shown = {
        name: run_cli("lint", "plants", "--format", name, *asked, cwd=tmp_path / "infra").out
        for name in ("github", "gitlab", "sarif")
    }
    path = "infra/plants/bikube.yaml"
    assert {line.partition(",")[0] for line in shown["github"].splitlines()} == {
        f"::notice file={path}"
    }
    assert {one["location"]["path"] for one in json.loads(shown["gitlab"])} == {path}
    places = [
        one["locations"][0]["physicalLocation"]["artifactLocation"]
        for one in json.loads(shown["sarif"])["runs"][0]["results"]
    ]
    assert places == [{"uri": path, "uriBaseId": "%SRCROOT%"}] * 3
    text = run_cli("lint", "plants", "--show", "info", cwd=tmp_path / "infra").out
    assert text.startswith(f"{Path('plants/bikube.yaml')}:")


def test_a_file_outside_of_the_repository_is_named_from_the_working_directory(
    run_cli: RunCli, tmp_path: Path
) -> None:
    """It has no path from the root; SARIF names it as a whole."""
    write_tree(tmp_path, {"a/.git/HEAD": "", "a/infra/notes": "", "bikube.yaml": spec()})
    folder = tmp_path / "a/infra"
    asked = ("--format", "github", "--show", "info")
    github = run_cli("lint", "../../bikube.yaml", *asked, cwd=folder).out
    assert github.startswith("::notice file=../../bikube.yaml,")
    sarif = json.loads(run_cli("lint", "../../bikube.yaml", "--format", "sarif", cwd=folder).out)
    place = sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": (tmp_path / "bikube.yaml").resolve().as_uri()}
