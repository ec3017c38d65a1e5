"""Folders that are held open: names in them stay in them."""

import os
import stat
from pathlib import Path

import pytest
from tests.support.trees import write_tree

from bikube.files.folder import opened


@pytest.mark.parametrize("held", [True, False])
def test_names_are_found_made_moved_and_removed(tmp_path: Path, held: bool) -> None:
    """With descriptors and with paths alone."""
    write_tree(tmp_path, {"a/x": "x", "b/y": "y", "b/c/z": "z"})
    with (
        opened(str(tmp_path), held=held) as folder,
        folder.below("a") as first,
        folder.below("b") as second,
    ):
        assert (folder.descriptor is not None, first.path) == (held, str(tmp_path / "a"))
        first.move("x", second, "y")
        second.make("d")
        second.remove_folder("d")
        second.remove_tree("c")
        os.close(first.create("new"))
        first.remove("new")
        with open(second.open("y"), encoding="utf-8") as file:
            assert file.read() == "x"
        assert [entry.name for entry in second.entries()] == ["y"]
        assert (folder.kind("a"), folder.kind("x")) == (stat.S_IFDIR, 0)


@pytest.mark.parametrize("held", [True, False])
def test_no_link_is_followed(tmp_path: Path, held: bool) -> None:
    """Neither to read a file, nor to make one in its place."""
    write_tree(tmp_path, {"mine": "mine"})
    (tmp_path / "link").symlink_to("mine")
    with opened(str(tmp_path), held=held) as folder:
        assert folder.kind("link") == stat.S_IFLNK
        for take in (folder.open, folder.create):
            with pytest.raises(OSError, match="link"):
                take("link")
    assert (tmp_path / "mine").read_text() == "mine"


def test_a_link_to_a_folder_is_not_entered(tmp_path: Path) -> None:
    """What is below a folder is a folder in it."""
    write_tree(tmp_path, {"theirs/x": "x"})
    (tmp_path / "link").symlink_to("theirs")
    with (
        opened(str(tmp_path)) as folder,
        pytest.raises(OSError, match="link"),
        folder.below("link"),
    ):
        pass


def test_a_folder_that_has_become_a_link_leads_nowhere_else(tmp_path: Path) -> None:
    """What is written goes to the folder that was opened, wherever that is now."""
    write_tree(tmp_path, {"out/x": "x", "theirs/x": "mine"})
    with opened(str(tmp_path / "out")) as folder:
        (tmp_path / "out").rename(tmp_path / "moved")
        (tmp_path / "out").symlink_to("theirs")
        os.close(folder.create("new"))
        folder.remove("x")
    assert [path.name for path in (tmp_path / "moved").iterdir()] == ["new"]
    assert [path.read_text() for path in (tmp_path / "theirs").iterdir()] == ["mine"]


def test_a_name_leads_to_what_was_opened_until_it_is_replaced(tmp_path: Path) -> None:
    """So does none that is gone."""
    write_tree(tmp_path, {"x": "x", "y": "y"})
    with opened(str(tmp_path)) as folder:
        descriptor = folder.open("x")
        seen = [folder.leads_to("x", descriptor)]
        folder.move("y", folder, "x")
        seen.append(folder.leads_to("x", descriptor))
        folder.remove("x")
        seen.append(folder.leads_to("x", descriptor))
        os.close(descriptor)
    assert seen == [True, False, False]
