"""A baseline hides exactly the findings that were there when it was written."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Result, RunCli
from tests.support.runner import open_to_all, without_privileges
from tests.support.trees import FAILS, OLD_VERSION, identity, rule_about_versions, spec, write_tree

CAPITALS = spec(host="Plant7.azurecr.io")
QUIET = "kubernetes-preview: off, code-signing-absent: off, registry-role-missing: off"
CONFIG = f"baseline: known.json\nrules: {{registry-host-case: error, {QUIET}}}\n"
PLANTS = {
    "bikube.config.yaml": CONFIG,
    "plants/a.bikube.yaml": spec("aio-a", host="Plant1.azurecr.io"),
    "plants/b.bikube.yaml": spec("aio-b", host="Plant2.azurecr.io"),
    "edge/c.bikube.yaml": spec("aio-c", host="Plant3.azurecr.io"),
}
BROKEN = "bikube: [v1\n"
WRITE = ("lint", "--write-baseline", "known.json")
FINDING = (
    '{"file": "bikube.yaml", "pointer": "/registryEndpoints/a1b/host", "rule":'
    ' "registry-host-case", "fingerprint": "%s"}'
)


def found(run_cli: RunCli, folder: Path, *arguments: str) -> list[str]:
    """The rules of all findings that show."""
    result = run_cli("lint", "--format", "json", *arguments, cwd=folder)
    return [one["rule"] for one in json.loads(result.out)["diagnostics"]]


def entries(folder: Path, name: str = "known.json") -> list[tuple[str, str]]:
    """File and rule of every entry of a baseline."""
    content = json.loads((folder / name).read_bytes())
    return [(one["file"], one["rule"]) for one in content["findings"]]


@pytest.fixture
def plants(run_cli: RunCli, tmp_path: Path) -> Path:
    """Three specs with a finding each, which a baseline hides."""
    write_tree(tmp_path, PLANTS)
    assert run_cli(*WRITE, ".", cwd=tmp_path).code == 0
    return tmp_path


ALL = [
    ("edge/c.bikube.yaml", "registry-host-case"),
    ("plants/a.bikube.yaml", "registry-host-case"),
    ("plants/b.bikube.yaml", "registry-host-case"),
]


def test_what_is_said_once_a_run_is_known_wherever_it_is_said(
    run_cli: RunCli, tmp_path: Path
) -> None:
    """One entry hides it in every spec, is there once, and is not stale while any has it."""
    config = "baseline: known.json\nrules: {code-signing-absent: off, registry-role-missing: off}\n"
    write_tree(tmp_path, {**PLANTS, "bikube.config.yaml": config})
    run_cli(*WRITE, "plants", "--select", "kubernetes-preview", cwd=tmp_path)
    assert found(run_cli, tmp_path, "edge", "--select", "kubernetes-preview") == []
    again = run_cli(*WRITE, ".", "--select", "kubernetes-preview", cwd=tmp_path)
    assert entries(tmp_path) == [("edge/c.bikube.yaml", "kubernetes-preview")]
    pruned = run_cli("lint", "plants", "--prune-baseline", cwd=tmp_path)
    assert again.err.startswith("known.json: 1 finding, 0 new, 0 gone\n")
    assert pruned.err.startswith("known.json: 1 finding, 0 new, 0 gone\n")


def test_baseline_hides_what_was_found_and_shows_what_is_new(
    run_cli: RunCli, tmp_path: Path
) -> None:
    """After writing it nothing shows; moved lines change nothing; a second occurrence is new."""
    write_tree(tmp_path, {"bikube.yaml": CAPITALS})
    before = found(run_cli, tmp_path)
    written = found(run_cli, tmp_path, "--write-baseline", "known.json")
    write_tree(tmp_path, {"bikube.yaml": f"# moved\n\n{CAPITALS}"})
    moved = found(run_cli, tmp_path, "--baseline", "known.json")
    second = CAPITALS.split("registryEndpoints:\n")[1].replace("a1b", "c2d")
    write_tree(tmp_path, {"bikube.yaml": CAPITALS + second})
    new = found(run_cli, tmp_path, "--baseline", "known.json")
    assert before == [
        "kubernetes-preview",
        "code-signing-absent",
        "registry-host-case",
        "registry-role-missing",
    ]
    assert (written, moved) == ([], [])
    assert "registry-host-case" in new


def test_a_run_may_use_no_baseline(run_cli: RunCli, plants: Path) -> None:
    """What the configuration's baseline hides shows, in lint and in generate."""
    (linted, generated) = (
        run_cli(command, "plants/a.bikube.yaml", "--no-baseline", cwd=plants)
        for command in ("lint", "generate")
    )
    place = "plants/a.bikube.yaml:5:11: error["
    assert (linted.code, linted.out.startswith(place)) == (1, True)
    assert (generated.code, generated.err.startswith(place)) == (1, True)


