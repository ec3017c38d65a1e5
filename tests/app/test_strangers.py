"""What nobody named on the command line is shown only where it is one of bikube's."""

from pathlib import Path

import pytest
from tests.conftest import RunCli
from tests.support.trees import spec, write_tree

SECRET = "machine github.com password hunter2\n"
NO_SPEC = (
    'no spec, so nothing of it is shown; a line "bikube: v1" is expected; write it, or name the'
    " file on the command line\n"
)


def test_a_pattern_shows_nothing_but_specs(run_cli: RunCli, tmp_path: Path) -> None:
    """The others are linted; whoever names a file on the command line is shown it."""
    files = {
        ".git/config": SECRET,
        "a.yaml": spec(),
        "b.yaml": f"\ufeff'bikube' : v1\n{SECRET}",
        "bikube.config.yaml": "specs: [.git/config, '*.yaml']\nexclude: [bikube.config.yaml]\n",
    }
    write_tree(tmp_path, files)
    result = run_cli("lint", cwd=tmp_path)
    said = [line for line in result.err.splitlines(keepends=True) if line.startswith("bikube: ")]
    assert (result.code, said) == (2, [f"bikube: .git/config: {NO_SPEC}"])
    assert {line.partition(":")[0] for line in result.out.splitlines() if "error" in line} == {
        "b.yaml"
    }
    named = run_cli("lint", ".git/config", cwd=tmp_path)
    assert (named.code, ".git/config: no spec" in named.err) == (1, False)


@pytest.mark.parametrize("command", [("lint", "."), ("lint", ".", "--fix"), ("generate", ".")])
def test_a_link_to_something_else_shows_nothing(
    run_cli: RunCli, tmp_path: Path, command: tuple[str, ...]
) -> None:
    """It may have the name of a spec."""
    write_tree(tmp_path, {".env": SECRET, "b.bikube.yaml": spec()})
    (tmp_path / "a.bikube.yaml").symlink_to(".env")
    result = run_cli(*command, cwd=tmp_path)
    assert (result.code, "hunter2" in result.out + result.err) == (2, False)
    assert f"bikube: a.bikube.yaml: {NO_SPEC}" in result.err
    assert (tmp_path / ".env").read_text("utf-8") == SECRET


def test_a_link_out_of_the_repository_is_passed_over(run_cli: RunCli, tmp_path: Path) -> None:
    """A walk says so; a link to a spec of the repository is that spec."""
    files = {
        "beside.bikube.yaml": spec(host="Plant7.azurecr.io"),
        "repo/.git/HEAD": "",
        "repo/specs/one.bikube.yaml": spec(),
    }
    write_tree(tmp_path, files)
    folder = tmp_path / "repo/plants"
    folder.mkdir()
    (folder / "a.bikube.yaml").symlink_to("../../beside.bikube.yaml")
    (folder / "b.bikube.yaml").symlink_to("../specs/one.bikube.yaml")
    result = run_cli("lint", "--fix", "plants", cwd=tmp_path / "repo")
    told = 'passed over "plants/a.bikube.yaml" that is a link out of the repository\n'
    assert (result.code, told in result.err, "warnings in 1 spec" in result.err) == (0, True, True)
    named = run_cli("lint", "plants/a.bikube.yaml", cwd=tmp_path / "repo")
    assert (named.code, "plants/a.bikube.yaml:5:11: warning" in named.out) == (0, True)


@pytest.mark.parametrize("config", [{}, {"bikube.config.yaml": "specs: ['bikube.y*']\n"}])
@pytest.mark.parametrize("options", [(), ("--fix",)])
def test_a_spec_that_leads_out_is_not_read(
    run_cli: RunCli, tmp_path: Path, config: dict[str, str], options: tuple[str, ...]
) -> None:
    """Neither the one that is just there, nor one that a pattern matches."""
    files = {"beside.yaml": spec(host="Plant7.azurecr.io"), "repo/.git/HEAD": "", **config}
    write_tree(
        tmp_path, {f"repo/{name}" if name in config else name: files[name] for name in files}
    )
    (tmp_path / "repo/bikube.yaml").symlink_to("../beside.yaml")
    result = run_cli("lint", *options, cwd=tmp_path / "repo")
    said = (
        'bikube.yaml: this leads out of "."; a spec in the repository is expected; name it on the'
        " command line, or run with --allow-outside\n"
    )
    assert (result.code, result.out, said in result.err) == (2, "", True)
    assert (tmp_path / "beside.yaml").read_text("utf-8") == files["beside.yaml"]
    assert run_cli("lint", "--allow-outside", cwd=tmp_path / "repo").code == 0
