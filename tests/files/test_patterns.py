"""Globs: which files they stand for, whatever links, rights and depths are in the way."""

import os
import subprocess
from pathlib import Path

import pytest
from tests.support.distribution import git
from tests.support.runner import without_privileges
from tests.support.trees import write_tree

from bikube.files import expand, match_any

TREE = ("a.yaml", "b/a.yaml", "b/c/a.yaml", "b/c/b.yaml", ".h/a.yaml", "b/.h/a.yaml", "b/.a.yaml")


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("**/*.yaml", ["a.yaml", "b/a.yaml", "b/c/a.yaml", "b/c/b.yaml"]),
        ("**/a.yaml", ["a.yaml", "b/a.yaml", "b/c/a.yaml"]),
        ("**", ["a.yaml", "b/a.yaml", "b/c/a.yaml", "b/c/b.yaml"]),
        ("b/**", ["b/a.yaml", "b/c/a.yaml", "b/c/b.yaml"]),
        ("b/**/c/*.yaml", ["b/c/a.yaml", "b/c/b.yaml"]),
        ("**/c/**/a.yaml", ["b/c/a.yaml"]),
        ("**/**/b.yaml", ["b/c/b.yaml"]),
        ("[ab]/**/b.yaml", ["b/c/b.yaml"]),
        ("*.yaml", ["a.yaml"]),
        ("*/c/b.yaml", ["b/c/b.yaml"]),
        ("x/**", []),
        ("a.yaml/**", []),
        ("a\0*", []),
    ],
)
def test_a_glob_stands_for_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pattern: str, found: list[str]
) -> None:
    """Sorted, each once, from wherever the glob counts; hidden ones only by name."""
    write_tree(tmp_path, dict.fromkeys(TREE, ""))
    monkeypatch.chdir(tmp_path)
    assert [path.as_posix() for path in expand(pattern)] == found
    assert expand(str(tmp_path / pattern)) == [tmp_path / name for name in found]


def test_any_folders_are_none_that_a_link_leads_to(tmp_path: Path) -> None:
    """One that leads back would give every file forty times; a named one is entered."""
    write_tree(tmp_path, {"p/a.yaml": "", "q/b.yaml": ""})
    for name, target in (("one", "."), ("two", "."), ("three", "../q")):
        (tmp_path / "p" / name).symlink_to(target)
    assert expand(str(tmp_path / "p/**/*.yaml")) == [tmp_path / "p/a.yaml"]
    assert expand(str(tmp_path / "p/three/**/*.yaml")) == [tmp_path / "p/three/b.yaml"]


def test_folders_may_be_nested_deeper_than_calls(tmp_path: Path) -> None:
    """The file at the bottom is found."""
    descriptor = os.open(tmp_path, os.O_RDONLY)
    for _ in range(1200):
        os.mkdir("d", dir_fd=descriptor)
        below = os.open("d", os.O_RDONLY, dir_fd=descriptor)
        os.close(descriptor)
        descriptor = below
    os.close(os.open("a.yaml", os.O_WRONLY | os.O_CREAT, dir_fd=descriptor))
    os.close(descriptor)
    found = expand(str(tmp_path / "**/a.yaml"))
    subprocess.run(("rm", "-r", tmp_path / "d"), check=True)  # Deeper than Python removes folders.
    assert found == [tmp_path / ("d/" * 1200) / "a.yaml"]


def test_a_folder_that_may_not_be_listed_is_given(tmp_path: Path) -> None:
    """So that it is told, and the rest goes on."""
    write_tree(tmp_path, {"a.yaml": "", "no/b.yaml": "", "yes/c.yaml": ""})
    (tmp_path / "no").chmod(0)
    with without_privileges():
        found = expand(str(tmp_path / "**/*.yaml"))
    (tmp_path / "no").chmod(0o755)
    assert found == [tmp_path / "a.yaml", tmp_path / "no", tmp_path / "yes/c.yaml"]


def test_an_empty_name_is_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Scripts say it with a variable that is not set."""
    monkeypatch.chdir(tmp_path)
    assert not match_any("", ["x"], tmp_path)


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("[[a]", {"[", "a"}),
        ("[a&&b]", {"a", "b", "&"}),
        ("[b||a]", {"a", "b", "|"}),
        ("[a~~b]", {"a", "b", "~"}),
    ],
)
@pytest.mark.filterwarnings("error")
def test_brackets_are_those_of_git(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pattern: str, names: set[str]
) -> None:
    """Python warns of what may be operations on sets one day; nobody hears of that."""
    monkeypatch.chdir(tmp_path)
    git(tmp_path, "init")
    write_tree(tmp_path, {".gitignore": f"{pattern}\n"})
    letters = "[a&b|~c"
    found = {name for name in letters if match_any(name, [pattern], Path())}
    ignored = git(tmp_path, "check-ignore", *letters).split()
    assert (found, set(ignored)) == (names, names)