def test_baseline_is_a_sorted_line_a_finding(run_cli: RunCli, tmp_path: Path) -> None:
    """The file says where each finding is and no value, and a new finding is a new line."""
    tree = {"bikube.yaml": CAPITALS, "bikube.config.yaml": f"rules: {{{QUIET}}}\n"}
    write_tree(tmp_path, tree)
    run_cli(*WRITE, "bikube.yaml", cwd=tmp_path)
    one = (tmp_path / "known.json").read_text()
    fingerprint = json.loads(one)["findings"][0]["fingerprint"]
    assert one == f'{{"version": 1, "findings": [\n{FINDING % fingerprint}\n]}}\n'
    write_tree(tmp_path, {"a.bikube.yaml": spec("aio-a", host="Other.azurecr.io")})
    result = run_cli(*WRITE, "a.bikube.yaml", cwd=tmp_path)
    assert result.err.startswith("known.json: 2 findings, 1 new, 0 gone\n")
    lines = (tmp_path / "known.json").read_text().splitlines(keepends=True)
    assert '"file": "a.bikube.yaml"' in lines[1]
    assert "".join((lines[0], *lines[2:])) == one


def test_writing_what_is_there_changes_nothing(run_cli: RunCli, plants: Path) -> None:
    """The same findings are the same bytes, and the file is not touched."""
    before = identity(plants / "known.json")
    result = run_cli(*WRITE, ".", cwd=plants)
    assert identity(plants / "known.json") == before
    assert result.err.startswith("known.json: 3 findings, 0 new, 0 gone\n")


def test_what_comments_cannot_silence_stays(run_cli: RunCli, tmp_path: Path) -> None:
    """Structural findings and those about suppressions are in no baseline, and none hides them."""
    text = spec(host="5") + "    healthState: null # bikube: ignore[no-such-rule] why\n"
    write_tree(tmp_path, {"bikube.yaml": text})
    result = run_cli(*WRITE, cwd=tmp_path)
    assert result.code == 1
    assert found(run_cli, tmp_path, "--baseline", "known.json") == [
        "wrong-type",
        "unknown-suppression",
    ]
    assert {"wrong-type", "unknown-suppression"} & {rule for _, rule in entries(tmp_path)} == set()


FOLDERS = [
    ("", ["."], []),
    ("", ["plants/a.bikube.yaml"], []),
    ("", ["edge/c.bikube.yaml", "plants/b.bikube.yaml"], []),
    ("plants", ["."], []),
    ("plants", ["../edge/c.bikube.yaml"], []),
    ("plants", ["a.bikube.yaml"], ["--baseline", "../known.json"]),
    ("edge", ["{root}/plants"], ["--baseline", "{root}/known.json"]),
    ("", ["edge"], ["--baseline", "{link}/known.json"]),
    ("", ["{link}/plants"], []),
]


