"""Which configuration is the nearest, and how far up one is looked for."""

from pathlib import Path

import pytest
from tests.support.trees import write_tree

from bikube.config import Configurations, nearest_config


def test_the_search_ends_at_the_root_of_a_work_tree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One above belongs to somebody else; one at the root counts."""
    write_tree(tmp_path, {"bikube.config.yaml": "", "repo/.git": "gitdir: x", "repo/a/b": ""})
    monkeypatch.chdir(tmp_path / "repo")
    assert nearest_config(Path("a")) is None
    write_tree(tmp_path, {"repo/bikube.config.yaml": ""})
    found = nearest_config(Path("a"))
    assert found is not None
    assert (found.path, found.bound) == (Path("bikube.config.yaml"), str(tmp_path / "repo"))


@pytest.mark.parametrize("is_link", [False, True])
def test_the_search_ends_at_the_home_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_link: bool
) -> None:
    """Be it named by a link or not."""
    write_tree(tmp_path, {"bikube.config.yaml": "", "home/me/plant/a": ""})
    (tmp_path / "link").symlink_to("home/me")
    monkeypatch.setenv("HOME", str(tmp_path / ("link" if is_link else "home/me")))
    assert nearest_config(tmp_path / "home/me/plant") is None
    assert nearest_config(tmp_path / "home") is not None
    write_tree(tmp_path, {"home/me/bikube.config.yaml": ""})
    assert nearest_config(tmp_path / "home/me/plant") is not None


def test_folders_may_be_nested_deeper_than_calls(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is asked once."""
    monkeypatch.chdir(write_tree(tmp_path, {"bikube.config.yaml": ""}))
    configurations = Configurations()
    deep = Path("/".join("d" * 1_500))
    found = configurations.nearest(deep)
    assert found is not None
    assert configurations.nearest(deep.parent) is found
