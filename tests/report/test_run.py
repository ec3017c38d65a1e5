"""Names of files as a run has them."""

import json
import os
from pathlib import Path

import pytest
from tests.support.found import Found, linted, run_of, written

from bikube.diagnostics import Severity
from bikube.report.run import path_from


@pytest.mark.parametrize("cwd", ["", "plants", "elsewhere"])
def test_a_path_counts_from_the_folder_by_whatever_way_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cwd: str
) -> None:
    """Links and the working directory make no difference."""
    root, link = tmp_path / "root", tmp_path / "link"
    for folder in ("plants", "elsewhere"):
        (root / folder).mkdir(parents=True)
    (root / "plants/a.yaml").touch()
    link.symlink_to(root)
    monkeypatch.chdir(root / cwd)
    names = [
        f"{root}/plants/a.yaml",
        f"{link}/plants/a.yaml",
        os.path.relpath("../root/plants/a.yaml", "."),
    ]
    names[2] = os.path.relpath(root / "plants/a.yaml")
    folders = [str(root), str(link), os.path.relpath(root)]
    found = {path_from(folder, name) for folder in folders for name in names}
    assert found == {"plants/a.yaml"}


def test_equal_findings_at_one_place_are_one() -> None:
    """What aliases repeat has a count in every format, and the first one's pointer and print."""
    twice = Found("some-error", "one", "is bad", ("things", 0))
    again = Found("some-error", "one", "is bad", ("things", 1))
    other = Found("some-error", "one", "is worse", ("things", 1))
    run = run_of(linted([twice, again, other]))
    assert [(one.pointer, one.times) for one in run.findings] == [
        ("/things/0", 2),
        ("/things/1", 1),
    ]
    alone = run_of(linted([twice]))
    assert next(run.findings).fingerprint == next(alone.findings).fingerprint
    assert run.count(Severity.ERROR) == 3

    listed = json.loads(written("json", run))
    assert [one["times"] for one in listed["diagnostics"]] == [2, 1]
    assert listed["summary"]["errors"] == 3
    (log,) = json.loads(written("sarif", run))["runs"]
    assert [one.get("occurrenceCount") for one in log["results"]] == [2, None]
    described = [one["description"] for one in json.loads(written("gitlab", run))]
    assert described == ["is bad (2 times)", "is worse"]
    assert written("github", run).count("is bad (2 times)\n") == 1
    assert written("text", run).count("is bad (2 times)\n") == 1
    assert 'tests="2" failures="2"' in written("junit", run)
    assert written("statistics", run) == "3 error[some-error]\n"


def test_findings_of_a_file_are_chosen_by_severity() -> None:
    """What is below the least severity that people are shown is not made up for showing."""
    hint, error = Found("some-info", "one", "is odd"), Found("some-error", "one", "is bad")
    (file,) = run_of(linted([hint, error])).specs
    assert [one.rule for one in file.findings()] == ["some-info", "some-error"]
    assert [one.rule for one in file.findings(Severity.WARNING)] == ["some-error"]
    (hints,) = run_of(linted([hint])).specs
    assert [*hints.findings(Severity.WARNING)] == []
    assert (file.count(), file.count(Severity.ERROR), hints.count(Severity.ERROR)) == (2, 1, 0)