def test_a_name_that_azure_refuses_is_not_hidden_with_its_placeholder(
    run_cli: RunCli, tmp_path: Path
) -> None:
    """The error yields to the placeholder, and is back where a baseline hides that."""
    write_tree(tmp_path, {"bikube.config.yaml": CONFIG, "bikube.yaml": spec("<AIO_NAME>")})
    assert found(run_cli, tmp_path, "--no-baseline", "bikube.yaml") == ["placeholder"]
    run_cli(*WRITE, "bikube.yaml", cwd=tmp_path)
    assert entries(tmp_path) == [("bikube.yaml", "placeholder")]
    assert found(run_cli, tmp_path, "bikube.yaml") == ["wrong-pattern"]


@pytest.mark.parametrize(("folder", "specs", "more"), FOLDERS)
def test_a_baseline_fits_from_everywhere(
    run_cli: RunCli, plants: Path, folder: str, specs: list[str], more: list[str]
) -> None:
    """Whatever the working directory, and however specs and baseline are named, it hides."""
    link = plants.with_name(f"{plants.name}-link")
    link.symlink_to(plants)
    arguments = [one.format(root=plants, link=link) for one in (*specs, *more)]
    result = run_cli("lint", *arguments, cwd=plants / folder)
    assert (result.code, result.out) == (0, "")
    assert "fit nothing" not in result.err


@pytest.mark.parametrize("where", ["plants", "elsewhere"])
def test_a_baseline_written_elsewhere_is_the_same(
    run_cli: RunCli, plants: Path, where: str
) -> None:
    """Written from another working directory, it has the same bytes."""
    expected = (plants / "known.json").read_bytes()
    (plants / "known.json").unlink()
    (plants / "elsewhere").mkdir()
    run_cli("lint", "..", "--write-baseline", "../known.json", cwd=plants / where)
    assert (plants / "known.json").read_bytes() == expected


def test_entries_that_fit_nothing_are_told(run_cli: RunCli, plants: Path) -> None:
    """They are named on standard error, change no exit code, and stay in the file."""
    write_tree(plants, {"plants/a.bikube.yaml": spec("aio-a")})
    (plants / "edge/c.bikube.yaml").unlink()
    before = (plants / "known.json").read_bytes()
    result = run_cli("lint", "plants", cwd=plants)
    assert result == Result(
        0,
        "",
        "bikube: 2 of the entries in known.json fit nothing any more;"
        " drop them with --prune-baseline\n"
        "  edge/c.bikube.yaml: registry-host-case /registryEndpoints/a1b/host\n"
        "  plants/a.bikube.yaml: registry-host-case /registryEndpoints/a1b/host\n"
        "no findings in 2 specs (1 suppressed)\n",
    )
    assert (plants / "known.json").read_bytes() == before


def test_only_some_stale_entries_are_named(run_cli: RunCli, tmp_path: Path) -> None:
    """Ten are named, the others counted."""
    write_tree(
        tmp_path, {f"{n:02}.bikube.yaml": spec(f"a-{n}", host="X1.azurecr.io") for n in range(12)}
    )
    run_cli(*WRITE, ".", "--select", "registry-host-case", cwd=tmp_path)
    write_tree(tmp_path, {f"{n:02}.bikube.yaml": spec(f"a-{n}") for n in range(12)})
    result = run_cli(
        "lint", ".", "--baseline", "known.json", "--select", "registry-host-case", cwd=tmp_path
    )
    lines = result.err.splitlines()
    assert lines[0].startswith("bikube: 12 of the entries in known.json fit nothing any more")
    assert [line for line in lines if line.startswith("  ")][-1] == "  and 2 more"
    assert len(lines) == 13


def _mended(folder: Path) -> None:
    """Mends the findings of all three specs."""
    for name, text in PLANTS.items():
        write_tree(folder, {name: text.replace("host: Plant", "host: plant")})


