"""Which specs a run is about: those that are named, or those of the nearest configuration."""

import os
import subprocess
from collections.abc import Callable, Iterator
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
        (0, "no errors or warnings in 1 spec\n3 hints; --show info lists them\n")
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
        "no errors or warnings in 1 spec\n3 hints; --show info lists them\n",
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
    told = f'passed over "{name}" that is no regular file\n' if name != ".gitignore" else ""
    assert (result.code, result.err) == (
        0,
        f"{told}no errors or warnings in 1 spec\n3 hints; --show info lists them\n",
    )


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own on Windows")
def test_a_link_that_leads_nowhere_is_told(run_cli: RunCli, tmp_path: Path) -> None:
    """A walk does not pass over what was meant as a spec."""
    write_tree(tmp_path, {"bikube.yaml": spec()})
    (tmp_path / "b.bikube.yaml").symlink_to("gone")
    result = run_cli("lint", ".", cwd=tmp_path)
    assert result.code == 2
    assert "b.bikube.yaml: " in result.err


ODD = {
    "bikube.yaml": spec(),
    "plants/a.bikube.yml": spec("aio-a"),
    "plants/b.bikube.yaml.txt": spec("aio-b"),
    "plants/c.bikube.yaml": spec("aio-c"),
    "plants/Bikube.yaml": spec("aio-d"),
    "plants/notes-about-bikube.md": "",
    "plants/.hidden/bikube.yml": spec("aio-e"),
    "plants/old/bikube.yml": spec("aio-f"),
    ".gitignore": "c.bikube.yaml\nold/\n",
}


@pytest.mark.parametrize("command", ["lint", "generate"])
def test_what_was_meant_as_a_spec_and_is_passed_over_is_told(
    run_cli: RunCli, tmp_path: Path, command: str
) -> None:
    """Names that are nearly those of specs, counted, and what git ignores; hidden folders not."""
    write_tree(tmp_path, ODD)
    result = run_cli(command, ".", cwd=tmp_path)
    assert result.code == 0
    assert [line for line in result.err.splitlines() if line.startswith("passed over")] == [
        (
            f'passed over "{Path("plants/Bikube.yaml")}" and 2 others: a spec is called'
            ' "bikube.yaml" or "*.bikube.yaml"; rename it, or name it'
        ),
        f'passed over "{Path("plants/c.bikube.yaml")}" that git ignores',
    ]


def test_what_is_named_all_the_same_is_not_passed_over(run_cli: RunCli, tmp_path: Path) -> None:
    """A folder and a file in it, whatever that is called, are both looked at."""
    write_tree(tmp_path, {"bikube.yaml": spec(), "a.bikube.yml": spec("aio-a")})
    result = run_cli("lint", ".", "a.bikube.yml", cwd=tmp_path)
    assert (result.code, result.err.splitlines()[0]) == (0, "no errors or warnings in 2 specs")
    assert "passed over" not in result.err


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own on Windows")
def test_a_link_to_a_folder_is_told(run_cli: RunCli, tmp_path: Path) -> None:
    """What lies behind it is not looked at, and neither is a link that leads to itself."""
    write_tree(tmp_path, {"bikube.yaml": spec()})
    (tmp_path / "all").symlink_to(".")
    (tmp_path / "loop").symlink_to("loop")
    result = run_cli("lint", ".", cwd=tmp_path)
    told = 'passed over "all" that is a link to a folder\n'
    summary = "no errors or warnings in 1 spec\n3 hints; --show info lists them\n"
    assert (result.code, result.err) == (0, told + summary)


@pytest.mark.parametrize("arguments", [(), ("plants/a.bikube.yaml",), ("plants",)])
def test_what_was_meant_as_a_configuration_is_told(
    run_cli: RunCli, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    """It is looked for where a configuration would be, up to the nearest one."""
    files = {
        "bikube.config.yml": "out: a\n",
        "plants/bikube.config.yaml": "out: b\n",
        "plants/a.bikube.yaml": spec("aio-a"),
        "bikube.yaml": spec(),
    }
    write_tree(tmp_path, files)
    told = (
        'passed over "bikube.config.yml": a configuration is called "bikube.config.yaml"; rename it'
    )
    assert told in run_cli("lint", *arguments, cwd=tmp_path).err.splitlines()
    inside = run_cli("lint", "a.bikube.yaml", cwd=tmp_path / "plants")
    assert "passed over" not in inside.err


EXCLUDING = {
    "bikube.config.yaml": 'exclude:\n  - archive/\n  - "y.*"\n  - "!y.bikube.yaml"\n  - "z.*"\n',
    "archive/a.bikube.yaml": spec("aio-a"),
    "archive/b.bikube.yaml": spec("aio-b"),
    "x/bikube.config.yaml": "exclude: [z.*]\n",
    "x/z.bikube.yaml": spec("aio-z"),
    "x/k.bikube.yaml": spec("aio-k"),
    "z.bikube.yaml": spec("aio-z"),
    "y.bikube.yaml": spec("aio-y"),
}
"""Specs that configurations exclude, and some that they do not."""


def _passed_over(run_cli: RunCli, folder: Path, *arguments: str) -> tuple[int, list[str]]:
    """The code of a run, and what it says of what is named and excluded."""
    result = run_cli(*arguments, cwd=folder)
    return result.code, [line for line in result.err.splitlines() if "passed over" in line]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["archive/a.bikube.yaml"], '"archive/a.bikube.yaml", which bikube.config.yaml:2:5 exc'),
        (["archive"], '"archive", which bikube.config.yaml:2:5 exc'),
        (["arch*/*"], '"arch*/*", which bikube.config.yaml:2:5 exc'),
        (
            ["archive/a.bikube.yaml", "y.bikube.yaml", "archive/b.bikube.yaml", "archive"],
            '"archive/a.bikube.yaml" and 2 others, which bikube.config.yaml:2:5 exc',
        ),
        (["z.bikube.yaml", "--exclude", "z*"], '"z.bikube.yaml", which bikube.config.yaml:5:5 exc'),
        (["y.bikube.yaml", "--exclude", "y*"], '"y.bikube.yaml", which --exclude exc'),
    ],
)
def test_what_is_named_and_excluded_is_told(
    run_cli: RunCli, tmp_path: Path, arguments: list[str], told: str
) -> None:
    """A line says what is left out as a whole, and where the last pattern stands that fits."""
    write_tree(tmp_path, EXCLUDING)
    assert _passed_over(run_cli, tmp_path, "lint", *arguments) == (0, [f"passed over {told}ludes"])


