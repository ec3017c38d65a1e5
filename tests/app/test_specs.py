"""Which specs a run is about: those that are named, or those of the nearest configuration."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import RunCli
from tests.support.trees import spec, write_tree


def test_the_spec_beside_the_configuration_is_meant_in_every_folder_below(
    run_cli: RunCli, tmp_path: Path
) -> None:
    """A configuration without ``specs`` means the ``bikube.yaml`` beside it."""
    write_tree(tmp_path, {"bikube.config.yaml": "out: d\n", "a/b/notes": "", "bikube.yaml": spec()})
    results = [run_cli("lint", cwd=tmp_path / folder) for folder in ("", "a/b")]
    assert [(result.code, result.err) for result in results] == [
        (0, "no errors or warnings in 1 spec\n2 hints; --show info lists them\n")
    ] * 2


def test_without_a_configuration_the_spec_of_the_working_directory_is_meant(
    run_cli: RunCli, tmp_path: Path
) -> None:
    """No spec of a folder above is looked for."""
    write_tree(tmp_path, {"a/notes": "", "bikube.yaml": spec()})
    result = run_cli("lint", cwd=tmp_path / "a")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith('bikube: no spec is named, and there is no "bikube.yaml"; ')


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own on Windows")
@pytest.mark.parametrize("link", [os.symlink, os.link])
@pytest.mark.parametrize("arguments", [(".",), ("a.bikube.yaml", "b.bikube.yaml")])
def test_a_file_with_two_names_is_one_spec(
    run_cli: RunCli, tmp_path: Path, arguments: tuple[str, ...], link: Callable[[Path, Path], None]
) -> None:
    """A link to a spec is no second spec of its instance; the first name counts."""
    write_tree(tmp_path, {"a.bikube.yaml": spec()})
    link(tmp_path / "a.bikube.yaml", tmp_path / "b.bikube.yaml")
    result = run_cli("lint", *arguments, cwd=tmp_path)
    assert (result.code, result.err) == (
        0,
        "no errors or warnings in 1 spec\n2 hints; --show info lists them\n",
    )
    assert "b.bikube.yaml" not in result.out


def test_two_files_with_one_text_are_two_specs(run_cli: RunCli, tmp_path: Path) -> None:
    """A copy is a second spec of its instance."""
    write_tree(tmp_path, {"a.bikube.yaml": spec(), "b.bikube.yaml": spec()})
    result = run_cli("lint", ".", cwd=tmp_path)
    assert result.code == 1
    assert "[duplicate-instance]" in result.out


@pytest.mark.skipif(os.name == "nt", reason="Windows has no named pipes among its files")
@pytest.mark.parametrize("name", ["p.bikube.yaml", ".gitignore"])
def test_a_walk_waits_for_no_pipe(run_cli: RunCli, tmp_path: Path, name: str) -> None:
    """A pipe with the name of a spec, or of what git ignores, is passed over."""
    write_tree(tmp_path, {"bikube.yaml": spec()})
    os.mkfifo(tmp_path / name)
    result = run_cli("lint", ".", cwd=tmp_path)
    assert (result.code, result.err) == (
        0,
        "no errors or warnings in 1 spec\n2 hints; --show info lists them\n",
    )


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own on Windows")
def test_a_link_that_leads_nowhere_is_told(run_cli: RunCli, tmp_path: Path) -> None:
    """A walk does not pass over what was meant as a spec."""
    write_tree(tmp_path, {"bikube.yaml": spec()})
    (tmp_path / "b.bikube.yaml").symlink_to("gone")
    result = run_cli("lint", ".", cwd=tmp_path)
    assert result.code == 2
    assert "b.bikube.yaml: " in result.err