KEPT: dict[str, tuple[list[str], dict[str, str | None], list[int]]] = {
    "all specs": (["."], {}, []),
    "some specs": (["plants"], {}, [0]),
    "a single spec": (["plants/a.bikube.yaml"], {}, [0, 2]),
    "a spec that is gone": (["plants"], {"edge/c.bikube.yaml": None}, []),
    "other rules": ([".", "--select", "placeholder"], {}, [0, 1, 2]),
    "this rule": ([".", "--select", "registry-host-case"], {}, []),
    "a pattern of rules": ([".", "--select", "registry-host-*"], {}, []),
    "a pattern of other rules": ([".", "--select", "placeholde*"], {}, [0, 1, 2]),
    "without a pattern of rules": ([".", "--ignore", "registry-*"], {}, [0, 1, 2]),
    "not this rule": ([".", "--ignore", "registry-host-case"], {}, [0, 1, 2]),
    "a broken spec": (["."], {"edge/c.bikube.yaml": BROKEN}, [0]),
    "no spec": (["."], {"edge/c.bikube.yaml": "[]\n"}, [0]),
    "a spec that is half read": (["."], {"edge/c.bikube.yaml": spec(host="5")}, [0]),
}


@pytest.mark.parametrize("case", KEPT.values(), ids=KEPT)
@pytest.mark.parametrize("option", [("--prune-baseline",), ("--write-baseline", "known.json")])
def test_only_what_was_looked_at_goes(
    run_cli: RunCli,
    plants: Path,
    case: tuple[list[str], dict[str, str | None], list[int]],
    option: tuple[str, ...],
) -> None:
    """Pruning and writing keep entries about specs, parts and rules that were not looked at."""
    arguments, files, kept = case
    _mended(plants)
    for name, text in files.items():
        if text is None:
            (plants / name).unlink()
        else:
            write_tree(plants, {name: text})
    result = run_cli("lint", *arguments, *option, cwd=plants)
    assert entries(plants) == [ALL[number] for number in kept]
    assert f"known.json: {len(kept)} finding" in result.err
    assert f" 0 new, {3 - len(kept)} gone\n" in result.err