def test_a_line_tells_of_all_that_configurations_exclude(run_cli: RunCli, tmp_path: Path) -> None:
    """Pre-commit names every file, and more than one configuration may exclude some of them."""
    write_tree(tmp_path, EXCLUDING)
    names = sorted(name for name in EXCLUDING if not name.endswith("config.yaml"))
    told = (
        'passed over "archive/a.bikube.yaml" and 3 others, which bikube.config.yaml:2:5 and 1 other'
        " place exclude"
    )
    for command in (["lint"], ["lint", "--show-files"], ["generate", "--check"], ["graph"]):
        assert _passed_over(run_cli, tmp_path, *command, *names)[1] == [told]


@pytest.mark.parametrize("arguments", [["."], ["*.bikube.yaml"], ["x"], ["--config=x/c.yaml"]])
def test_what_is_not_named_is_excluded_without_a_word(
    run_cli: RunCli, tmp_path: Path, arguments: list[str]
) -> None:
    """So it is where a folder, a pattern or a configuration leads to other specs as well."""
    write_tree(tmp_path, {**EXCLUDING, "x/c.yaml": "specs: ['*.bikube.yaml']\nexclude: [z.*]\n"})
    assert _passed_over(run_cli, tmp_path, "lint", *arguments) == (0, [])


@pytest.mark.parametrize(
    ("files", "arguments", "expected"),
    [
        (
            {"a.bikube.yml": spec()},
            ("lint", "."),
            (
                'no spec in folder ".", and "a.bikube.yml" is passed over; "bikube.yaml" or'
                ' "*.bikube.yaml" is expected, which no .gitignore excludes; rename it'
            ),
        ),
        (
            {"a.bikube.yaml": spec(), ".gitignore": "a.*"},
            ("lint", "."),
            (
                'no spec in folder ".", and "a.bikube.yaml" is passed over; "bikube.yaml" or'
                ' "*.bikube.yaml" is expected, which no .gitignore excludes; name the file'
            ),
        ),
        (
            {"bikube.yml": spec()},
            ("lint",),
            (
                'no spec is named, and there is no "bikube.yaml", but "bikube.yml"; one of them is'
                " expected; rename it, or name it"
            ),
        ),
        (
            {"other.yaml": spec()},
            ("lint", "--config", "sub/bikube.config.yaml"),
            (
                f'no spec is named, and there is no "{Path("sub/bikube.yaml")}"; one of them is'
                ' expected; run "bikube init", or name a spec'
            ),
        ),
    ],
)
def test_where_no_spec_is_found_what_was_meant_is_named(
    run_cli: RunCli,
    tmp_path: Path,
    files: dict[str, str],
    arguments: tuple[str, ...],
    expected: str,
) -> None:
    """A reader need not look for the file whose name is a letter off."""
    write_tree(tmp_path, {**files, "sub/bikube.config.yaml": "out: a\n"})
    result = run_cli(*arguments, cwd=tmp_path)
    assert (result.code, result.err) == (2, f"bikube: {expected}\n")


@pytest.fixture
def deep(tmp_path: Path) -> Iterator[Path]:
    """A spec beside folders that are nested deeper than Python can take away."""
    write_tree(tmp_path, {"bikube.yaml": spec()})
    folder = os.open(tmp_path, os.O_RDONLY)
    for _ in range(1_200):
        os.mkdir("dddd", dir_fd=folder)
        inner = os.open("dddd", os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inner
    os.close(folder)
    yield tmp_path
    subprocess.run(["rm", "-rf", tmp_path / "dddd"], check=True)


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot make folders in an open one")
def test_folders_may_be_nested_deeper_than_calls(run_cli: RunCli, deep: Path) -> None:
    """A folder whose path is too long for the system is told, and all else is looked at."""
    result = run_cli("lint", ".", cwd=deep)
    told, summary, _hints = result.err.splitlines()
    assert (result.code, summary) == (2, "no errors or warnings in 1 spec")
    assert told.endswith(": file name too long; choose a shorter path")
