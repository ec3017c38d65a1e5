"""Names of files as a run has them."""

import os
from pathlib import Path

import pytest

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