def test_a_spec_that_cannot_be_read_keeps_its_entries(run_cli: RunCli, plants: Path) -> None:
    """A link that leads nowhere is reported with exit code 2, and its entries are not pruned."""
    _mended(plants)
    (plants / "edge/c.bikube.yaml").unlink()
    (plants / "edge/c.bikube.yaml").symlink_to("nowhere")
    result = run_cli("lint", "plants", "edge/c.bikube.yaml", "--prune-baseline", cwd=plants)
    assert entries(plants) == [ALL[0]]
    assert result == Result(
        2,
        "",
        "known.json: 1 finding, 0 new, 2 gone\n"
        "bikube: edge/c.bikube.yaml: there is no such file; check the path\n"
        "no findings in 2 specs\n",
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_a_spec_in_a_closed_folder_keeps_its_entries(run_cli: RunCli, plants: Path) -> None:
    """Whether a file is gone cannot be told of one that cannot be reached."""
    _mended(plants)
    open_to_all(plants)
    (plants / "edge").chmod(0)
    with without_privileges():
        result = run_cli("lint", "plants", "edge/c.bikube.yaml", "--prune-baseline", cwd=plants)
    (plants / "edge").chmod(0o777)
    assert entries(plants) == [ALL[0]]
    assert result.code == 2
    assert "bikube: edge/c.bikube.yaml: permission denied; check the rights on it\n" in result.err


def test_pruning_adds_nothing(run_cli: RunCli, plants: Path) -> None:
    """A new finding shows, and is not in the pruned baseline."""
    _mended(plants)
    write_tree(plants, {"plants/b.bikube.yaml": spec("aio-b", host="New.azurecr.io")})
    result = run_cli("lint", ".", "--prune-baseline", cwd=plants)
    assert entries(plants) == []
    assert result.code == 1
    assert "plants/b.bikube.yaml:5:11: error[" in result.out
    assert (plants / "known.json").read_text() == '{"version": 1, "findings": [\n]}\n'


@pytest.mark.usefixtures("failing_check")
def test_a_rule_that_fails_keeps_its_entries(run_cli: RunCli, tmp_path: Path) -> None:
    """Where a rule could not look, its entries stay."""
    files = {
        "bikube.yaml": spec() + OLD_VERSION,
        "bikube.config.yaml": "customRules: [old-versions.yaml]\n"
        f"rules: {{{QUIET}, api-version-unknown: off}}\n",
        "old-versions.yaml": rule_about_versions("old-versions"),
    }
    write_tree(tmp_path, files)
    run_cli(*WRITE, "bikube.yaml", cwd=tmp_path)
    write_tree(tmp_path, {"old-versions.yaml": rule_about_versions("old-versions", check=FAILS)})
    arguments = ("lint", "bikube.yaml", "--baseline", "known.json", "--prune-baseline")
    result = run_cli(*arguments, cwd=tmp_path)
    assert result.code == 3
    assert entries(tmp_path) == [("bikube.yaml", "old-versions")]


@pytest.mark.parametrize(
    ("arguments", "kept"),
    [
        ((), []),
        (("b.bikube.yaml",), [("b.bikube.yaml", "custom-location-shared")]),
        (("--exclude", "a.*"), [("b.bikube.yaml", "custom-location-shared")]),
    ],
)
def test_what_shows_across_specs_is_gone_when_all_were_seen(
    run_cli: RunCli, tmp_path: Path, arguments: tuple[str, ...], kept: list[tuple[str, str]]
) -> None:
    """One file of two has no such finding anyway, so its entry stays until a run is about all."""
    write_tree(
        tmp_path,
        {
            "bikube.config.yaml": f"specs: ['*.bikube.yaml']\n{CONFIG}",
            "a.bikube.yaml": spec("aio-a").replace("cl-a", "cl-b"),
            "b.bikube.yaml": spec("aio-b"),
        },
    )
    run_cli(*WRITE, cwd=tmp_path)
    assert entries(tmp_path) == [("b.bikube.yaml", "custom-location-shared")]
    write_tree(tmp_path, {"a.bikube.yaml": spec("aio-a")})
    assert run_cli("lint", *arguments, "--prune-baseline", cwd=tmp_path).code == 0
    assert entries(tmp_path) == kept


def test_generate_hides_what_lint_hides(run_cli: RunCli, plants: Path) -> None:
    """By a baseline or a comment: an error that lint does not show keeps nobody from rendering."""
    assert run_cli("generate", ".", cwd=plants).code == 0
    (plants / "known.json").rename(plants / "other.json")
    write_tree(plants, {"bikube.config.yaml": CONFIG.replace("baseline: known.json\n", "")})
    shown = run_cli("generate", ".", "--check", cwd=plants)
    hidden = run_cli("generate", ".", "--check", "--baseline", "other.json", cwd=plants)
    assert (shown.code, hidden.code) == (1, 0)
    assert shown.err.count("[registry-host-case]") == 3
    run_cli("lint", ".", "--add-ignores", "they move", cwd=plants)
    commented = run_cli("generate", ".", "--check", cwd=plants)
    assert "[registry-host-case]" not in commented.err
    assert (commented.code, run_cli("lint", ".", cwd=plants).code) == (0, 0)


def _fingerprints(folder: Path) -> dict[str, set[str]]:
    """All fingerprints in a folder's baseline, SARIF and GitLab report."""

    def content(name: str) -> Any:
        return json.loads((folder / name).read_bytes())

    return {
        "json": {one["fingerprint"] for one in content("r.json")["diagnostics"]},
        "sarif": {
            one["partialFingerprints"]["bikube/v1"]
            for one in content("r.sarif")["runs"][0]["results"]
        },
        "gitlab": {one["fingerprint"] for one in content("r.gitlab")},
    }


FORMATS = [f"--format={name}=r.{name}" for name in ("json", "sarif", "gitlab")]


@pytest.mark.parametrize("place", ["known.json", "ci/known.json"])
def test_reports_have_the_fingerprints_of_the_baseline(
    run_cli: RunCli, tmp_path: Path, place: str
) -> None:
    """Wherever it is: what is reported with an empty baseline is what is then written to it."""
    tree = {**PLANTS, place: '{"version": 1, "findings": []}'}
    write_tree(tmp_path, tree)
    run_cli("lint", ".", "--baseline", place, *FORMATS, cwd=tmp_path)
    reported = _fingerprints(tmp_path)
    run_cli("lint", ".", "--write-baseline", place, cwd=tmp_path)
    content = json.loads((tmp_path / place).read_bytes())
    known = {one["fingerprint"] for one in content["findings"]}
    assert reported == dict.fromkeys(reported, known)
    assert len(known) == 3


@pytest.mark.parametrize("folder", ["", "plants"])
def test_fingerprints_need_no_baseline(run_cli: RunCli, plants: Path, folder: str) -> None:
    """Without one they are those that a baseline in the configuration's folder has."""
    content = json.loads((plants / "known.json").read_bytes())
    known = {one["fingerprint"] for one in content["findings"]}
    write_tree(plants, {"bikube.config.yaml": CONFIG.replace("baseline: known.json\n", "")})
    run_cli("lint", str(plants), *FORMATS, cwd=plants / folder)
    reported = _fingerprints(plants / folder)
    assert reported == dict.fromkeys(reported, known)


MALFORMED = {
    "no JSON": (
        '{"version": 1,\n <<<<<<< HEAD\n',
        ":2:2: this is no JSON (expecting property name",
    ),
    "no text": ("\0", ":1:1: this is no JSON (expecting value)"),
    "nested": ("[" * 100_000, ": this is no JSON;"),
    "a list": ("[1]", ": this is no baseline;"),
    "no version": ('{"findings": []}', ": this is no baseline;"),
    "no findings": ('{"version": 1}', ": this is no baseline;"),
    "an entry without a rule": (
        '{"version": 1, "findings": [{"file": "a", "pointer": "", "fingerprint": "b"}]}',
        ": this is no baseline;",
    ),
    "later": ('{"version": 2}', ": version 2 of baselines is not known; version 1 is expected;"),
}


@pytest.mark.parametrize(("text", "said"), MALFORMED.values(), ids=MALFORMED)
@pytest.mark.parametrize("option", ["--baseline", "--write-baseline"])
def test_malformed_baselines_are_refused(
    run_cli: RunCli, tmp_path: Path, text: str, said: str, option: str
) -> None:
    """Exit code 2 with the place and what to do; the file is not written over."""
    write_tree(tmp_path, {"bikube.yaml": CAPITALS, "known.json": text})
    result = run_cli("lint", option, "known.json", cwd=tmp_path)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"bikube: known.json{said}")
    assert result.err.endswith(
        (
            "it and write one with --write-baseline known.json\n",
            "remove the file and write it anew\n",
        )
    )
    assert (tmp_path / "known.json").read_text() == text


