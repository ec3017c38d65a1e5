"""Rights, links and devices around a spec: exit code 0 or 2, never a fault in bikube."""

import os
from pathlib import Path

import pytest
from tests.conftest import RunCli
from tests.support.runner import open_to_all, without_privileges
from tests.support.trees import spec, write_tree

SAID = "no regular file; a configuration is expected; move it away\n"


def test_an_empty_name_is_a_folder(run_cli: RunCli, tmp_path: Path) -> None:
    """A script's variable that is not set, where a configuration excludes something."""
    write_tree(tmp_path, {"bikube.config.yaml": "exclude: [x]\n", "bikube.yaml": spec()})
    result = run_cli("lint", "", cwd=tmp_path)
    assert (result.code, "bikube: .: this is a folder; name a file in it\n" in result.err) == (
        2,
        True,
    )


@pytest.mark.parametrize("command", [("lint", "."), ("generate", "bikube.yaml"), ("init", "new")])
def test_a_parent_that_may_not_be_searched_is_nothing(
    run_cli: RunCli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    """Whatever configuration or repository is up there, it cannot be this one's."""
    write_tree(tmp_path, {"up/repo/bikube.yaml": spec()})
    open_to_all(tmp_path)
    monkeypatch.chdir(tmp_path / "up/repo")
    (tmp_path / "up").chmod(0)
    with without_privileges():
        result = run_cli(*command)
    open_to_all(tmp_path)
    assert (result.code, result.err.count("fault")) == (0, 0)


def test_init_in_a_folder_without_rights_is_told(run_cli: RunCli, tmp_path: Path) -> None:
    """Exit code is 2, with the path."""
    (tmp_path / "no").mkdir()
    open_to_all(tmp_path)
    (tmp_path / "no").chmod(0)
    with without_privileges():
        result = run_cli("init", "no", cwd=tmp_path)
    open_to_all(tmp_path)
    assert (result.code, result.err.startswith("bikube: no/")) == (2, True)
    assert result.err.endswith("permission denied; check the rights on it\n")


def test_a_folder_that_a_pattern_cannot_look_into_is_told(run_cli: RunCli, tmp_path: Path) -> None:
    """The rest is looked at, and the exit code is 2."""
    files = {
        "bikube.config.yaml": "specs: ['plants/**/*.bikube.yaml']\n",
        "plants/a.bikube.yaml": spec(),
        "plants/no/b.bikube.yaml": spec(),
    }
    write_tree(tmp_path, files)
    open_to_all(tmp_path)
    (tmp_path / "plants/no").chmod(0)
    with without_privileges():
        result = run_cli("lint", cwd=tmp_path)
    open_to_all(tmp_path)
    assert result.code == 2
    assert "bikube: plants/no: permission denied; check the rights on it\n" in result.err
    assert " in 1 spec" in result.err


@pytest.mark.parametrize("kind", ["pipe", "folder", "link"])
def test_a_configuration_that_is_no_file_is_told(
    run_cli: RunCli, tmp_path: Path, kind: str
) -> None:
    """Default rules in silence would not be what was wanted; a pipe would never end."""
    write_tree(tmp_path, {"bikube.yaml": spec()})
    path = tmp_path / "bikube.config.yaml"
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case _:
            path.symlink_to("nowhere")
    result = run_cli("lint", cwd=tmp_path)
    assert (result.code, result.err) == (2, f"bikube: bikube.config.yaml: {SAID}")


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (("lint",), "known.json"),
        (("generate", "--check"), "known.json"),
        (("lint", "--write-baseline", "known.json"), "known.json"),
        (("init", "new"), "bikube.schema.json"),
    ],
)
def test_what_is_found_and_is_no_file_is_not_read(
    run_cli: RunCli, tmp_path: Path, command: tuple[str, ...], name: str
) -> None:
    """A pipe in the place of a baseline or a schema would keep the run for ever."""
    write_tree(tmp_path, {"bikube.yaml": spec(), "bikube.config.yaml": "baseline: known.json\n"})
    os.mkfifo(tmp_path / name)
    result = run_cli(*command, cwd=tmp_path)
    said = f"bikube: {name}: no regular file, so it is not read; name a file\n"
    assert (result.code, result.err) == (2, said)
