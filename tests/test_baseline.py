"""A baseline hides exactly the findings that were there when it was written."""

import json
from pathlib import Path

from tests.conftest import RunCli
from tests.trees import spec, write_tree

CAPITALS = spec(host="Plant7.azurecr.io")


def _rules(run_cli: RunCli, folder: Path, *arguments: str) -> list[str]:
    result = run_cli("lint", "--format", "json", *arguments, cwd=folder)
    return [one["rule"] for one in json.loads(result.out)["diagnostics"]]


def test_baseline_hides_what_was_found_and_shows_what_is_new(
    run_cli: RunCli, tmp_path: Path
) -> None:
    """After writing it nothing shows; moved lines change nothing; a second occurrence is new."""
    write_tree(tmp_path, {"bikube.yaml": CAPITALS})
    before = _rules(run_cli, tmp_path)
    written = _rules(run_cli, tmp_path, "--write-baseline", "known.json")
    write_tree(tmp_path, {"bikube.yaml": f"# moved\n\n{CAPITALS}"})
    moved = _rules(run_cli, tmp_path, "--baseline", "known.json")
    second = CAPITALS.split("registryEndpoints:\n")[1].replace("a1b", "c2d")
    write_tree(tmp_path, {"bikube.yaml": CAPITALS + second})
    new = _rules(run_cli, tmp_path, "--baseline", "known.json")
    assert "registry-host-case" in before
    assert (written, moved) == ([], [])
    assert "registry-host-case" in new


def test_baseline_is_sorted_versioned_and_free_of_values(run_cli: RunCli, tmp_path: Path) -> None:
    """The file names rule, file and fingerprint of each finding, a line each, in order."""
    write_tree(tmp_path, {"bikube.yaml": CAPITALS})
    run_cli("lint", "--write-baseline", "known.json", cwd=tmp_path)
    text = (tmp_path / "known.json").read_text(encoding="utf-8")
    content = json.loads(text)
    found = content["findings"]
    assert content["version"] == 1
    assert [set(one) for one in found] == [{"rule", "file", "fingerprint"}] * len(found)
    assert [one["rule"] for one in found] == sorted(one["rule"] for one in found)
    assert len(text.splitlines()) == len(found) + 2
    assert "Plant7" not in text


def test_structural_findings_stay(run_cli: RunCli, tmp_path: Path) -> None:
    """What nothing can be rendered with is neither written to a baseline nor hidden by one."""
    write_tree(tmp_path, {"bikube.yaml": spec().replace("host: plant7.azurecr.io", "host: 5")})
    result = run_cli("lint", "--write-baseline", "known.json", cwd=tmp_path)
    assert result.code == 1
    assert "[wrong-type]" in result.out
    assert "wrong-type" not in (tmp_path / "known.json").read_text()


def test_configuration_names_a_baseline(run_cli: RunCli, tmp_path: Path) -> None:
    """The baseline of the configuration counts from its folder, in any working directory."""
    files = {
        "bikube.config.yaml": "baseline: known.json\nspecs: [plants/bikube.yaml]\n",
        "plants/bikube.yaml": CAPITALS,
    }
    write_tree(tmp_path, files)
    run_cli("lint", "plants", "--write-baseline", "known.json", cwd=tmp_path)
    assert _rules(run_cli, tmp_path, "plants") == []
    assert _rules(run_cli, tmp_path / "plants") == []


def test_entries_that_fit_nothing_are_told(run_cli: RunCli, tmp_path: Path) -> None:
    """Entries of findings that are gone are counted on standard error, and stay in the file."""
    write_tree(tmp_path, {"bikube.yaml": CAPITALS})
    run_cli("lint", "--write-baseline", "known.json", cwd=tmp_path)
    before = (tmp_path / "known.json").read_text()
    write_tree(tmp_path, {"bikube.yaml": spec()})
    result = run_cli("lint", "--baseline", "known.json", cwd=tmp_path)
    assert "bikube: 1 of the entries in known.json fit nothing any more; " in result.err
    assert (tmp_path / "known.json").read_text() == before


def test_malformed_baselines_are_refused(run_cli: RunCli, tmp_path: Path) -> None:
    """A file that is no baseline, one of a later version and a missing one are exit code 2."""
    write_tree(tmp_path, {"bikube.yaml": CAPITALS, "a.json": "[1]", "b.json": '{"version": 9}'})
    wrong, later, missing = (
        run_cli("lint", "--baseline", name, cwd=tmp_path) for name in ("a.json", "b.json", "c.json")
    )
    assert (wrong.code, later.code, missing.code) == (2, 2, 2)
    assert wrong.err == (
        "bikube: a.json: this is no baseline; write one with --write-baseline a.json\n"
    )
    assert later.err.startswith("bikube: b.json: version 9 of baselines is not known; ")
    assert missing.err.startswith("bikube: c.json: there is no such file; ")


def test_summary_counts_what_is_hidden(run_cli: RunCli, tmp_path: Path) -> None:
    """The JSON report says how many findings the baseline hides."""
    write_tree(tmp_path, {"bikube.yaml": CAPITALS})
    found = len(_rules(run_cli, tmp_path))
    run_cli("lint", "--write-baseline", "known.json", cwd=tmp_path)
    result = run_cli("lint", "--format", "json", "--baseline", "known.json", cwd=tmp_path)
    assert json.loads(result.out)["summary"]["suppressed"] == found