def test_a_baseline_that_is_missing_is_told(run_cli: RunCli, tmp_path: Path) -> None:
    """A configured one has to be there, for lint and generate, until it is written."""
    write_tree(tmp_path, {"bikube.yaml": CAPITALS, "bikube.config.yaml": CONFIG})
    message = "bikube: known.json: there is no such file; check the path\n"
    assert run_cli("lint", cwd=tmp_path) == Result(2, "", message)
    assert run_cli("generate", cwd=tmp_path) == Result(2, "", message)
    assert run_cli(*WRITE, cwd=tmp_path).code == 0
    assert run_cli("lint", cwd=tmp_path).code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("--write-baseline", "a", "--baseline", "b"),
            '"--write-baseline" also uses and prunes what it writes; leave out the other options',
        ),
        (
            ("--no-baseline", "--prune-baseline"),
            '"--no-baseline" uses none; leave it out to use, write or prune one',
        ),
        (("--prune-baseline",), '"--prune-baseline" prunes a baseline; name it with "--baseline"'),
    ],
)
def test_wishes_that_contradict_each_other_are_wrong_usage(
    run_cli: RunCli, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    """Exit code 2 says which options do not go together."""
    write_tree(tmp_path, {"bikube.yaml": CAPITALS})
    assert run_cli("lint", *arguments, cwd=tmp_path) == Result(2, "", f"bikube: {said}\n")


def test_no_credential_is_in_a_baseline(run_cli: RunCli, tmp_path: Path) -> None:
    """Neither the names nor the values of a spec bring one there."""
    secret = "ghp_" + "a1B2" * 9
    text = spec(name=secret, host="Plant7.azurecr.io") + f"  - {{host: {secret}.azurecr.io}}\n"
    write_tree(tmp_path, {"bikube.yaml": text})
    result = run_cli(*WRITE, cwd=tmp_path)
    written = (tmp_path / "known.json").read_text()
    assert "/registryEndpoints/***" in written
    assert secret not in written + result.out + result.err


def test_a_strange_name_is_read_back(run_cli: RunCli, tmp_path: Path) -> None:
    """A file whose name is no UTF-8, has a quote or a line end, keeps its entries."""
    name = os.fsdecode(b'a"\n\xff.bikube.yaml')
    write_tree(tmp_path, {name: CAPITALS})
    run_cli(*WRITE, name, cwd=tmp_path)
    assert run_cli("lint", name, "--baseline", "known.json", cwd=tmp_path) == Result(
        0, "", "no findings in 1 spec (4 suppressed)\n"
    )


@pytest.fixture
def open_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder that anybody may write to, with a spec."""
    write_tree(tmp_path, {"bikube.yaml": CAPITALS})
    open_to_all(tmp_path)
    yield tmp_path
    tmp_path.chmod(0o777)


def test_a_baseline_needs_rights_in_its_own_folder_only(run_cli: RunCli, open_folder: Path) -> None:
    """It is written to the working directory by someone who may write nowhere else."""
    with without_privileges():
        result = run_cli(*WRITE, cwd=open_folder)
    assert (result.code, len(entries(open_folder))) == (0, 4)
    assert sorted(path.name for path in open_folder.iterdir()) == ["bikube.yaml", "known.json"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_a_baseline_in_a_read_only_place_is_told(run_cli: RunCli, open_folder: Path) -> None:
    """A baseline that cannot be written hides nothing, stays as it is, and is exit code 2."""
    found = run_cli("lint", cwd=open_folder)
    open_folder.chmod(0o555)
    with without_privileges():
        folder = run_cli(*WRITE, cwd=open_folder)
    said = "bikube: known.json: permission denied; check the rights on it\n"
    assert folder == Result(2, found.out, said + found.err)
    open_folder.chmod(0o777)
    path = open_folder / "known.json"
    path.write_text('{"version": 1, "findings": []}')
    path.chmod(0o444)
    file = run_cli(*WRITE, cwd=open_folder)
    assert (file.code, path.read_text()) == (2, '{"version": 1, "findings": []}')
    said = "the file is read-only; its entries are not written; make it writable\n"
    assert file == Result(2, found.out, f"bikube: known.json: {said}{found.err}")


def test_a_linked_baseline_stays_a_link(run_cli: RunCli, tmp_path: Path) -> None:
    """The entries go to the file that a link leads to."""
    write_tree(
        tmp_path, {"bikube.yaml": CAPITALS, "ci/known.json": '{"version": 1, "findings": []}'}
    )
    (tmp_path / "known.json").symlink_to("ci/known.json")
    run_cli(*WRITE, cwd=tmp_path)
    assert (tmp_path / "known.json").is_symlink()
    assert len(entries(tmp_path, "ci/known.json")) == 4


def test_summary_counts_what_is_hidden(run_cli: RunCli, tmp_path: Path) -> None:
    """The JSON report says how many findings the baseline hides."""
    write_tree(tmp_path, {"bikube.yaml": CAPITALS})
    run_cli(*WRITE, cwd=tmp_path)
    result = run_cli("lint", "--format", "json", "--baseline", "known.json", cwd=tmp_path)
    assert json.loads(result.out)["summary"]["suppressed"] == 4
